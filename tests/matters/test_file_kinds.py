"""What a file is, by its content, and how its name is shown."""

import unicodedata

import pytest

from tests.matters import scans
from tiepdan.matters.file_kinds import FileKind, shown_name, sniff


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (scans.PDF, FileKind.PDF),
        (scans.jpeg(), FileKind.JPEG),
        (scans.png(), FileKind.PNG),
        (b"MZ\x90\0 a program", None),
        (b"\x7fELF", None),
        (scans.heic(), FileKind.HEIC),
        (scans.docx(), FileKind.DOCX),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", None),
        (b"PK\5\6 an empty zip", None),
        (b"<svg onload='alert(1)'>", None),
        (b"<!doctype html><script>", None),
        (b"GIF89a", None),
        (b"\n%PDF-1.4", None),
        (b"", None),
    ],
)
def test_first_bytes_decide(content, kind):
    """Only papers and photographs should be known, whatever the name says."""
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
