"""Headings of Biểu 01/TCD as the page shows them: three blocks of the same questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

REGULAR = [None, 4, 5, 6, 7, 8, 9, 10, 11]
HEAD = [12, 13, 14, 15, 16, 17, 18, 19, 20]
DELEGATED = [21, 22, 23, 24, 25, 26, 27, 28, 29]
TOTAL = [None, 1, 2, None, None, None, None, None, None]
QUESTIONS = [
    gettext_noop("Số kỳ tiếp"),
    gettext_noop("Số lượt tiếp"),
    gettext_noop("Số người được tiếp"),
    gettext_noop("Vụ việc tiếp lần đầu"),
    gettext_noop("Vụ việc tiếp nhiều lần"),
    gettext_noop("Đoàn đông người: số đoàn"),
    gettext_noop("Đoàn đông người: số người"),
    gettext_noop("Đoàn đông người: vụ việc lần đầu"),
    gettext_noop("Đoàn đông người: vụ việc nhiều lần"),
]
ONLINE_WORDS = {
    "registered": gettext_noop("Số đơn đăng ký gặp"),
    "consented": gettext_noop("Công dân đồng ý tiếp trực tuyến"),
    "received": gettext_noop("Đã tiếp trực tuyến"),
    "refused": gettext_noop("Từ chối tiếp"),
    "absent": gettext_noop("Vắng mặt"),
    "carried_over": gettext_noop("Chuyển kỳ sau"),
    "faults": gettext_noop("Sự cố đường truyền, ghi hình"),
}


@dataclass(frozen=True)
class GridRow:
    """One question; each cell is the column's number and its figure, or nothing."""

    question: str
    cells: list[tuple[int, int] | None]


def grid_rows(grid: Mapping[int, int]) -> list[GridRow]:
    """The 29 columns turned into rows, so that they fit on a screen; matters in all come last."""
    rows = [
        GridRow(
            _(question),
            [
                (column, grid[column]) if column else None
                for column in (REGULAR[i], HEAD[i], DELEGATED[i], TOTAL[i])
            ],
        )
        for i, question in enumerate(QUESTIONS)
    ]
    return [*rows, GridRow(_("Tổng số vụ việc tiếp"), [None, None, None, (3, grid[3])])]
