# ruff: noqa: SLF001 - python-docx shows the XML behind its objects by private names only
"""Writes a template to Word: blocks and typography in, a .docx that officials can edit out."""

import re
from collections.abc import Iterable
from typing import Any

import docx as word
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from tiepdan.documents import typography as t
from tiepdan.documents.blocks import (
    Block,
    Column,
    Columns,
    For,
    Heading,
    If,
    Letterhead,
    P,
    SignerRows,
    Table,
)

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_ABSTRACT_LETTER = "V/v {{ title }}"


def build(blocks: Iterable[Block]) -> Docx:
    """The template of one kind."""
    docx = word.Document()
    _set_page(docx)
    _set_language_and_font(docx)
    for style in t.STYLES:
        _add_style(docx, style)
    _add_headers(docx)
    _write(docx, blocks)
    docx.core_properties.title = docx.core_properties.author = docx.core_properties.comments = ""
    return docx


# --- The page -----------------------------------------------------------------------------------


def _set_page(docx: Docx) -> None:
    section = docx.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(t.PAGE[0]), Mm(t.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(t.MARGIN_TOP), Mm(t.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(t.MARGIN_LEFT), Mm(t.MARGIN_RIGHT)
    section.header_distance = section.footer_distance = Mm(t.HEADER_DISTANCE)
    section.different_first_page_header_footer = True


def _set_language_and_font(docx: Docx) -> None:
    """One font for every script, also where Word's own template asks for a theme's font."""
    for fonts in docx.styles.element.iter(qn("w:rFonts")):
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        _name_font(fonts)
    for language in docx.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
        language.set(qn("w:eastAsia"), "vi-VN")
    normal: Any = docx.styles["Normal"]
    normal.font.name, normal.font.size = t.FONT, Pt(14)
    compat = docx.settings.element.find(qn("w:compat"))
    if compat is not None:
        # A line ended by hand must not be stretched to the margin in justified text.
        compat.insert(0, OxmlElement("w:doNotExpandShiftReturn"))


def _name_font(fonts: Any) -> None:
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), t.FONT)


def _add_style(docx: Docx, style: t.Style) -> None:
    made: Any = docx.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    made.quick_style = True
    font, paragraph = made.font, made.paragraph_format
    font.name, font.size, font.color.rgb = t.FONT, Pt(style.size), RGBColor(0, 0, 0)
    font.bold, font.italic, font.all_caps = style.bold, style.italic, style.caps
    _name_font(made.element.rPr.rFonts)
    paragraph.alignment = _ALIGN[style.align]
    paragraph.space_before, paragraph.space_after = Pt(style.before), Pt(style.after)
    paragraph.line_spacing = style.line
    paragraph.left_indent = Mm(style.left + style.hanging)
    paragraph.right_indent = Mm(style.right)
    paragraph.first_line_indent = Mm(style.indent - style.hanging)
    paragraph.keep_with_next = style.keep_with_next
    paragraph.widow_control = True
    if style.level is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(style.level))
        made.element.pPr.append(level)


def _add_headers(docx: Docx) -> None:
    """The draft mark on every page, the page number from the second page on."""
    section = docx.sections[0]
    for place in (section.first_page_header, section.footer):
        place.paragraphs[0].style, place.paragraphs[0].text = t.DRAFT_MARK.name, "{%p if draft %}"
        place.add_paragraph("DỰ THẢO", style=t.DRAFT_MARK.name)
        place.add_paragraph("{%p endif %}", style=t.DRAFT_MARK.name)
        place.add_paragraph(style=t.RULE.name)
    number = section.header.paragraphs[0]
    number.style = t.PAGE_NUMBER.name
    for kind, text in [("begin", ""), ("", "PAGE"), ("end", "")]:
        run = number.add_run()._r
        run.append(_field_character(kind) if kind else _field_code(text))


def _field_character(kind: str) -> Any:
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    return character


def _field_code(text: str) -> Any:
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = text
    return code


# --- Blocks -------------------------------------------------------------------------------------


def _write(place: Docx | _Cell, blocks: Iterable[Block]) -> None:
    for block in blocks:
        match block:
            case P():
                _paragraph(place, block.text, block.style)
            case If():
                _around(place, f"if {block.condition}", block.blocks, "endif")
            case For():
                _around(place, f"for {block.each}", block.blocks, "endfor")
            case Table():
                _table(place, block)
            case Columns():
                _columns(place, block)
            case Letterhead():
                _letterhead(place, letter=block.letter)
            case Heading():
                _heading(place, block.type_name)
            case SignerRows():
                _signers(place)


def _paragraph(place: Docx | _Cell, text: str, style: t.Style) -> Paragraph:
    """A paragraph; what stands between two double stars is bold."""
    paragraph = place.add_paragraph(style=style.name)
    for index, part in enumerate(re.split(r"\*\*", text)):
        if part:
            paragraph.add_run(part).bold = True if index % 2 else None
    return paragraph


def _around(place: Docx | _Cell, opening: str, blocks: Iterable[Block], closing: str) -> None:
    """Lines of the template engine before and after; they vanish when the document is made."""
    _paragraph(place, f"{{%p {opening} %}}", t.RULE)
    _write(place, blocks)
    _paragraph(place, f"{{%p {closing} %}}", t.RULE)


def _rule(place: Docx | _Cell, length: float, within: float) -> None:
    """A thin line of that length in millimetres, centred in a column that wide."""
    paragraph = place.add_paragraph(style=t.RULE.name)
    side = Mm((within - length) / 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before, form.line_spacing_rule = Pt(4), WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(3)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in [("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")]:
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _letterhead(place: Docx | _Cell, *, letter: bool) -> None:
    """Two columns: body and number on the left, state name, motto and date on the right."""
    table = _bare_table(place, [t.LEFT_COLUMN, t.RIGHT_COLUMN], rows=2)
    body, state = table.rows[0].cells
    _write(
        body,
        [
            For("line in parent_lines", [P("{{ line }}", t.PARENT)]),
            For("line in issuer_lines", [P("{{ line }}", t.ISSUER)]),
        ],
    )
    _rule(body, t.ISSUER_RULE, t.LEFT_COLUMN)
    _write(state, [P(_STATE, t.STATE_NAME), P(_MOTTO, t.MOTTO)])
    _rule(state, t.MOTTO_RULE, t.RIGHT_COLUMN)
    number, date = table.rows[1].cells
    _write(number, [P("Số: {{ number_text }}", t.NUMBER)])
    if letter:
        _write(number, [P(_ABSTRACT_LETTER, t.LETTER_ABSTRACT)])
    _write(date, [P("{{ letterhead.place_name }}, {{ date_text }}", t.PLACE_DATE)])
    _drop_first_paragraphs(table)


def _heading(place: Docx | _Cell, type_name: str) -> None:
    _write(place, [P(type_name, t.TYPE_NAME), P("{{ title }}", t.ABSTRACT)])
    _rule(place, t.ABSTRACT_RULE, t.TEXT_WIDTH)
    place.paragraphs[-1].paragraph_format.space_after = Pt(10)


def _columns(place: Docx | _Cell, block: Columns) -> None:
    widths = [block.left_width, t.TEXT_WIDTH - block.left_width]
    _paragraph(place, "", t.GAP)
    table = _bare_table(place, widths, rows=1)
    for cell, blocks in zip(table.rows[0].cells, [block.left, block.right], strict=True):
        _write(cell, blocks or [P("", t.RECIPIENT)])
    _drop_first_paragraphs(table)


def _signers(place: Docx | _Cell) -> None:
    """Two signers in a row, as many rows as needed; an odd last one stands on the left."""
    _paragraph(place, "", t.GAP)
    half = t.TEXT_WIDTH / 2
    table = _bare_table(place, [half, half], rows=3)
    _write(table.rows[0].cells[0], [P("{%tr for pair in signers|batch(2, '') %}", t.RULE)])
    for index, cell in enumerate(table.rows[1].cells):
        who = f"pair[{index}]"
        lines: list[Block] = [
            P(f"{{{{ {who}.role }}}}", t.AUTHORITY),
            P(f"{{{{ {who}.note }}}}", t.SIGN_NOTE),
            *[P("", t.SIGN_SPACE)] * 4,
            P(f"{{{{ {who}.name }}}}", t.SIGNER),
        ]
        _write(cell, [If(who, lines), P("", t.CELL)])
    _write(table.rows[2].cells[0], [P("{%tr endfor %}", t.RULE)])
    _drop_first_paragraphs(table)


# --- Tables -------------------------------------------------------------------------------------


def _table(place: Docx | _Cell, block: Table) -> None:
    """A ruled table: head, the loop's opening row, the row itself, the loop's closing row."""
    table = _new_table(place, [column.width for column in block.columns], rows=4)
    table.style = "Table Grid"
    head, opening, row, closing = table.rows
    for column, cell in zip(block.columns, head.cells, strict=True):
        _write(cell, [P(column.head, t.CELL_HEAD)])
    _mark_row(head, "w:tblHeader")
    _write(opening.cells[0], [P(f"{{%tr for {block.each} %}}", t.CELL)])
    _fill_row(block.columns, row.cells)
    _write(closing.cells[0], [P("{%tr endfor %}", t.CELL)])
    _drop_first_paragraphs(table)
    _paragraph(place, "", t.RULE).paragraph_format.space_after = Pt(6)


def _fill_row(columns: list[Column], cells: Iterable[_Cell]) -> None:
    for column, cell in zip(columns, cells, strict=True):
        _write(cell, [P(column.text, column.style)])


def _bare_table(place: Docx | _Cell, widths: list[float], rows: int) -> DocxTable:
    """A table without lines and inner margins, whose rows do not break over pages."""
    table = _new_table(place, widths, rows)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    return table


def _new_table(place: Docx | _Cell, widths: list[float], rows: int) -> DocxTable:
    table = (
        place.add_table(rows, len(widths))
        if isinstance(place, _Cell)
        else place.add_table(rows=rows, cols=len(widths))
    )
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _mark_row(row: Any, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _drop_first_paragraphs(table: DocxTable) -> None:
    """Remove the empty paragraph each new cell begins with, when another one follows it."""
    for row in table.rows:
        for cell in row.cells:
            first = cell.paragraphs[0]
            if len(cell.paragraphs) > 1 and not first.text:
                first._p.getparent().remove(first._p)
            else:
                first.style = t.RULE.name
