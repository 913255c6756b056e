"""Periods and columns."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.reports.rules import (
    COLUMNS,
    DELEGATED,
    Turn,
    faults_of,
    month_period,
    report_periods,
    tally,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
TURNS = st.lists(
    st.builds(
        lambda day, regular, matter, persons: Turn(
            held_on=date(2026, 11, 1) + timedelta(days=day),
            regular=regular,
            matter=matter,
            persons=persons,
            large=persons >= 5,
        ),
        st.integers(0, 90),
        st.booleans(),
        st.sampled_from("abcdef"),
        st.integers(1, 12),
    ),
    max_size=30,
).map(lambda turns: sorted(turns, key=lambda turn: turn.held_on))


@given(DAYS)
def test_every_day_lies_in_one_quarter(day):
    """A record should fall in exactly one statutory quarter."""
    quarters = [p for year in (day.year, day.year + 1) for p in report_periods(year)[:4]]
    assert sum(p.starts_on <= day <= p.ends_on for p in quarters) == 1


@given(st.integers(2020, 2035))
def test_periods_fit_together(year):
    """Quarters should follow each other without gap, and make up the longer periods."""
    q1, q2, q3, q4, half, nine, whole = report_periods(year)
    for before, after in [(q1, q2), (q2, q3), (q3, q4)]:
        assert after.starts_on - before.ends_on == timedelta(days=1)
    assert {half.starts_on, nine.starts_on, whole.starts_on} == {q1.starts_on}
    assert (half.ends_on, nine.ends_on, whole.ends_on) == (q2.ends_on, q3.ends_on, q4.ends_on)
    assert report_periods(year + 1)[0].starts_on - whole.ends_on == timedelta(days=1)


def test_first_quarter():
    """Quý I should run from 15 December to 14 March (TT 01/2024/TT-TTCP)."""
    first = report_periods(2026)[0]
    assert (first.starts_on, first.ends_on) == (date(2025, 12, 15), date(2026, 3, 14))


@given(DAYS)
def test_month_holds_its_days(day):
    """A day should lie in its calendar month, whose ends are the first and the last."""
    month = month_period(day.year, day.month)
    assert month.starts_on <= day <= month.ends_on
    assert month.starts_on.day == 1
    assert (month.ends_on + timedelta(days=1)).day == 1


@given(TURNS, st.integers(1, 3))
def test_grid_never_contradicts_itself(turns, sessions):
    """Whatever was held, formulas and inequalities should hold."""
    grid = tally(turns, sessions, *DECEMBER)
    assert list(grid) == list(COLUMNS)
    assert faults_of(grid, 5) == []
    assert not any(grid[column] for column in range(21, 30))


@given(TURNS)
def test_persons_are_counted_in_each_turn(turns):
    """Column 2 should count everybody in every turn of the period."""
    inside = [t for t in turns if DECEMBER[0] <= t.held_on <= DECEMBER[1]]
    assert tally(turns, 1, *DECEMBER)[2] == sum(t.persons for t in inside)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({1: 9}, "Cột 1 phải bằng 4 + 13 + 22"),
        ({17: 3}, "cột 17 lớn hơn cột 13"),
        ({14: 1, 2: 1}, "cột 13 lớn hơn cột 14"),
        ({18: 4}, "dưới 5 người"),
        ({12: 0}, "có lượt tiếp nhưng không có kỳ tiếp"),
        ({22: 1, 23: 1, 24: 1, 1: 3, 2: 8, 3: 3}, "Cột 21"),
    ],
)
def test_faults_are_named(change, fault):
    """A grid that cannot be right should be told with its columns."""
    right = dict.fromkeys(COLUMNS, 0) | {
        1: 2, 2: 7, 3: 2, 12: 1, 13: 2, 14: 7, 15: 2, 17: 1, 18: 5, 19: 1,
    }  # fmt: skip
    assert faults_of(right, 5) == []
    assert any(fault in found for found in faults_of(right | change, 5))


def test_lang_son_2024_is_impossible():
    """137 single turns of 136 persons, as once reported, should be found out."""
    printed = dict.fromkeys(COLUMNS, 0) | {
        1: 144, 2: 171, 3: 144, 12: 10, 13: 144, 14: 171, 15: 144, 17: 7, 18: 35, 19: 7,
    }  # fmt: skip
    assert faults_of(printed, 5) == [
        "Thủ trưởng tiếp: số người ngoài đoàn ít hơn số lượt ngoài đoàn"
    ]


def test_delegated_block_is_the_last():
    """Columns 22 to 29 should be the delegated ones."""
    assert (DELEGATED.visits, DELEGATED.group_repeat) == (22, 29)


def test_board_may_make_it_a_repeat():
    """Whether the board's earlier reception makes the head's a repeat should be a setting."""
    told = [
        Turn(date(2026, 12, 1), regular=True, matter="m", persons=1, large=False),
        Turn(date(2026, 12, 15), regular=False, matter="m", persons=1, large=False),
    ]
    period = date(2026, 12, 1), date(2026, 12, 31)
    grid = tally(told, 1, *period)
    assert (grid[15], grid[16]) == (1, 0)
    grid = tally(told, 1, *period, board_counts=True)
    assert (grid[15], grid[16]) == (0, 1)
