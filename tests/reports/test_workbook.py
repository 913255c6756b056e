"""The workbook, opened again."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from tiepdan.reports.queries import ONLINE, SiteFigures
from tiepdan.reports.rules import COLUMNS, month_period
from tiepdan.reports.workbook import (
    DATA_ROW,
    FIRST_HEAD_ROW,
    HEADS,
    NUMBER_ROW,
    ReportData,
    write_workbook,
)

GRID = {column: column * 10 for column in COLUMNS}
FIGURES = dict(zip(ONLINE, range(1, 8), strict=True))
MADE_AT = datetime(2027, 1, 4, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def book():
    """A report of December 2026; the body's name tries to be a formula."""
    data = ReportData(
        agency="=1+1",
        period=month_period(2026, 12),
        grid=GRID,
        sites=[SiteFigures("UBND xã Hữu Lũng", FIGURES), SiteFigures("", FIGURES)],
        totals={name: 2 * figure for name, figure in FIGURES.items()},
        warnings=["Cột 1 phải bằng 4 + 13 + 22"],
    )
    return openpyxl.load_workbook(BytesIO(write_workbook(data, MADE_AT)))


def test_sheets(book):
    """The two sheets should carry their names, on A4 landscape, one page wide."""
    assert book.sheetnames == ["01-TCD", "Trực tuyến"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_figures_stand_under_their_numbers(book):
    """Each column's figure should stand under its number, totals under their formulas."""
    sheet = book["01-TCD"]
    for column in COLUMNS:
        number = sheet.cell(NUMBER_ROW + 1, column + 1).value
        assert number.split("=")[0] == str(column)
        assert sheet.cell(DATA_ROW + 1, column + 1).value == GRID[column]
    assert sheet.cell(NUMBER_ROW + 1, 2).value == "1=4+13+22"
    assert sheet.cell(NUMBER_ROW + 1, 4).value == "3=6+7+15+16+24+25"


def test_heading_is_the_forms(book):
    """Merged headings should name what their columns count."""
    sheet = book["01-TCD"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    row = FIRST_HEAD_ROW + 1
    assert f"E{row}:L{row + 1}" in merged  # tiếp thường xuyên, columns 4 to 11
    assert f"M{row}:AD{row}" in merged  # tiếp định kỳ và đột xuất, columns 12 to 29
    assert sheet[f"M{row + 1}"].value == "Thủ trưởng tiếp"
    assert sheet[f"V{row + 1}"].value == "Ủy quyền tiếp"
    assert sheet.cell(row + 2, 13).value == "Số kỳ tiếp"


def test_heading_covers_every_cell_once():
    """Every cell of the heading should belong to exactly one heading."""
    cells = [
        (level, column)
        for head in HEADS
        for level in range(head.top, head.bottom + 1)
        for column in range(head.left, head.right + 1)
    ]
    assert len(cells) == len(set(cells)) == 5 * 31


def test_text_is_never_a_formula(book):
    """A name beginning with an equals sign should stay text."""
    cell = book["01-TCD"].cell(DATA_ROW + 1, 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_notes(book):
    """The note should tell the online turns and why the delegated columns are empty."""
    sheet = book["01-TCD"]
    note = sheet.cell(DATA_ROW + 1, 31).value
    assert "trực tuyến: 6 lượt" in note
    assert "136/2025/QH15" in note
    assert sheet.cell(DATA_ROW + 3, 1).value == "Cần kiểm tra: Cột 1 phải bằng 4 + 13 + 22."


def test_online_sheet(book):
    """Sites, what belongs to none, and the total should follow each other."""
    rows = list(book["Trực tuyến"].iter_rows(min_row=7, max_row=9, values_only=True))
    assert rows[0] == (1, "UBND xã Hữu Lũng", 1, 2, 3, 4, 5, 6, 7)
    assert rows[1][1] == "Không gắn với một điểm cầu"
    assert rows[2] == ("Tổng số", None, 2, 4, 6, 8, 10, 12, 14)


def test_period_is_told(book):
    """Both sheets should say which days they count."""
    for sheet in book:
        assert sheet.cell(3, 1).value == (
            "Tháng 12/2026 (số liệu từ ngày 01/12/2026 đến ngày 31/12/2026)"
        )
    assert month_period(2026, 12).ends_on == date(2026, 12, 31)
