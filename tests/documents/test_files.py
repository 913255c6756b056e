"""Files on disk, and real conversions by LibreOffice."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.documents.papers import draft, issued
from tiepdan.documents import office, storage
from tiepdan.documents.jobs import render_document
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.documents.queries import faults, to_render

A4_POINTS = (595, 842)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DOCUMENTS_DIR = tmp_path / "documents"


def stored(name):
    with storage.open_file(name) as file:
        return file.read()


def fonts_of(pdf):
    """The fonts of a PDF by name."""
    fonts = (page["/Resources"].get("/Font", {}).values() for page in pdf.pages)
    return {str(font.get_object()["/BaseFont"])[1:] for page in fonts for font in page}


@pytest.mark.office
@pytest.mark.parametrize("kind", [DocumentKind.RESULT_NOTICE, DocumentKind.RECEIPT])
def test_pdf(cast, kind):
    """Every page A4, the text readable, one typeface, the number hidden on page 1."""
    document = issued(cast.chair, kind)
    assert render_document.call(str(document.pk))
    document.refresh_from_db()
    pdf = PdfReader(BytesIO(stored(document.pdf_name)))
    sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}
    assert sizes == {A4_POINTS}
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert f"Số: {document.number_text}" in text
    assert "Nguyễn Thị Thuỳ An" in text
    assert {font.split("-")[0] for font in fonts_of(pdf)} == {"LiberationSerif"}
    assert not text.startswith("1")
    if len(pdf.pages) > 1:
        assert pdf.pages[1].extract_text().split()[0] == "2"
    assert faults(document) == []
    assert document not in to_render()


@pytest.mark.office
def test_draft_is_made_anew_when_it_changes(cast):
    """Files of an older text should be replaced, and a second run leave the new ones alone."""
    document = draft(cast.officer)
    assert render_document.call(str(document.pk))
    assert not render_document.call(str(document.pk))
    assert "DỰ THẢO" in PdfReader(BytesIO(stored(_pdf(document)))).pages[0].extract_text()
    Document.objects.filter(pk=document.pk).update(revision=2)
    assert render_document.call(str(document.pk))


def _pdf(document):
    document.refresh_from_db()
    return document.pdf_name


def test_cut_file_is_found_out(cast):
    """A stored file that was changed should be named."""
    document = issued(cast.chair)
    file = storage.store(document.pk, 1, "pdf", b"%PDF-1.7 whole")
    document.pdf_name, document.pdf_sha256 = file.name, file.sha256
    assert faults(document) == []
    storage.path_of(file.name).write_bytes(b"%PDF-1.7 who")
    assert faults(document) == [file.name]
    storage.path_of(file.name).unlink()
    assert faults(document) == [file.name]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b"])
def test_no_way_out_of_the_folder(name):
    """A stored name should never lead elsewhere."""
    with pytest.raises(ValueError, match="not the name of a document"):
        storage.open_file(name)


def test_no_office(settings):
    """A missing LibreOffice should be told, not hang."""
    settings.SOFFICE = "/nonexistent/soffice"
    with pytest.raises(office.ConversionError, match="does not start"):
        office.to_pdf(b"x")


@pytest.mark.office
def test_rubbish_is_refused():
    """A file that is no document should fail."""
    with pytest.raises(office.ConversionError):
        office.to_pdf(b"PK\x03\x04 rubbish")
