"""PDF and DOCX, which are kept as they came: looked through for what no paper needs.

This is no virus scanner (see `documents.clamav`); it refuses what its kind alone gives away:
programs inside, a second file hidden behind the first, a small file that unpacks to a huge one.
"""

import os
import re
import zipfile
from dataclasses import dataclass
from typing import IO

_STEP = 1024 * 1024
_ACTIVE_PDF = re.compile(rb"/(JavaScript|Launch|RichMedia)\b")
_LONGEST_WORD = 16
_BLANKS = b"\0 \t\r\n\f"
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MOST_PARTS = 2000
_SMALL_PART = 1024 * 1024
_LOCAL_HEADER = 30
_END_RECORD = 22
_ENCRYPTED = 0x1
_PROGRAMS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/.*\.(bin|exe)$", re.IGNORECASE)
_REMOTE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_LONGEST_TAG = 4096
_PLAIN_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<[?a-zA-Z]")
_ENCODING = re.compile(
    rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])", re.IGNORECASE
)
_DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)")


class BrokenFileError(ValueError):
    """The file begins like one of its kind and cannot be read as one."""


class UnsafeFileError(ValueError):
    """The file is of its kind and holds what may not come in; the message says what."""


@dataclass(frozen=True)
class Unpacking:
    """How far a DOCX may unpack: bytes together, times its packed size a part."""

    most_bytes: int
    most_times: int


def check_pdf(source: IO[bytes]) -> None:
    """Raise BrokenFileError for a PDF without its end, UnsafeFileError for scripts or a ZIP."""
    if zipfile.is_zipfile(source):
        raise UnsafeFileError("hidden")
    source.seek(0)
    kept, ended, more = b"", False, b""
    while step := source.read(_STEP):
        piece = kept + step
        if _ACTIVE_PDF.search(piece):
            raise UnsafeFileError("program")
        _before, mark, after = piece.rpartition(b"%%EOF")
        if mark:
            ended, more = True, after.strip(_BLANKS)
        else:
            more = more or step.strip(_BLANKS)[:1]
        kept = piece[-_LONGEST_WORD:]
    if not ended:
        raise BrokenFileError("the PDF has no end")
    if more:
        raise UnsafeFileError("hidden")


def check_docx(source: IO[bytes], unpacking: Unpacking) -> None:
    """Raise BrokenFileError for what is no Word document, UnsafeFileError for what it may not hold.

    Every part is unpacked once, in steps, never to disk.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _check_frame(source, archive)
            parts = archive.infolist()
            if not {"[Content_Types].xml", "word/document.xml"} <= {
                part.filename for part in parts
            }:
                raise BrokenFileError("no Word document")
            left = unpacking.most_bytes
            for part in parts:
                left -= _check_part(archive, part, left, unpacking.most_times)
            if _MAIN not in archive.read("[Content_Types].xml"):
                raise UnsafeFileError("program")  # a template, or with macros
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError) as fault:
        if isinstance(fault, BrokenFileError | UnsafeFileError):
            raise
        raise BrokenFileError("the archive cannot be read") from fault


def _check_frame(source: IO[bytes], archive: zipfile.ZipFile) -> None:
    """The archive is the whole file, nothing before, between or behind; no part lies on another."""
    parts = sorted(archive.infolist(), key=lambda part: part.header_offset)
    size = source.seek(0, os.SEEK_END)
    if len(parts) > _MOST_PARTS:
        raise UnsafeFileError("bomb")
    if archive.comment or not parts or parts[0].header_offset != 0:
        raise UnsafeFileError("hidden")
    source.seek(size - _END_RECORD)
    if source.read(4) != b"PK\5\6":
        raise UnsafeFileError("hidden")
    end = 0
    for part in parts:
        if part.header_offset < end:
            raise UnsafeFileError("bomb")
        end = part.header_offset + _LOCAL_HEADER + part.compress_size


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, times: int) -> int:
    """How many bytes the part has unpacked."""
    if part.flag_bits & _ENCRYPTED or _PROGRAMS.search(part.filename):
        raise UnsafeFileError("program")
    count, kept = 0, b""
    with archive.open(part) as unpacked:
        while step := unpacked.read(_STEP):
            count += len(step)
            if count > left or count > max(_SMALL_PART, part.compress_size * times):
                raise UnsafeFileError("bomb")
            if part.filename.endswith((".xml", ".rels")):
                _check_xml(kept + step, first=not kept)
            kept = step[-_LONGEST_TAG:]
    return count


def _check_xml(piece: bytes, *, first: bool) -> None:
    """No declarations (they multiply), no other encoding (it hides them), nothing fetched."""
    if first and (not _PLAIN_XML.match(piece) or _ENCODING.match(piece)):
        raise UnsafeFileError("program")
    if _DECLARED.search(piece):
        raise UnsafeFileError("program")
    if any(b"/hyperlink" not in tag for tag in _REMOTE.findall(piece)):
        raise UnsafeFileError("program")
