"""Fonts in a PDF: whole, the very files that are installed, and the page looks as before."""

import hashlib
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from tests.documents.papers import unsaved
from tiepdan.documents import office, whole_fonts
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.rendering import render_docx

LETTERS = "ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹẠỆỢỰỲ₫"
"""What Vietnamese needs beyond English."""


@pytest.fixture
def subsets(settings, tmp_path, monkeypatch):
    """A paper as LibreOffice makes it."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(whole_fonts, "embed", lambda pdf: pdf)
    made = office.to_pdf(render_docx(unsaved(DocumentKind.RESULT_NOTICE)))
    monkeypatch.undo()
    return made


def fonts_of(pdf: bytes) -> list[dict]:
    pages = PdfReader(BytesIO(pdf)).pages
    found = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }
    return list(found.values())


def picture(pdf: bytes, folder: Path, name: str) -> bytes:
    """The first page as poppler draws it."""
    (folder / f"{name}.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "100", "-f", "1", "-l", "1", "-singlefile", f"{name}.pdf", name]
    subprocess.run(command, cwd=folder, check=True)
    return (folder / f"{name}.ppm").read_bytes()


@pytest.mark.office
def test_fonts_are_whole_and_nothing_else_changes(subsets, tmp_path):
    """No font should be a subset, each be the installed file; page, words and facts the same."""
    whole = whole_fonts.embed(subsets)
    (tmp_path / "whole.pdf").write_bytes(whole)
    listed = subprocess.run(
        ["pdffonts", "whole.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert len(listed) >= 3
    assert all(row.split()[-5:-2] == ["yes", "no", "yes"] for row in listed), listed
    for font in fonts_of(whole):
        inner = font["/DescendantFonts"][0].get_object()
        name = str(font["/BaseFont"])[1:]
        kept = inner["/FontDescriptor"]["/FontFile2"].get_data()
        face = whole_fonts.face_of(name)
        assert hashlib.sha256(kept).digest() == hashlib.sha256(face.content).digest()
        assert [one for one in LETTERS if ord(one) not in face.glyphs] == []
    before, after = (PdfReader(BytesIO(pdf)) for pdf in (subsets, whole))
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]
    assert after.metadata == before.metadata
    assert after.trailer["/ID"] == before.trailer["/ID"]
    for name in ("/OutputIntents", "/StructTreeRoot", "/Metadata", "/MarkInfo", "/Lang"):
        assert (name in after.trailer["/Root"]) is True
    assert picture(whole, tmp_path, "a") == picture(subsets, tmp_path, "b")


@pytest.mark.office
def test_font_that_is_not_installed_keeps_its_letters(subsets, monkeypatch):
    """When the file is not found the paper should be as LibreOffice made it."""

    def missing(_name: str) -> None:
        raise whole_fonts.NotWholeError("it is not installed")

    monkeypatch.setattr(whole_fonts, "face_of", missing)
    assert whole_fonts.embed(subsets) == subsets


def with_a_font() -> bytes:
    """A page with a subset of a TrueType font, as far as finding the whole one asks for it."""
    writer = PdfWriter()
    codes = DecodedStreamObject()
    codes.set_data(b"1 beginbfchar <01> <0041> endbfchar")
    font = {
        "Type": NameObject("/Font"), "Subtype": NameObject("/TrueType"),
        "BaseFont": NameObject("/ABCDEF+NoSuchFont"), "FirstChar": NumberObject(1),
        "Widths": ArrayObject([NumberObject(500)]), "ToUnicode": writer._add_object(codes),
    }  # fmt: skip
    fonts = DictionaryObject(
        {NameObject("/F1"): DictionaryObject({NameObject(f"/{k}"): v for k, v in font.items()})}
    )
    page = writer.add_blank_page(100, 100)
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    fonts[NameObject("/F1")] = writer._add_object(fonts["/F1"])
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


@pytest.mark.parametrize("fault", ["missing", "slow", "gone", "odd"])
def test_faults_keep_the_paper(tmp_path, monkeypatch, caplog, fault):
    """Without fontconfig, in time or at all, or with a broken font there should be the paper."""
    program = tmp_path / "fc-list"
    odd = tmp_path / "odd.ttf"
    odd.write_bytes(b"\0\1\0\0")
    told = {"slow": "exec /bin/sleep 60", "gone": "echo /nowhere.ttf", "odd": f"echo {odd}"}
    if fault != "missing":
        program.write_text(f"#!/bin/sh\n{told[fault]}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(whole_fonts, "LOOK_FOR", 1 if fault == "slow" else whole_fonts.LOOK_FOR)
    paper = with_a_font()
    assert whole_fonts.embed(paper) == paper
    assert "NoSuchFont is not embedded whole" in caplog.text


def test_unknown_faults_keep_the_paper(monkeypatch, caplog):
    """Whatever else goes wrong, the paper should be there and the fault be told."""

    def fault(*_told: object) -> None:
        raise RuntimeError("unheard of")

    monkeypatch.setattr(whole_fonts, "_made_whole", fault)
    paper = with_a_font()
    assert whole_fonts.embed(paper) == paper
    assert "unheard of" in caplog.text


def test_what_is_no_pdf_stays_as_it_is():
    """Bytes that cannot be read should come back unchanged."""
    assert whole_fonts.embed(b"%PDF-1.7 broken") == b"%PDF-1.7 broken"
