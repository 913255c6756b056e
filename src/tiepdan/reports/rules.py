"""Periods and columns of the statutory report; pure.

Biểu 01/TCD «Tổng hợp kết quả tiếp công dân thường xuyên, định kỳ và đột xuất» (TT 01/2024/TT-TTCP;
the same grid as TT 02/2021).
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

COLUMNS = range(1, 30)
SESSIONS = 12
"""Column of the head's sessions (số kỳ): periodic and unscheduled ones."""

TOTALS: Mapping[int, tuple[int, ...]] = {
    1: (4, 13, 22),
    2: (5, 14, 23),
    3: (6, 7, 15, 16, 24, 25),
}
"""Formulas of the form: 1=4+13+22; 2=5+14+23; 3=6+7+15+16+24+25."""


@dataclass(frozen=True)
class Period:
    """A reporting period (kỳ báo cáo); both days are inclusive."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Block:
    """The columns of one kind of reception; group columns count only large groups (đoàn)."""

    name: str
    visits: int
    persons: int
    first: int
    repeat: int
    groups: int
    group_persons: int
    group_first: int
    group_repeat: int


REGULAR = Block("tiếp thường xuyên", 4, 5, 6, 7, 8, 9, 10, 11)
HEAD = Block("Thủ trưởng tiếp", 13, 14, 15, 16, 17, 18, 19, 20)
DELEGATED = Block("ủy quyền tiếp", 22, 23, 24, 25, 26, 27, 28, 29)
BLOCKS = (REGULAR, HEAD, DELEGATED)


@dataclass(frozen=True)
class Turn:
    """A heard citizen's turn (lượt): `matter` names the affair, `large` is by the rule of its day.

    `persons` counts everybody present, not the representatives.
    """

    held_on: date
    regular: bool
    matter: str
    persons: int
    large: bool


def month_period(year: int, month: int) -> Period:
    """The calendar month (local monthly report: QĐ 2193/QĐ-UBND, mục V.2)."""
    last = monthrange(year, month)[1]
    return Period(f"Tháng {month}/{year}", date(year, month, 1), date(year, month, last))


def report_periods(year: int) -> list[Period]:
    """The statutory periods of a report year, cut between the 14th and the 15th.

    Year from 15 December of the year before to 14 December (TT 01/2024/TT-TTCP).
    """
    cuts = [date(year - 1, 12, 15), *(date(year, month, 15) for month in (3, 6, 9, 12))]
    last = [cut - timedelta(days=1) for cut in cuts]
    quarters = [
        Period(f"Quý {name}/{year}", cuts[i], last[i + 1])
        for i, name in enumerate(["I", "II", "III", "IV"])
    ]
    return [
        *quarters,
        Period(f"6 tháng năm {year}", cuts[0], last[2]),
        Period(f"9 tháng năm {year}", cuts[0], last[3]),
        Period(f"Năm {year}", cuts[0], last[4]),
    ]


def tally(
    turns: Iterable[Turn],
    sessions: int,
    starts_on: date,
    ends_on: date,
    *,
    board_counts: bool = False,
) -> dict[int, int]:
    """Columns 1 to 29 for the period; `turns` are all of the body up to its end, in time order.

    A matter is first when the body never heard it before in that kind of reception: the board's
    earlier regular reception makes the head's first one a repeat only when `board_counts`, which
    no source decides (TT 01/2024/TT-TTCP, biểu 01/TCD). Heard twice in the period, it counts once
    as first and once as repeat. Delegated columns stay 0: Luật 136/2025/QH15 bars delegation.
    """
    figures: Counter[int] = Counter({SESSIONS: sessions})
    known: set[tuple[str, str]] = set()
    counted: set[tuple[int, str]] = set()
    for turn in turns:
        block = REGULAR if turn.regular else HEAD
        earlier = {name for name, matter in known if matter == turn.matter}
        repeat = block.name in earlier or (board_counts and bool(earlier))
        known.add((block.name, turn.matter))
        if starts_on <= turn.held_on <= ends_on:
            figures.update(_amounts(block, turn))
            for column in _matter_columns(block, turn, repeat=repeat):
                if (column, turn.matter) not in counted:
                    counted.add((column, turn.matter))
                    figures[column] += 1
    for column, parts in TOTALS.items():
        figures[column] = sum(figures[part] for part in parts)
    return {column: figures[column] for column in COLUMNS}


def faults_of(
    grid: Mapping[int, int], group_from: int, gettext: Callable[[str], str] = str
) -> list[str]:
    """What cannot be right in the grid, in words; empty when formulas and inequalities hold.

    `gettext` says it in the language of a page; without it, it is Vietnamese as on the form.
    """
    found = [
        gettext("Cột {column} phải bằng {sum}").format(
            column=column, sum=" + ".join(map(str, parts))
        )
        for column, parts in TOTALS.items()
        if grid[column] != sum(grid[part] for part in parts)
    ]
    for block in BLOCKS:
        found += [
            f"{gettext(_BLOCK_FAULT[block.name])}: {fault}"
            for fault in _block(grid, block, group_from, gettext)
        ]
    for sessions, block in ((SESSIONS, HEAD), (21, DELEGATED)):
        if grid[block.visits] and not grid[sessions]:
            found.append(
                gettext("Cột {sessions}: có lượt tiếp nhưng không có kỳ tiếp").format(
                    sessions=sessions
                )
            )
    return found


_BLOCK_FAULT = {block.name: block.name[0].upper() + block.name[1:] for block in BLOCKS}


def _amounts(block: Block, turn: Turn) -> dict[int, int]:
    amounts = {block.visits: 1, block.persons: turn.persons}
    if turn.large:
        amounts |= {block.groups: 1, block.group_persons: turn.persons}
    return amounts


def _matter_columns(block: Block, turn: Turn, *, repeat: bool) -> list[int]:
    columns = [block.repeat if repeat else block.first]
    if turn.large:
        columns.append(block.group_repeat if repeat else block.group_first)
    return columns


def _block(
    grid: Mapping[int, int], block: Block, group_from: int, gettext: Callable[[str], str]
) -> list[str]:
    """Inequalities that hold in every block; a group counts all its members."""
    pairs = [
        (block.groups, block.visits),
        (block.group_persons, block.persons),
        (block.group_first, block.first),
        (block.group_repeat, block.repeat),
        (block.visits, block.persons),
    ]
    found = [
        gettext("cột {small} lớn hơn cột {big}").format(small=small, big=big)
        for small, big in pairs
        if grid[small] > grid[big]
    ]
    single = grid[block.visits] - grid[block.groups]
    if grid[block.persons] - grid[block.group_persons] < single:
        found.append(gettext("số người ngoài đoàn ít hơn số lượt ngoài đoàn"))
    if grid[block.group_persons] < group_from * grid[block.groups]:
        few = gettext("có đoàn dưới {group_from} người được ghi là đoàn đông người")
        found.append(few.format(group_from=group_from))
    return found
