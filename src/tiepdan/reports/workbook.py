"""The report as XLSX: sheet «01-TCD» in the layout of the form, sheet «Trực tuyến» by site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from tiepdan.reports.queries import ONLINE, SiteFigures
from tiepdan.reports.rules import COLUMNS, TOTALS, Period

TITLE = "TỔNG HỢP KẾT QUẢ TIẾP CÔNG DÂN THƯỜNG XUYÊN, ĐỊNH KỲ VÀ ĐỘT XUẤT"
NO_DELEGATION = "Cột 21-29: Luật số 136/2025/QH15 không cho ủy quyền cấp phó tiếp công dân."
FONT = "Times New Roman"
A4 = 9
FIRST_HEAD_ROW = 5
HEAD_ROWS = 5
NUMBER_ROW = FIRST_HEAD_ROW + HEAD_ROWS
DATA_ROW = NUMBER_ROW + 1
NOTE_COLUMN = 30
ONLINE_HEADS = [
    "STT", "Điểm cầu", "Số đơn đăng ký gặp", "Đồng ý tiếp trực tuyến", "Đã tiếp trực tuyến",
    "Từ chối tiếp", "Vắng mặt", "Chuyển kỳ sau", "Sự cố đường truyền, ghi hình",
]  # fmt: skip
NO_SITE = "Không gắn với một điểm cầu"


class Head(NamedTuple):
    """A cell of the heading: its text, levels from and to, columns from and to (0 = Đơn vị)."""

    text: str
    top: int
    bottom: int
    left: int
    right: int


def _group(top: int, left: int) -> list[Head]:
    """«Số vụ việc» with its two kinds, as everywhere in the form."""
    return [
        Head("Số vụ việc", top, 3, left, left + 1),
        Head("Tiếp lần đầu", 4, 4, left, left),
        Head("Tiếp nhiều lần", 4, 4, left + 1, left + 1),
    ]


def _crowd(left: int) -> list[Head]:
    """«Trong đó đoàn đông người»: four columns."""
    return [
        Head("Trong đó đoàn đông người", 2, 2, left, left + 3),
        Head("Số đoàn được tiếp", 3, 4, left, left),
        Head("Số người được tiếp", 3, 4, left + 1, left + 1),
        *_group(3, left + 2),
    ]


def _head_received(text: str, left: int) -> list[Head]:
    """The nine columns of the head's own or delegated reception."""
    return [
        Head(text, 1, 1, left, left + 8),
        Head("Số kỳ tiếp", 2, 4, left, left),
        Head("Số lượt tiếp", 2, 4, left + 1, left + 1),
        Head("Số người được tiếp", 2, 4, left + 2, left + 2),
        *_group(2, left + 3),
        *_crowd(left + 5),
    ]


HEADS: Sequence[Head] = [
    Head("Đơn vị", 0, 4, 0, 0),
    Head("Tổng số lượt tiếp", 0, 4, 1, 1),
    Head("Tổng số người được tiếp", 0, 4, 2, 2),
    Head("Tổng số vụ việc tiếp", 0, 4, 3, 3),
    Head("Tiếp thường xuyên", 0, 1, 4, 11),
    Head("Số lượt tiếp", 2, 4, 4, 4),
    Head("Số người được tiếp", 2, 4, 5, 5),
    *_group(2, 6),
    *_crowd(8),
    Head("Tiếp định kỳ và đột xuất của Thủ trưởng", 0, 0, 12, 29),
    *_head_received("Thủ trưởng tiếp", 12),
    *_head_received("Ủy quyền tiếp", 21),
    Head("Ghi chú", 0, 4, 30, 30),
]


@dataclass(frozen=True)
class ReportData:
    """Everything the workbook shows."""

    agency: str
    period: Period
    grid: Mapping[int, int]
    sites: Sequence[SiteFigures]
    totals: Mapping[str, int]
    warnings: Sequence[str]


def write_workbook(data: ReportData, made_at: datetime) -> bytes:
    """The report as XLSX; text that begins with «=» stays text."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": TITLE, "created": made_at.replace(tzinfo=None)})
        styles = _styles(book)
        _write_grid(book.add_worksheet("01-TCD"), styles, data)
        _write_online(book.add_worksheet("Trực tuyến"), styles, data)
    return content.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
    ruled = base | {"border": 1, "text_wrap": True}
    centre = {"align": "center"}
    return {
        "plain": book.add_format(base),
        "title": book.add_format(base | centre | {"bold": True, "font_size": 14}),
        "centre": book.add_format(base | centre | {"italic": True}),
        "head": book.add_format(ruled | centre | {"bold": True}),
        "number": book.add_format(ruled | centre | {"italic": True, "font_size": 9}),
        "figure": book.add_format(ruled | centre | {"num_format": "0"}),
        "text": book.add_format(ruled),
        "total": book.add_format(ruled | centre | {"bold": True}),
        "sign": book.add_format(base | centre | {"bold": True}),
    }


def _page(sheet: Any, last_column: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.hide_gridlines(2)
    sheet.set_footer("&C&P/&N")
    sheet.print_area(0, 0, DATA_ROW + 30, last_column)


def _write_grid(sheet: Any, styles: dict[str, Any], data: ReportData) -> None:
    _page(sheet, NOTE_COLUMN)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 3, 8.5)
    sheet.set_column(4, NOTE_COLUMN - 1, 5.7)
    sheet.set_column(NOTE_COLUMN, NOTE_COLUMN, 20)
    for row, height in enumerate([20, 20, 36, 60, 48, 40, 120], FIRST_HEAD_ROW):
        sheet.set_row(row, height)
    sheet.write(0, 0, data.agency, styles["plain"])
    sheet.write(0, NOTE_COLUMN, "Biểu số: 01/TCD", styles["plain"])
    _titles(sheet, styles, data.period, TITLE, NOTE_COLUMN)
    for head in HEADS:
        _head(sheet, styles, head)
    sheet.write(NUMBER_ROW, 0, "MS", styles["number"])
    for column in (*COLUMNS, NOTE_COLUMN):
        sheet.write(NUMBER_ROW, column, _column_number(column), styles["number"])
    sheet.write(DATA_ROW, 0, data.agency, styles["text"])
    for column in COLUMNS:
        sheet.write_number(DATA_ROW, column, data.grid[column], styles["figure"])
    note = f"Trong đó tiếp trực tuyến: {data.totals['received']} lượt. {NO_DELEGATION}"
    sheet.write(DATA_ROW, NOTE_COLUMN, note, styles["text"])
    sheet.freeze_panes(DATA_ROW, 1)
    _write_warnings(sheet, styles, data.warnings)
    _write_signatures(sheet, styles, DATA_ROW + 4 + len(data.warnings), 4, 24)


def _titles(sheet: Any, styles: dict[str, Any], period: Period, title: str, last: int) -> None:
    days = f"từ ngày {period.starts_on:%d/%m/%Y} đến ngày {period.ends_on:%d/%m/%Y}"
    sheet.merge_range(1, 0, 1, last, title, styles["title"])
    sheet.merge_range(2, 0, 2, last, f"{period.name} (số liệu {days})", styles["centre"])


def _head(sheet: Any, styles: dict[str, Any], head: Head) -> None:
    top, bottom = FIRST_HEAD_ROW + head.top, FIRST_HEAD_ROW + head.bottom
    if (top, head.left) == (bottom, head.right):
        sheet.write(top, head.left, head.text, styles["head"])
    else:
        sheet.merge_range(top, head.left, bottom, head.right, head.text, styles["head"])


def _column_number(column: int) -> str:
    """The number, with the form's formula where it has one: «1=4+13+22»."""
    parts = TOTALS.get(column)
    return f"{column}={'+'.join(map(str, parts))}" if parts else str(column)


def _write_warnings(sheet: Any, styles: dict[str, Any], warnings: Sequence[str]) -> None:
    for row, warning in enumerate(warnings, DATA_ROW + 2):
        sheet.write(row, 0, f"Cần kiểm tra: {warning}.", styles["plain"])


def _write_signatures(sheet: Any, styles: dict[str, Any], row: int, left: int, right: int) -> None:
    sheet.write(row, left, "NGƯỜI LẬP BIỂU", styles["sign"])
    sheet.write(row, right, "THỦ TRƯỞNG ĐƠN VỊ", styles["sign"])


def _write_online(sheet: Any, styles: dict[str, Any], data: ReportData) -> None:
    last = len(ONLINE_HEADS) - 1
    _page(sheet, last)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, last, 14)
    sheet.write(0, 0, data.agency, styles["plain"])
    _titles(sheet, styles, data.period, "KẾT QUẢ TIẾP CÔNG DÂN TRỰC TUYẾN", last)
    top = 4
    sheet.set_row(top, 48)
    for column, text in enumerate(ONLINE_HEADS):
        sheet.write(top, column, text, styles["head"])
        sheet.write(top + 1, column, str(column + 1), styles["number"])
    for index, row in enumerate(data.sites, 1):
        sheet.write_number(top + 1 + index, 0, index, styles["figure"])
        sheet.write(top + 1 + index, 1, row.site or NO_SITE, styles["text"])
        _figures(sheet, top + 1 + index, row.figures, styles["figure"])
    end = top + 2 + len(data.sites)
    sheet.merge_range(end, 0, end, 1, "Tổng số", styles["total"])
    _figures(sheet, end, data.totals, styles["total"])
    _write_signatures(sheet, styles, end + 2, 1, last - 1)


def _figures(sheet: Any, row: int, figures: Mapping[str, int], style: Any) -> None:
    for column, name in enumerate(ONLINE, 2):
        sheet.write_number(row, column, figures[name], style)
