"""What a handed-in file really is, and the file without what a camera adds to it; pure.

The name and the type a browser states are never believed: the first bytes decide. Photographs
lose place, time and device (a citizen's safety may hang on it); how they are turned stays.
"""

import re
import struct
import unicodedata
import zlib
from enum import StrEnum

HEAD = 16
"""So many first bytes are enough to tell the kind."""

LONGEST_NAME = 120


class FileKind(StrEnum):
    """What may be handed in; the value is the ending of the stored file."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


_PNG = b"\x89PNG\r\n\x1a\n"
_MAGIC = {b"%PDF-": FileKind.PDF, b"\xff\xd8\xff": FileKind.JPEG, _PNG: FileKind.PNG}
_ENDINGS = {FileKind.PDF: {"pdf"}, FileKind.JPEG: {"jpg", "jpeg"}, FileKind.PNG: {"png"}}
_KEPT_CHUNKS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"pHYs", b"bKGD",
}  # fmt: skip
_SOS, _EOI, _COMMENT, _APP0, _APP1, _APP2, _APP14, _APP15 = (
    0xDA, 0xD9, 0xFE, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF,
)  # fmt: skip
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_ORIENTATION = 0x0112


class BrokenFileError(ValueError):
    """The file begins like a picture and cannot be read as one."""


def sniff(head: bytes) -> FileKind | None:
    """The kind by its first bytes; None for everything that may not be handed in."""
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)


def shown_name(name: str, kind: FileKind) -> str:
    """The given name as it may be shown: one line of visible letters with the true ending.

    Folders, control characters and those that turn the writing direction are dropped.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in last)
    stem = " ".join(seen.split()).strip(". ")
    before, _, ending = stem.rpartition(".")
    if before and ending.lower() in _ENDINGS[kind]:
        stem = before.strip(". ")
    return f"{stem[: LONGEST_NAME - 4] or 'giấy tờ'}.{kind}"


def without_metadata(content: bytes, kind: FileKind) -> bytes:
    """The same picture without EXIF, XMP, IPTC, comments and whatever follows its end.

    A PDF is given back as it is. Raises BrokenFileError.
    """
    try:
        if kind == FileKind.JPEG:
            return _plain_jpeg(content)
        return _plain_png(content) if kind == FileKind.PNG else content
    except (IndexError, struct.error) as fault:
        raise BrokenFileError("the picture ends too early") from fault


def _plain_jpeg(content: bytes) -> bytes:
    """Segment by segment (ITU-T T.81, annex B); between scans lies data without markers."""
    parts, at, turned = [b"\xff\xd8"], 2, 1
    while True:
        found = _NEXT_MARKER.search(content, at)
        if not found:
            raise BrokenFileError("the picture has no end")
        marker = found[1][0]
        if parts[-1][1:2] == bytes([_SOS]):  # compressed data up to the marker
            parts.append(content[at : found.start()])
        if marker == _EOI:
            return b"".join([parts[0], _turn(turned), *parts[1:], b"\xff\xd9"])
        (length,) = struct.unpack_from(">H", content, found.end())
        body = content[found.end() : found.end() + length]
        if length < 2 or len(body) < length:  # noqa: PLR2004 - the length counts itself
            raise BrokenFileError("a segment is cut")
        if marker == _APP1 and body[2:8] == b"Exif\0\0":
            turned = _orientation(body[8:])
        if _stays(marker, body):
            parts.append(bytes([0xFF, marker]) + body)
        at = found.end() + length


def _stays(marker: int, body: bytes) -> bool:
    """Everything that makes the picture, with its colour profile; no other application's data."""
    if marker == _APP2:
        return body[2:].startswith(b"ICC_PROFILE\0")
    return marker in {_APP0, _APP14} or not (_APP0 <= marker <= _APP15 or marker == _COMMENT)


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8 (EXIF 2.3, tag 0x0112); 1 when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(count):
            tag, _type, _count, value = struct.unpack_from(
                f"{order}HHIH", tiff, first + 2 + 12 * entry
            )
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1  # noqa: PLR2004 - the eight ways
    except struct.error:  # a table that points nowhere says nothing
        return 1
    return 1


def _turn(orientation: int) -> bytes:
    """An EXIF segment that says nothing but how to turn the picture; empty when upright."""
    if orientation == 1:
        return b""
    table = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + table
    return struct.pack(">BBH", 0xFF, _APP1, len(body) + 2) + body


def _plain_png(content: bytes) -> bytes:
    """Chunk by chunk (PNG, section 5), up to IEND."""
    parts, at = [_PNG], len(_PNG)
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise BrokenFileError("a chunk is cut or damaged")
        if name in _KEPT_CHUNKS:
            parts.append(chunk)
        if name == b"IEND":
            return b"".join(parts)
        at += len(chunk)
