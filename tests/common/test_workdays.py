"""Counting working days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tiepdan.common.workdays import Calendar

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    lambda off, made_up: Calendar(frozenset(off), frozenset(made_up) - frozenset(off)),
    st.lists(DAYS, max_size=30),
    st.lists(DAYS, max_size=5),
)
COUNTS = st.integers(-40, 40)

AUGUST = Calendar(
    days_off=frozenset({date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)}),
    made_up=frozenset({date(2026, 8, 22)}),
)


def test_weekdays_work():
    """A plain week should have five working days."""
    monday = date(2026, 6, 1)
    week = [Calendar().is_working(monday + timedelta(days=n)) for n in range(7)]
    assert week == [True] * 5 + [False] * 2


def test_made_up_saturday_works():
    """A Saturday the Government made a working day should count, the Monday it frees should not."""
    assert AUGUST.is_working(date(2026, 8, 22))
    assert not AUGUST.is_working(date(2026, 8, 31))


def test_made_up_saturday_does_not_move():
    """A day that falls on a made-up Saturday should stay where it is."""
    assert AUGUST.next_working(date(2026, 8, 22)) == date(2026, 8, 22)


def test_day_off_moves_to_next_working_day():
    """A day off should move past the weekend and the holidays (BLDS 2015, Điều 148)."""
    assert AUGUST.next_working(date(2026, 8, 29)) == date(2026, 9, 3)


def test_first_day_is_not_counted():
    """Ten working days should end on the tenth after the first (BLDS 2015, Điều 147)."""
    assert Calendar().add(date(2026, 12, 1), 10) == date(2026, 12, 15)


def test_limit_counts_made_up_saturday():
    """Five working days from 19 August should use the Saturday of the 22nd."""
    assert AUGUST.add(date(2026, 8, 19), 5) == date(2026, 8, 25)


def test_days_before():
    """A negative count should go back: five working days before the reception."""
    assert Calendar().add(date(2026, 12, 15), -5) == date(2026, 12, 8)


@given(CALENDARS, DAYS)
def test_next_working_is_first(calendar, day):
    """No working day should lie between a day and its next working day."""
    found = calendar.next_working(day)
    assert calendar.is_working(found)
    assert not any(calendar.is_working(day + timedelta(days=n)) for n in range((found - day).days))


@given(CALENDARS, DAYS, COUNTS)
def test_add_lands_on_a_working_day(calendar, day, count):
    """Adding any number but zero should end on a working day."""
    assert count == 0 or calendar.is_working(calendar.add(day, count))


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_between_undoes_add(calendar, day, count):
    """Between a day and the day `count` working days later should lie `count` working days."""
    assert calendar.between(day, calendar.add(day, count)) == count


@given(CALENDARS, DAYS, DAYS)
def test_between_is_antisymmetric(calendar, one, other):
    """Swapping the days should swap the sign only."""
    assert calendar.between(one, other) == -calendar.between(other, one)


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_between_adds_up(calendar, one, two, three):
    """Working days of two stretches in a row should be those of the whole."""
    one, two, three = sorted([one, two, three])
    assert calendar.between(one, two) + calendar.between(two, three) == calendar.between(one, three)
