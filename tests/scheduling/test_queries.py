"""Calendar, agenda and queue as read."""

from datetime import date, timedelta

from tests import cast as c
from tests.scheduling.plans import LATER, planned, published
from tiepdan.scheduling import actions, queries


def placed(cast):
    c.approved_filing(cast, 0, at=c.MORNING)
    c.approved_filing(cast, 1, at=c.MORNING + timedelta(minutes=1), headcount=3)
    reception = published(cast)
    actions.place_appointments(reception=reception, by=cast.officer, at=LATER)
    return reception


def test_calendar_hides_what_is_not_published(cast):
    """A planned reception should not be public before it is published."""
    planned(cast)
    assert queries.public_calendar(date(2026, 12, 2)) == []


def test_calendar_names_no_citizen(cast):
    """The public calendar should hold day, chair and sites and no citizen's name."""
    placed(cast)
    (row,) = queries.public_calendar(date(2026, 12, 2))
    assert row.sites == ["Trụ sở Tiếp công dân tỉnh", "UBND xã Hữu Lũng", "UBND xã Bắc Sơn"]
    assert row.chair == "Lý Thị Chi"
    assert not any(name in repr(row) for name in c.NAMES)


def test_calendar_forgets(cast):
    """A reception should leave the calendar after three months."""
    placed(cast)
    assert len(queries.public_calendar(date(2027, 3, 10))) == 1
    assert queries.public_calendar(date(2027, 4, 1)) == []


def test_cancelled_stays_visible(cast):
    """A published reception that is called off should say so."""
    actions.cancel_reception(reception=placed(cast), reason="Bão", by=cast.head, at=LATER)
    assert queries.public_calendar(date(2026, 12, 3))[0].cancelled
    assert not queries.upcoming(date(2026, 12, 3))


def test_agenda(cast, django_assert_max_num_queries):
    """The agenda should show every place with site, form and planned time, in few queries."""
    reception = placed(cast)
    with django_assert_max_num_queries(2):
        first, second = queries.agenda(reception)
    assert (first.order, first.petitioner, first.site) == (1, c.NAMES[0], "UBND xã Hữu Lũng")
    assert first.online
    assert not first.at_hub
    assert second.planned_at == c.AFTERNOON + timedelta(minutes=30)
    assert second.headcount == 3


def test_waiting_and_live_place(cast):
    """A filing should wait until it has a place, and again once it is carried over."""
    reception = placed(cast)
    assert not queries.waiting_for_place()
    appointment = reception.appointments.first()
    assert queries.appointment_of(appointment.filing) == appointment
    actions.carry_over(appointment=appointment, reason="Hết giờ", by=cast.chair, at=LATER)
    assert queries.appointment_of(appointment.filing) is None
    assert [f.pk for f in queries.waiting_for_place()] == [appointment.filing_id]


def test_next_reception_day(cast):
    """Up to the day it should be this month's, after it the next month's."""
    days = [date(2026, 12, 15), date(2026, 12, 16), date(2026, 11, 17)]
    assert list(map(queries.next_reception_day, days)) == [
        date(2026, 12, 15),
        date(2027, 1, 15),
        date(2026, 12, 15),
    ]


def test_a_month_without_the_chairman_is_named(cast):
    """A month without the chairman's day should be named until one is planned and not cancelled."""
    today = date(2026, 12, 2)
    december, january = date(2026, 12, 1), date(2027, 1, 1)
    assert queries.months_without_reception(today) == [december, january]
    reception = planned(cast)
    assert queries.months_without_reception(today) == [january]
    actions.cancel_reception(reception=reception, reason="Bão", by=cast.head, at=LATER)
    assert queries.months_without_reception(today) == [december, january]
