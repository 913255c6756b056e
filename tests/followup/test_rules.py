"""Time limits in working days."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tiepdan.common.workdays import Calendar
from tiepdan.followup.rules import days_left, due_on, last_missed

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
CALENDARS = st.builds(Calendar, st.frozensets(DAYS, max_size=30), st.frozensets(DAYS, max_size=5))
NEW_YEAR = Calendar(days_off=frozenset({date(2027, 1, 1)}))


def test_ten_working_days():
    """From Tuesday 15 December ten working days end on Tuesday 29; a day off adds one."""
    assert due_on(date(2026, 12, 15), 10, Calendar()) == date(2026, 12, 29)
    assert due_on(date(2026, 12, 22), 10, NEW_YEAR) == date(2027, 1, 6)


def test_days_left_counts_down():
    """The last day should be 0, the working day after it -1."""
    friday, monday = date(2027, 1, 15), date(2027, 1, 18)
    assert days_left(friday, date(2027, 1, 13), Calendar()) == 2
    assert days_left(friday, friday, Calendar()) == 0
    assert days_left(friday, monday, Calendar()) == -1


def test_deadline_on_a_day_off_moves():
    """A Saturday deadline should be kept on Monday (Bộ luật Dân sự 2015, Điều 148)."""
    assert days_left(date(2027, 1, 16), date(2027, 1, 18), Calendar()) == 0


@given(DAYS, DAYS, CALENDARS)
def test_missed_exactly_when_no_day_is_left(deadline, today, calendar):
    """`last_missed` and `days_left` should draw the same line on working days."""
    today = calendar.next_working(today)
    missed = deadline <= last_missed(today, calendar)
    assert missed == (days_left(deadline, today, calendar) < 0)
