"""Small files as citizens hand them in, and as somebody with bad intent would."""

import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PLACE = b"21.8563N 106.7610E"


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif(orientation: int, order: str = "<") -> bytes:
    """EXIF as a telephone writes it: how it was held, and where."""
    head = b"II" if order == "<" else b"MM"
    table = struct.pack(f"{order}2sHIHHHIHHI", head, 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return b"Exif\0\0" + table + PLACE


SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
TABLES = segment(0xDB, b"\0" * 65) + segment(0xC4, b"\0\xff\xd9\0")
JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")


def jpeg(orientation: int = 1, order: str = "<") -> bytes:
    """A photograph with EXIF, XMP, IPTC, a comment, a colour profile, and a second picture."""
    return (
        b"\xff\xd8"
        + JFIF
        + segment(0xE1, exif(orientation, order))
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE)
        + segment(0xE2, b"ICC_PROFILE\0\1\1sRGB")
        + segment(0xE2, b"MPF\0" + PLACE)
        + segment(0xED, b"Photoshop 3.0\0" + PLACE)
        + segment(0xFE, PLACE)
        + TABLES
        + SCAN
        + SCAN
        + b"\xff\xd9"
        + b"PK\3\4"
        + PLACE
    )


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png() -> bytes:
    """A picture of one point, with text, EXIF, and something behind its end."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"tEXt", b"Comment\0" + PLACE)
        + chunk(b"eXIf", exif(1)[6:])
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
        + PLACE
    )


def upload(content: bytes = PDF, name: str = "don.pdf") -> SimpleUploadedFile:
    """The file as a form sends it."""
    return SimpleUploadedFile(name, content)


def large(megabytes: int, name: str = "don.pdf") -> SimpleUploadedFile:
    """A PDF of so many megabytes."""
    return upload(PDF.ljust(megabytes * 1024 * 1024, b" "), name)
