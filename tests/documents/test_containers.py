"""PDF and DOCX looked through for what no paper needs."""

import io
import zipfile
from pathlib import Path

import pytest

import tiepdan.documents
from tests.matters import scans
from tiepdan.documents.containers import (
    BrokenFileError,
    Unpacking,
    UnsafeFileError,
    check_docx,
    check_pdf,
)

MEGABYTE = 1024 * 1024
ROOM = Unpacking(most_bytes=200 * MEGABYTE, most_times=200)
WITH_MACROS = scans.archive(
    {
        "[Content_Types].xml": scans.TYPES.replace("document.main", "x.macroEnabled.main"),
        "word/document.xml": scans.TEXT,
    }
)
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
RELATION = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships><Relationship Id="r1" Type="http://x/{}" '
    'Target="http://example.test/a" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize("behind", [b"", b"\n", b"\r\n\0  ", b" " * 3 * MEGABYTE])
def test_whole_pdf_passes(behind):
    """A PDF should pass, with blanks behind its end or without."""
    check_pdf(io.BytesIO(scans.PDF.rstrip() + behind))


def test_pdf_saved_twice_passes():
    """An addition behind the first end (a signature) should pass."""
    check_pdf(io.BytesIO(scans.PDF + b"4 0 obj<</Type/Sig>>endobj\n%%EOF\n"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (scans.PDF + b"<html><script>alert(1)</script>", "hidden"),
        (scans.PDF + b"x".rjust(2 * MEGABYTE), "hidden"),
        (scans.PDF + scans.docx(), "hidden"),
        (scans.PDF.replace(b"%%EOF", b"") + scans.docx() + b"%%EOF", "hidden"),
        (scans.PDF.replace(b"/Catalog", b"/Catalog/AA<</S/JavaScript/JS(x)>>"), "program"),
        (b" " * (MEGABYTE - 3) + b"/Launch /F(cmd.exe)" + scans.PDF, "program"),
    ],
    ids=["page behind", "far behind", "zip behind", "zip before the end", "script", "launch"],
)
def test_pdf_with_more_in_it_is_refused(content, why):
    """A second file behind the first, a script or a program should be refused."""
    with pytest.raises(UnsafeFileError, match=why):
        check_pdf(io.BytesIO(content))


def test_pdf_cut_short_is_broken():
    """A PDF without its end should be refused."""
    with pytest.raises(BrokenFileError):
        check_pdf(io.BytesIO(scans.PDF[:-8]))


def test_word_document_passes():
    """A document with pictures and links to pages should pass."""
    check_docx(
        io.BytesIO(
            scans.docx(
                word__media__a_png=scans.png(), word___rels__d_xml_rels=RELATION.format("hyperlink")
            )
        ),
        ROOM,
    )


def test_documents_of_word_and_of_ourselves_pass():
    """The product's own templates should pass."""
    templates = list((Path(tiepdan.documents.__file__).parent / "templates_docx").glob("**/*.docx"))
    assert templates
    for path in templates:
        with path.open("rb") as file:
            check_docx(file, ROOM)


def _with_comment(content):
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"<script>"
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (scans.docx(word__vbaProject_bin=b"x"), "program"),
        (scans.docx(word__activeX__a_xml="<a/>"), "program"),
        (scans.docx(word__embeddings__oleObject1_bin=b"x"), "program"),
        (WITH_MACROS, "program"),
        (scans.docx(word__rels__a_rels=RELATION.format("attachedTemplate")), "program"),
        (scans.docx(word__rels__a_rels=RELATION.format("image")), "program"),
        (scans.docx(word__a_xml=ENTITY), "program"),
        (scans.docx(word__a_xml="<x/>".encode("utf-16")), "program"),
        (scans.docx(word__a_xml='<?xml version="1.0" encoding="utf-7"?><x/>'), "program"),
        (scans.docx() + b"<html>", "hidden"),
        (_with_comment(scans.docx()), "hidden"),
        (b"PK\3\4" + b"x" * 40 + scans.docx(), "hidden"),
        (scans.zip_bomb(201), "bomb"),
        (scans.docx(word__a_xml="<x>" + " " * 30 * MEGABYTE), "bomb"),
        (scans.archive({f"word/{number}.xml": "<x/>" for number in range(2001)}), "bomb"),
    ],
)  # fmt: skip
def test_document_with_more_in_it_is_refused(content, why):
    """Macros, embedded programs, remote parts, hidden files and bombs should be refused."""
    with pytest.raises(UnsafeFileError, match=why):
        check_docx(io.BytesIO(content), ROOM)


def test_parts_lying_on_each_other_are_refused():
    """One packed part named many times is how small files unpack to terabytes."""
    content = bytearray(scans.docx(word__media__a_png=b"\0" * 500_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    start = content.index(b"PK\1\2")
    third = content.index(b"PK\1\2", content.index(b"PK\1\2", start + 4) + 4)
    content[third + 42 : third + 46] = parts[1].header_offset.to_bytes(4, "little")
    with pytest.raises((UnsafeFileError, BrokenFileError)):
        check_docx(io.BytesIO(bytes(content)), ROOM)


@pytest.mark.parametrize(
    "content",
    [
        scans.archive({"a.txt": "x"}),
        scans.archive({"xl/workbook.xml": "<x/>", "[Content_Types].xml": scans.TYPES}),
        scans.docx()[:-40],
        b"PK\3\4",
    ],
)
def test_other_archives_are_no_word_document(content):
    """A ZIP, a workbook or half a document should be refused."""
    with pytest.raises(BrokenFileError):
        check_docx(io.BytesIO(content), ROOM)


def test_damaged_part_is_broken():
    """A part that does not fit its check sum should be refused."""
    content = scans.archive(
        {"[Content_Types].xml": scans.TYPES, "word/document.xml": scans.TEXT * 3}
    )
    at = content.index(b"word/document.xml") + 60
    with pytest.raises(BrokenFileError):
        check_docx(io.BytesIO(content[:at] + b"\xff\xff\xff" + content[at + 3 :]), ROOM)
