"""The layout of NĐ 30/2020/NĐ-CP, Phụ lục I, in the Word files."""

from functools import cache

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from tests.documents.papers import opened, unsaved
from tiepdan.documents import typography
from tiepdan.documents.kinds import DocumentKind, kind_of

EVERY_KIND = pytest.mark.parametrize("kind", list(DocumentKind))


@cache
def sample(kind):
    """The rendered sample of a kind; only read."""
    return opened(unsaved(kind))


def paragraphs(file):
    """Every paragraph with its style, in tables too."""
    for element in file.element.body.iter(qn("w:p")):
        text = "".join(part.text or "" for part in element.iter(qn("w:t")))
        yield file.styles.get_by_id(element.style, 1), text


def style_of(file, start):
    return next(style for style, text in paragraphs(file) if text.startswith(start))


@EVERY_KIND
def test_page(kind):
    """A4 upright, margins within 20-25, 30-35 and 15-20 mm (mục I.1 to I.3)."""
    section = sample(kind).sections[0]
    assert section.orientation == WD_ORIENT.PORTRAIT
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    for margin in (section.top_margin, section.bottom_margin):
        assert 20 <= margin.mm <= 25
    assert 30 <= section.left_margin.mm <= 35
    assert 15 <= section.right_margin.mm <= 20


@EVERY_KIND
def test_one_font(kind):
    """Times New Roman throughout, black (mục I.4)."""
    file = sample(kind)
    for fonts in [*file.element.iter(qn("w:rFonts")), *file.styles.element.iter(qn("w:rFonts"))]:
        assert {fonts.get(key) for key in fonts.attrib} == {"Times New Roman"}
    colours = {str(style.font.color.rgb) for style, text in paragraphs(file) if text}
    assert colours <= {"000000", "None"}


@EVERY_KIND
def test_page_number(kind):
    """Centred in the top margin, not on the first page (mục I.7)."""
    section = sample(kind).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml
    number = section.header.paragraphs[0]
    assert "PAGE" in number._p.xml
    assert number.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert 13 <= number.style.font.size.pt <= 14


@EVERY_KIND
def test_state_name_and_motto(kind):
    """Quốc hiệu 12-13 bold capitals, tiêu ngữ 13-14 bold (mục II.1)."""
    file = sample(kind)
    state = style_of(file, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = style_of(file, "Độc lập - Tự do - Hạnh phúc")
    assert state.font.bold
    assert motto.font.bold
    assert 12 <= state.font.size.pt <= 13 <= motto.font.size.pt <= 14


@EVERY_KIND
def test_number_and_date(kind):
    """«Số:» 13 upright; place and date italic 13-14 with a comma (mục II.3, II.4)."""
    file = sample(kind)
    number = style_of(file, "Số: 05/")
    assert (number.font.size.pt, bool(number.font.italic)) == (13, False)
    date = next(style for style, text in paragraphs(file) if ", ngày 03 tháng 02 năm" in text)
    assert date.font.italic
    assert 13 <= date.font.size.pt <= 14


@pytest.mark.parametrize("kind", [k for k in DocumentKind if kind_of(k).type_name])
def test_type_name(kind):
    """Tên loại in bold capitals, centred, 13-14 (mục II.5)."""
    name = next(s for s, text in paragraphs(sample(kind)) if s.name == "Tên loại")
    assert name.font.bold
    assert name.font.all_caps
    assert name.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert 13 <= name.font.size.pt <= 14


def test_letter_has_no_type_name():
    """A letter should carry V/v, 12-13 upright, 6 pt below its number (mục II.5)."""
    file = sample(DocumentKind.REASONED_REPLY)
    assert not [s for s, _ in paragraphs(file) if s.name == "Tên loại"]
    abstract = style_of(file, "V/v ")
    assert 12 <= abstract.font.size.pt <= 13
    assert abstract.paragraph_format.space_before.pt == 6


@EVERY_KIND
def test_body_text(kind):
    """Justified 13-14, first line 1 or 1.27 cm, at least 6 pt apart, single to 1.5 (mục II.6)."""
    body = next(s for s, text in paragraphs(sample(kind)) if s.name == "Nội dung" and text)
    form = body.paragraph_format
    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert form.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert form.space_after.pt >= 6
    assert 1 <= form.line_spacing <= 1.5
    assert 13 <= body.font.size.pt <= 14


def test_recipients():
    """«Nơi nhận» 12 bold italic, the list 11 upright, last «Lưu» (mục II.9)."""
    file = sample(DocumentKind.INVITATION)
    label, first = style_of(file, "Nơi nhận:"), style_of(file, "- Như trên;")
    assert (label.font.size.pt, label.font.bold, label.font.italic) == (12, True, True)
    assert (first.font.size.pt, bool(first.font.bold)) == (11, False)
    assert style_of(file, "- Lưu: VT, BTCD.").name == first.name


def test_every_style_names_its_source():
    """Each style should say which rule it follows, once."""
    assert all(style.source for style in typography.STYLES)
    assert len({style.name for style in typography.STYLES}) == len(typography.STYLES)
