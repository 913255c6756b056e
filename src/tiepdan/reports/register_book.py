"""A register as XLSX: A4 across, heads on every page, dates as dates, no text that reckons."""

from datetime import date
from io import BytesIO

import xlsxwriter

from tiepdan.reports.registers import Register

FONT = "Times New Roman"
A4 = 9
HEAD_ROW = 3
LEAST_WIDTH, MOST_WIDTH = 6, 34


def register_book(register: Register, title: str, lines: list[str]) -> bytes:
    """The workbook; `lines` stand under the title: agency and period, the form it follows."""
    content = BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "default_date_format": "dd/mm/yyyy",
    }  # fmt: skip
    with xlsxwriter.Workbook(content, options) as book:
        plain = book.add_format({"font_name": FONT, "font_size": 10, "text_wrap": True,
                                 "valign": "top", "border": 1})  # fmt: skip
        day = book.add_format({"font_name": FONT, "font_size": 10, "valign": "top", "border": 1,
                               "num_format": "dd/mm/yyyy"})  # fmt: skip
        head = book.add_format({"font_name": FONT, "font_size": 10, "bold": True, "border": 1,
                                "text_wrap": True, "align": "center"})  # fmt: skip
        big = book.add_format({"font_name": FONT, "font_size": 14, "bold": True})
        sheet = book.add_worksheet("So")
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_footer("&C&P/&N")
        for column, width in enumerate(_widths(register)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, big)
        for row, line in enumerate(lines[:2], 1):
            sheet.write_string(row, 0, line)
        for column, words in enumerate(register.heads):
            sheet.write_string(HEAD_ROW, column, words, head)
        for row, cells in enumerate(register.rows, HEAD_ROW + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(row, column, cell, plain)
                else:
                    sheet.write_string(row, column, cell, plain)
    return content.getvalue()


def _widths(register: Register) -> list[int]:
    """Each column as wide as its longest word needs, within reason."""
    widths = []
    for column, head in enumerate(register.heads):
        longest = max((len(str(row[column])) for row in register.rows[:200]), default=0)
        widths.append(max(LEAST_WIDTH, min(MOST_WIDTH, max(longest, len(head) // 2))))
    return widths
