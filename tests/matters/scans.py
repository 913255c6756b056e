"""Small files as citizens hand them in, and as somebody with bad intent would."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

PLACE = b"21.8563N 106.7610E"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Override PartName="/word/document.xml" ContentType="'
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    '"/></Types>'
)
TEXT = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats'
    '.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Đơn kiến nghị</w:t></w:r></w:p>'
    "</w:body></w:document>"
)


def quarters(mode: str = "RGB", size: tuple[int, int] = (64, 32)) -> Image.Image:
    """A picture whose corners differ, red at the top left: it shows how it was turned."""
    picture = Image.new(mode, size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    picture.paste("blue", (size[0] // 2, size[1] // 2, *size))
    return picture


def exif(orientation: int) -> bytes:
    """EXIF as a telephone writes it: how it was held, and where."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010E] = PLACE.decode()
    return told.tobytes()


def jpeg(orientation: int = 1) -> bytes:
    """A photograph with EXIF, a comment, a colour profile, and a page and a ZIP behind its end."""
    file = io.BytesIO()
    quarters().save(
        file, "JPEG", quality=95, exif=exif(orientation), comment=PLACE, icc_profile=PLACE * 9
    )
    return file.getvalue() + b"<html><script>alert(1)</script>PK\3\4" + PLACE


def png() -> bytes:
    """A picture with text, EXIF, and something behind its end."""
    file, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Comment", PLACE.decode())
    quarters().save(file, "PNG", pnginfo=told, exif=exif(1))
    return file.getvalue() + PLACE


def heic(orientation: int = 1) -> bytes:
    """A photograph as an iPhone keeps it."""
    file = io.BytesIO()
    pillow_heif.from_pillow(quarters()).save(file, quality=95, exif=exif(orientation))
    return file.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def pixel_bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that draws so many points a side."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    row = zlib.compressobj(9)
    points = row.compress(b"\0" * (side // 8 + 1) * 64) + row.flush()
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def docx(**parts: str | bytes) -> bytes:
    """A Word document; further parts by name, `__` standing for «/» and «_» for «.»."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in parts.items()}
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": TEXT} | named)


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return file.getvalue()


def zip_bomb(megabytes: int = 300) -> bytes:
    """A Word document that unpacks to so many megabytes of nothing."""
    return docx(word__media__a_png=b"\0" * (megabytes * 1024 * 1024))


def upload(content: bytes = PDF, name: str = "don.pdf") -> SimpleUploadedFile:
    """The file as a form sends it."""
    return SimpleUploadedFile(name, content)


def large(megabytes: int, name: str = "don.pdf") -> SimpleUploadedFile:
    """A PDF of so many megabytes."""
    return upload(PDF.ljust(megabytes * 1024 * 1024, b" "), name)
