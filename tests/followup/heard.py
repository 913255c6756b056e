"""A heard citizen with a conclusion, put together as rows: the live sitting is tested elsewhere."""

from datetime import date, timedelta

from tests import cast as c
from tests.scheduling.plans import LATER, published
from tiepdan.scheduling.actions import place_appointments
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings.models import Conclusion, ConclusionItem, MinutesEntry, Sitting, Visit
from tiepdan.sittings.states import EntryKind, SittingState, VisitState

DEADLINE = date(2027, 1, 15)


def heard_visit(cast: c.People, *, state: VisitState = VisitState.HEARD) -> Visit:
    """The first turn of the December afternoon, without conclusion."""
    c.approved_filing(cast, headcount=2)
    reception = published(cast)
    (appointment,) = place_appointments(reception=reception, by=cast.officer, at=LATER)
    return visit_of(appointment, state)


def visit_of(appointment: Appointment, state: VisitState) -> Visit:
    """A turn of that appointment in a closed sitting."""
    sitting = Sitting.objects.create(
        reception=appointment.reception,
        state=SittingState.CLOSED,
        provider="stub",
        opened_at=c.AFTERNOON,
        closed_at=c.AFTERNOON + timedelta(hours=3),
    )
    return Visit.objects.create(
        sitting=sitting,
        appointment=appointment,
        number=appointment.order,
        state=state,
        called_at=c.AFTERNOON,
        started_at=c.AFTERNOON,
        ended_at=c.AFTERNOON + timedelta(minutes=25),
    )


def concluded_visit(cast: c.People) -> Visit:
    """A turn with an opinion, an answer given at once and two tasks."""
    visit = heard_visit(cast)
    for kind, speaker, text in [
        (EntryKind.OPINION, "đại diện Sở Nông nghiệp và Môi trường", "Sẽ kiểm tra thực địa"),
        (EntryKind.NOTE, "", "Nghỉ 02 phút"),
    ]:
        MinutesEntry.objects.create(
            sitting=visit.sitting, visit=visit, kind=kind, speaker=speaker, text=text,
            at=c.AFTERNOON, by=cast.secretary,
        )  # fmt: skip
    conclusion = Conclusion.objects.create(visit=visit, at=c.AFTERNOON, by=cast.chair)
    for order, (text, agency) in enumerate(
        [
            ("Đo đạc lại diện tích", cast.department),
            ("Rà soát phương án bồi thường", cast.commune_a),
            ("Giải thích ngay tại buổi tiếp", None),
        ],
        1,
    ):
        ConclusionItem.objects.create(
            conclusion=conclusion, order=order, text=text, agency=agency,
            deadline=DEADLINE if agency else None,
        )  # fmt: skip
    return visit
