"""Proposing holidays."""

from datetime import date

from tiepdan.audit.queries import entries_of
from tiepdan.org.actions import propose_holidays
from tiepdan.org.models import DayOff
from tiepdan.org.queries import calendar


def test_swapped_days_of_2026(cast):
    """Both swaps of 2026 should stand in the table: the library's and the letter's."""
    propose_holidays(2026, cast.officer)
    year = calendar()
    assert [year.is_working(date(2026, *day)) for day in [(1, 2), (1, 10), (8, 22), (8, 31)]] == [
        False,
        True,
        True,
        False,
    ]


def test_tet_is_off(cast):
    """The days of Tết should be off, by Vietnam's lunar calendar."""
    propose_holidays(2027, cast.officer)
    assert DayOff.objects.get(day=date(2027, 2, 6)).name == "Tết Nguyên Đán"


def test_twice_is_once(cast):
    """A second proposal should add nothing."""
    first = propose_holidays(2026, cast.officer)
    assert first
    assert propose_holidays(2026, cast.officer) == []
    assert DayOff.objects.count() == len(first)


def test_edited_days_win(cast):
    """What somebody has entered should be left as it is."""
    DayOff.objects.create(day=date(2026, 11, 24), works=True, name="Làm việc", source="công văn")
    propose_holidays(2026, cast.officer)
    assert DayOff.objects.get(day=date(2026, 11, 24)).source == "công văn"


def test_every_day_names_its_source(cast):
    """Each proposed day should say where it comes from and stand in its year."""
    days = propose_holidays(2026, cast.officer)
    assert all(day.source and day.day.year == 2026 for day in days)


def test_it_is_logged(cast):
    """The proposal should stand in the log with its days."""
    days = propose_holidays(2026, cast.officer)
    entry = entries_of(days[0]).get()
    assert (entry.verb, entry.by) == ("propose_holidays", cast.officer)
    assert len(entry.detail["days"]) == len(days)
