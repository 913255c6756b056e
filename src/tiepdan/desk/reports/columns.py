"""Headings of Biểu 01/TCD as the page shows them: three blocks of the same questions."""

from collections.abc import Mapping
from dataclasses import dataclass

REGULAR = [None, 4, 5, 6, 7, 8, 9, 10, 11]
HEAD = [12, 13, 14, 15, 16, 17, 18, 19, 20]
DELEGATED = [21, 22, 23, 24, 25, 26, 27, 28, 29]
TOTAL = [None, 1, 2, None, None, None, None, None, None]
QUESTIONS = [
    "Số kỳ tiếp",
    "Số lượt tiếp",
    "Số người được tiếp",
    "Vụ việc tiếp lần đầu",
    "Vụ việc tiếp nhiều lần",
    "Đoàn đông người: số đoàn",
    "Đoàn đông người: số người",
    "Đoàn đông người: vụ việc lần đầu",
    "Đoàn đông người: vụ việc nhiều lần",
]
ONLINE_WORDS = {
    "registered": "Số đơn đăng ký gặp",
    "consented": "Công dân đồng ý tiếp trực tuyến",
    "received": "Đã tiếp trực tuyến",
    "refused": "Từ chối tiếp",
    "absent": "Vắng mặt",
    "carried_over": "Chuyển kỳ sau",
    "faults": "Sự cố đường truyền, ghi hình",
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
            question,
            [
                (column, grid[column]) if column else None
                for column in (REGULAR[i], HEAD[i], DELEGATED[i], TOTAL[i])
            ],
        )
        for i, question in enumerate(QUESTIONS)
    ]
    return [*rows, GridRow("Tổng số vụ việc tiếp", [None, None, None, (3, grid[3])])]
