"""Fonts embedded whole: a PDF of LibreOffice has only the letters it uses, of each font a subset.

LibreOffice cannot embed more. So each TrueType subset gives way to the font file it was taken
from, byte for byte: what is typed into a paper later, in Vietnamese too, finds its letters in it.
Content streams stay as they are. A font of LibreOffice has one byte a letter and says in
`ToUnicode` which letter that is; the same byte becomes the whole font's glyph of that letter by
`CIDToGIDMap` (ISO 32000-1, 9.7.4; PDF/A-2 admits it, ISO 19005-2, 6.2.11).
"""

import logging
import re
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

log = logging.getLogger(__name__)

SUBSET = re.compile(r"^/[A-Z]{6}\+(.+)$")
LETTERS = re.compile(r"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")
TOLD = "beginbfchar"
"""After this the letter of each byte is told, one by one; byte 0 is no letter."""
LIGATURES = {"ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02", "ffi": "\ufb03", "ffl": "\ufb04"}
LOOK_FOR = 10
"""Seconds until fontconfig is given up."""
RESTRICTED = 0x0002
"""`fsType` of a font whose maker forbids embedding (OpenType, OS/2)."""
CODES = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def
/CMapName /Codes def /CMapType 1 def /WMode 0 def
1 begincodespacerange <00> <FF> endcodespacerange
1 begincidrange <00> <FF> 0 endcidrange
endcmap CMapName currentdict /CMap defineresource pop end end
"""
"""One byte a letter, its number the letter's identity."""


class NotWholeError(Exception):
    """A font cannot be embedded whole; its subset stays."""


FAULTS = (
    NotWholeError, OSError, subprocess.SubprocessError, struct.error, LookupError, ValueError,
)  # fmt: skip
"""What a missing or slow fontconfig, an unreadable file and an odd font give."""


def embed(pdf: bytes) -> bytes:
    """The same PDF with its fonts whole; a font that cannot be keeps its subset and is logged."""
    try:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
        changed = [_made_whole(writer, font) for font in list(_fonts(writer))]
        if any(changed):
            content = BytesIO()
            writer.write(content)
            pdf = content.getvalue()
    except Exception:  # a paper with subsets is better than none
        log.warning("fonts stay as they were", exc_info=True)
    return pdf


def _fonts(writer: PdfWriter) -> Iterator[DictionaryObject]:
    for found in writer._objects:  # noqa: SLF001 - pypdf has no other way to all objects
        if isinstance(found, DictionaryObject) and found.get("/Subtype") == "/TrueType":
            yield found


def _made_whole(writer: PdfWriter, font: DictionaryObject) -> bool:
    subset = SUBSET.match(str(font["/BaseFont"]))
    if subset is None:
        return False
    try:
        face = face_of(subset[1])
        glyphs = _glyphs_of(font, face)
    except FAULTS as error:
        log.warning("%s is not embedded whole: %s", subset[1], error)
        return False
    _replace(writer, font, face, glyphs)
    return True


@dataclass(frozen=True, slots=True)
class Face:
    """An installed font file: glyph by letter, advance by glyph in thousandths of its size."""

    name: str
    content: bytes
    glyphs: dict[int, int]
    advances: tuple[float, ...]

    def advance(self, glyph: int) -> float:
        """How wide the glyph is; the last advance holds for all that follow."""
        return self.advances[min(glyph, len(self.advances) - 1)]


@lru_cache(maxsize=8)
def face_of(name: str) -> Face:
    """The installed font of that PostScript name; raises NotWholeError."""
    found = subprocess.run(
        ["fc-list", "-f", "%{file}\n", f":postscriptname={name}"],
        capture_output=True, text=True, check=False, timeout=LOOK_FOR,
    ).stdout.splitlines()  # fmt: skip
    if not found:
        raise NotWholeError("it is not installed")
    content = Path(min(found)).read_bytes()
    tables = _tables(content)
    if {"cmap", "head", "hhea", "hmtx", "glyf"} - tables.keys():
        raise NotWholeError("it is no TrueType font")
    if "OS/2" in tables and struct.unpack_from(">H", content, tables["OS/2"] + 8)[0] & RESTRICTED:
        raise NotWholeError("its maker forbids it")
    (units,) = struct.unpack_from(">H", content, tables["head"] + 18)
    (count,) = struct.unpack_from(">H", content, tables["hhea"] + 34)
    wide = struct.unpack_from(">" + "Hh" * count, content, tables["hmtx"])[::2]
    glyphs = _glyph_by_letter(content, tables["cmap"])
    return Face(name, content, glyphs, tuple(1000 * one / units for one in wide))


def _tables(content: bytes) -> dict[str, int]:
    """Where each table of the font begins."""
    (count,) = struct.unpack_from(">H", content, 4)
    rows = (struct.unpack_from(">4sIII", content, 12 + 16 * row) for row in range(count))
    return {tag.decode("latin-1"): begin for tag, _sum, begin, _length in rows}


def _glyph_by_letter(content: bytes, cmap: int) -> dict[int, int]:
    """The Unicode letters of the basic plane (cmap 3, 1 in format 4); Vietnamese lies there."""
    (count,) = struct.unpack_from(">H", content, cmap + 2)
    for row in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", content, cmap + 4 + 8 * row)
        (form,) = struct.unpack_from(">H", content, cmap + offset)
        if (platform, encoding, form) == (3, 1, 4):
            return dict(_segments(content, cmap + offset))
    raise NotWholeError("it has no table of Unicode letters")


def _segments(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Letter and glyph of a format 4 table (OpenType, cmap)."""
    count = struct.unpack_from(">H", content, at + 6)[0] // 2
    row = f">{count}H"
    ends = struct.unpack_from(row, content, at + 14)
    starts = struct.unpack_from(row, content, at + 16 + 2 * count)
    deltas = struct.unpack_from(row, content, at + 16 + 4 * count)
    base = at + 16 + 6 * count
    offsets = struct.unpack_from(row, content, base)
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for letter in range(first, min(last, 0xFFFE) + 1):
            glyph = letter
            if offsets[segment]:
                place = base + 2 * segment + offsets[segment] + 2 * (letter - first)
                (glyph,) = struct.unpack_from(">H", content, place)
            if glyph:
                yield letter, (glyph + deltas[segment]) & 0xFFFF


def _glyphs_of(font: DictionaryObject, face: Face) -> list[int]:
    """The whole font's glyph of each byte; raises NotWholeError when one is missing or not as wide.

    Not as wide means another shape of the letter, which the table of letters does not name.
    """
    told: Any = font["/ToUnicode"].get_object()
    row: Any = font["/Widths"]
    first, widths = int(str(font["/FirstChar"])), [float(one) for one in row]
    glyphs = [0] * 256
    for code, letters in LETTERS.findall(told.get_data().decode("latin-1").partition(TOLD)[2]):
        text = bytes.fromhex(letters).decode("utf-16-be")
        letter = LIGATURES.get(text, text)
        number = int(code, 16)
        glyph = face.glyphs.get(ord(letter), 0) if len(letter) == 1 else 0
        if not glyph or abs(face.advance(glyph) - widths[number - first]) > 1:
            raise NotWholeError(f"no glyph of its own for {text!r}")
        glyphs[number] = glyph
    if not all(glyphs[max(first, 1) : first + len(widths)]):
        raise NotWholeError("a byte of which no letter is told")
    return glyphs


def _replace(writer: PdfWriter, font: DictionaryObject, face: Face, glyphs: list[int]) -> None:
    """Turn the simple font into a composite one over the whole file; its bytes stay the same."""
    name = NameObject(f"/{face.name}")
    letters, descriptor = font.raw_get("/ToUnicode"), font.raw_get("/FontDescriptor")
    told: Any = descriptor.get_object()
    told[NameObject("/FontName")] = name
    told[NameObject("/FontFile2")] = _stream(writer, face.content, Length1=len(face.content))
    identity = _dictionary(
        Registry=TextStringObject("Adobe"),
        Ordering=TextStringObject("Identity"),
        Supplement=NumberObject(0),
    )
    codes = _stream(writer, CODES, Type="/CMap", CMapName="/Codes", WMode=0)
    codes.get_object()[NameObject("/CIDSystemInfo")] = identity
    inner = _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/CIDFontType2"),
        BaseFont=name,
        CIDSystemInfo=identity,
        FontDescriptor=descriptor,
        DW=NumberObject(0),
        W=ArrayObject([font["/FirstChar"], font["/Widths"]]),
        CIDToGIDMap=_stream(writer, struct.pack(">256H", *glyphs)),
    )
    font.clear()
    font.update(
        _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type0"),
            BaseFont=name,
            Encoding=codes,
            DescendantFonts=ArrayObject([writer._add_object(inner)]),  # noqa: SLF001
            ToUnicode=letters,
        )
    )


def _dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _stream(writer: PdfWriter, content: bytes, **entries: str | int) -> Any:
    """A compressed stream of its own, by reference."""
    plain = DecodedStreamObject()
    plain.set_data(content)
    packed = plain.flate_encode()
    for name, value in entries.items():
        told = NumberObject(value) if isinstance(value, int) else NameObject(value)
        packed[NameObject(f"/{name}")] = told
    return writer._add_object(packed)  # noqa: SLF001 - the only way to a new object
