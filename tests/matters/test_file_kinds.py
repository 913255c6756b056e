"""What a file is, by its content; pictures lose what a camera wrote about its owner."""

import subprocess
import unicodedata

import pytest

from tests.matters import scans
from tiepdan.matters.file_kinds import (
    BrokenFileError,
    FileKind,
    shown_name,
    sniff,
    without_metadata,
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (scans.PDF, FileKind.PDF),
        (scans.jpeg(), FileKind.JPEG),
        (scans.png(), FileKind.PNG),
        (b"MZ\x90\0 a program", None),
        (b"\x7fELF", None),
        (b"PK\3\4 a zip or a DOCX", None),
        (b"<svg onload='alert(1)'>", None),
        (b"<!doctype html><script>", None),
        (b"GIF89a", None),
        (b"\n%PDF-1.4", None),
        (b"", None),
    ],
)
def test_first_bytes_decide(content, kind):
    """Only PDF, JPEG and PNG should be known, whatever the name says."""
    assert sniff(content[:16]) == kind


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("don.pdf", "don.pdf"),
        ("Đơn kiến nghị.PDF", "Đơn kiến nghị.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\an\\don.pdf", "don.pdf"),
        ("don\u202efdp.exe", "don fdp.exe.pdf"),
        ("don\r\nSet-Cookie: x.pdf", "don Set-Cookie: x.pdf"),
        (unicodedata.normalize("NFD", "Giấy tờ đất.pdf"), "Giấy tờ đất.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "giấy tờ.pdf"),
        ("\u200b..", "giấy tờ.pdf"),
        ("a" * 300, "a" * 116 + ".pdf"),
    ],
)
def test_shown_name_is_one_plain_line(given, shown):
    """Folders, hidden letters and false endings should not reach a page or a header."""
    assert shown_name(given, FileKind.PDF) == shown


def test_photograph_forgets_where_it_was_taken():
    """EXIF, XMP, IPTC, comments and what follows the end should go; the picture should stay."""
    plain = without_metadata(scans.jpeg(), FileKind.JPEG)
    assert scans.PLACE not in plain
    assert b"PK" not in plain
    profile = scans.segment(0xE2, b"ICC_PROFILE\0\1\1sRGB")
    expected = scans.JFIF + profile + scans.TABLES + scans.SCAN + scans.SCAN
    assert plain == b"\xff\xd8" + expected + b"\xff\xd9"


@pytest.mark.parametrize("order", ["<", ">"])
def test_photograph_stays_upright(order):
    """How the telephone was held should be the one thing EXIF still says."""
    plain = without_metadata(scans.jpeg(6, order), FileKind.JPEG)
    assert plain.startswith(b"\xff\xd8" + scans.segment(0xE1, scans.exif(6, ">")[:-18]))
    assert without_metadata(plain, FileKind.JPEG) == plain


def test_picture_keeps_its_chunks_only():
    """A PNG should lose text, EXIF and what stands behind its end."""
    plain = without_metadata(scans.png(), FileKind.PNG)
    assert scans.PLACE not in plain
    assert all(name in plain for name in (b"IHDR", b"IDAT", b"IEND"))


@pytest.mark.parametrize("kind", [FileKind.JPEG, FileKind.PNG])
def test_cut_picture_is_broken(kind):
    """A picture cut anywhere before its end should be refused, never kept half."""
    whole = without_metadata(scans.jpeg(6) if kind == FileKind.JPEG else scans.png(), kind)
    for length in range(3, len(whole) - 1):
        with pytest.raises(BrokenFileError):
            without_metadata(whole[:length], kind)


@pytest.mark.parametrize(("form", "kind"), [("mjpeg", FileKind.JPEG), ("png", FileKind.PNG)])
def test_real_picture_looks_the_same(form, kind):
    """A picture of a real encoder should decode to the same points afterwards."""
    ffmpeg = ["ffmpeg", "-v", "error"]
    draw = [*ffmpeg, "-f", "lavfi", "-i", "testsrc=size=320x240", "-frames:v", "1"]
    picture = subprocess.run(
        [*draw, "-c:v", form, "-f", "image2pipe", "-"], check=True, capture_output=True
    ).stdout

    def points(content):
        read = [*ffmpeg, "-f", "image2pipe", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
        return subprocess.run(read, input=content, check=True, capture_output=True).stdout

    assert len(points(picture)) == 320 * 240 * 3
    assert points(without_metadata(picture, kind)) == points(picture)
