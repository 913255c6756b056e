"""What a handed-in file really is, and how its name may be shown; pure.

The name and the type a browser states are never believed: the first bytes decide.
"""

import unicodedata
from enum import StrEnum

HEAD = 16
"""So many first bytes are enough to tell the kind."""

LONGEST_NAME = 120


class FileKind(StrEnum):
    """What may be handed in; the value is the ending of the stored file."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    HEIC = "heic"
    DOCX = "docx"

    @property
    def kept_as(self) -> "FileKind":
        """The kind under which it is kept: what an iPhone takes becomes a JPEG all can open."""
        return FileKind.JPEG if self == FileKind.HEIC else self

    @property
    def is_picture(self) -> bool:
        """Whether it is drawn anew before it is kept."""
        return self in {FileKind.JPEG, FileKind.PNG, FileKind.HEIC}


_MAGIC = {
    b"%PDF-": FileKind.PDF,
    b"\xff\xd8\xff": FileKind.JPEG,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"PK\3\4": FileKind.DOCX,
}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
"""Brands of still pictures (ISO/IEC 23008-12, annex B); a film's brands are not among them."""
_ENDINGS = {
    FileKind.PDF: {"pdf"},
    FileKind.JPEG: {"jpg", "jpeg", "heic", "heif"},
    FileKind.PNG: {"png"},
    FileKind.DOCX: {"docx"},
}


def sniff(head: bytes) -> FileKind | None:
    """The kind by its first bytes; None for everything that may not be handed in."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    return next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)


def shown_name(name: str, kind: FileKind) -> str:
    """The given name as it may be shown: one line of visible letters with the true ending.

    Folders, control characters and those that turn the writing direction are dropped.
    """
    kept_as = kind.kept_as
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in last)
    stem = " ".join(seen.split()).strip(". ")
    before, _, ending = stem.rpartition(".")
    if before and ending.lower() in _ENDINGS[kept_as]:
        stem = before.strip(". ")
    return f"{stem[: LONGEST_NAME - 4] or 'giấy tờ'}.{kept_as}"
