"""Proposing holidays."""

from datetime import date

import pytest

from tiepdan.audit.queries import entries_of
from tiepdan.org.actions import propose_holidays, set_day_off
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


REAL_DAYS = {
    # 2024: Tết from Thursday to Wednesday; Saturday 4 May worked for Monday 29 April
    (2024, 2, 7): True, (2024, 2, 8): False, (2024, 2, 14): False, (2024, 2, 15): True,
    (2024, 4, 18): False, (2024, 4, 29): False, (2024, 5, 1): False, (2024, 5, 4): True,
    (2024, 9, 2): False, (2024, 9, 3): False, (2024, 9, 4): True,
    # 2025: Saturday 26 April worked for Friday 2 May
    (2025, 1, 1): False, (2025, 1, 27): False, (2025, 1, 31): False, (2025, 2, 3): True,
    (2025, 4, 7): False, (2025, 4, 26): True, (2025, 5, 2): False, (2025, 9, 1): False,
    # 2026: two swaps, and Monday 27 April for a feast on a Sunday
    (2026, 1, 2): False, (2026, 1, 10): True, (2026, 2, 16): False, (2026, 2, 20): False,
    (2026, 2, 23): True, (2026, 4, 26): False, (2026, 4, 27): False, (2026, 8, 22): True,
    (2026, 8, 29): False, (2026, 8, 31): False, (2026, 9, 1): False, (2026, 9, 3): True,
    (2026, 11, 24): False, (2026, 11, 25): True,
}  # fmt: skip


def test_real_days(cast):
    """The days of three years should be worked or off as they were."""
    for year in (2024, 2025, 2026):
        propose_holidays(year, cast.officer)
    table = calendar()
    wrong = {day for day, works in REAL_DAYS.items() if table.is_working(date(*day)) != works}
    assert wrong == set()


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2024, 4, 26), 3, date(2024, 5, 4)),  # Thursday 2 and Friday 3 May, then the Saturday
        (date(2025, 4, 25), 5, date(2025, 5, 6)),  # the worked Saturday 26 April counts
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
        (date(2026, 8, 21), 10, date(2026, 9, 8)),  # a worked Saturday, then three days off
        (date(2026, 11, 23), 2, date(2026, 11, 26)),
    ],
)
def test_limits_over_real_days(cast, start, days, last):
    """Limits in working days should end where the real calendar ends them."""
    for year in (2024, 2025, 2026):
        propose_holidays(year, cast.officer)
    assert calendar().add(start, days) == last


def test_reported_holiday_is_marked(cast):
    """24 November should be proposed, marked as not certain, until somebody names the decision."""
    propose_holidays(2026, cast.officer)
    assert [day.day for day in DayOff.objects.filter(uncertain=True)] == [date(2026, 11, 24)]
    set_day_off(
        day=date(2026, 11, 24), works=False, name="Ngày Văn hóa", source="Nghị định số 1",
        by=cast.officer,
    )  # fmt: skip
    assert not DayOff.objects.filter(uncertain=True).exists()
