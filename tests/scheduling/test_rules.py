"""The reception's day and hours."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tiepdan.common.workdays import Calendar
from tiepdan.scheduling.rules import (
    capacity,
    planned_start,
    published_late_by,
    reception_day,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
SOME_DAYS = st.frozensets(DAYS, max_size=40)
START = datetime(2026, 12, 15, 7, tzinfo=UTC)


@given(DAYS, st.integers(1, 31), SOME_DAYS, SOME_DAYS)
def test_day_is_the_first_working_one_from_the_fixed_day(month, fixed, off, made_up):
    """No working day should lie between the fixed day and the reception day."""
    calendar = Calendar(days_off=off, made_up=made_up)
    day = reception_day(month.year, month.month, fixed, calendar)
    assert calendar.is_working(day)
    nominal = date(month.year, month.month, 1) + timedelta(days=fixed - 1)
    first = nominal if nominal.month == month.month else nominal.replace(day=1) - timedelta(days=1)
    between = (first + timedelta(days=n) for n in range((day - first).days))
    assert not any(calendar.is_working(earlier) for earlier in between)


def test_working_day_stays():
    """15 December 2026 is a Tuesday and should stay."""
    assert reception_day(2026, 12, 15, Calendar()) == date(2026, 12, 15)


def test_weekend_moves_on():
    """15 November 2026 is a Sunday: Monday should hold it."""
    assert reception_day(2026, 11, 15, Calendar()) == date(2026, 11, 16)


def test_made_up_saturday_does_not_move():
    """A Saturday that offices work should hold the reception (15 August 2026)."""
    saturday = date(2026, 8, 15)
    assert reception_day(2026, 8, 15, Calendar(made_up=frozenset({saturday}))) == saturday


def test_holiday_moves_past_the_weekend():
    """A Friday off should lead to Monday (15 January 2027)."""
    off = Calendar(days_off=frozenset({date(2027, 1, 15)}))
    assert reception_day(2027, 1, 15, off) == date(2027, 1, 18)


def test_short_month_takes_its_last_day():
    """Day 31 should be the 30th in September (a Wednesday in 2026)."""
    assert reception_day(2026, 9, 31, Calendar()) == date(2026, 9, 30)


@given(st.integers(1, 400), st.integers(1, 120))
def test_capacity_fits(length, minutes):
    """All counted turns should end in time, one more should not."""
    end = START + timedelta(minutes=length)
    turns = capacity(START, end, minutes)
    assert planned_start(START, turns + 1, minutes) <= end
    assert planned_start(START, turns + 2, minutes) > end


def test_late_publication():
    """From Thursday 10 to Tuesday 15 December are three working days: two are missing."""
    days = [date(2026, 12, day) for day in (8, 10, 15)]
    late = [published_late_by(day, date(2026, 12, 15), 5, Calendar()) for day in days]
    assert late == [0, 2, 5]
