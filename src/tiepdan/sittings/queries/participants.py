"""Who was added to a sitting, and for which cases a seat is named."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from tiepdan.accounts.models import User
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings.models import (
    CaseAttendance,
    MediaRoom,
    Participant,
    Seat,
    Sitting,
    TurnInvite,
    Visit,
)
from tiepdan.sittings.queries.display import display
from tiepdan.sittings.queries.sign_language import interprets
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import RoomPart

_ENTER = {
    RoomPart.PLENARY: Act.ENTER_PLENARY,
    RoomPart.VISIT: Act.ENTER_TURN,
    RoomPart.PRIVATE: Act.ENTER_DELIBERATION,
}


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case that a seat is named for: its number, whose it is, and about when it comes."""

    number: int
    place: Appointment
    visit: Visit | None
    expected_at: datetime | None


def belongs(seat: Seat, room: MediaRoom) -> bool:
    """Whether the table lets the seat into the room: always, or into its own case.

    Whoever was invited by a link belongs into that turn alone.
    """
    if seat.booking_id is None:
        invite = TurnInvite.objects.filter(participant__seat=seat).first()
        if invite and invite.visit_id != room.visit_id:
            return False
    allowed = cell(seat.role, _ENTER[RoomPart(room.part)])
    if allowed != Cell.OWN:
        return allowed == Cell.YES
    if room.visit is None:
        return False
    appointment = room.visit.appointment
    is_own_site = seat.booking_id is not None and seat.booking_id == appointment.booking_id
    return is_own_site or interprets(seat, room) or is_named(seat, appointment)


def is_named(seat: Seat, appointment: Appointment) -> bool:
    """Whether the seat was named for the case."""
    return seat.cases.filter(appointment=appointment, ended_at__isnull=True).exists()


def participants(sitting: Sitting) -> QuerySet[Participant]:
    """The people added to the sitting, as long as they are."""
    rows = sitting.participants.filter(ended_at__isnull=True)
    return rows.select_related("user", "seat__booking__site__agency__unit", "invite")


def cases(seat: Seat) -> QuerySet[CaseAttendance]:
    """What the seat is named for, in the order of the reception."""
    rows = seat.cases.filter(ended_at__isnull=True)
    return rows.select_related("appointment__filing__petitioner", "appointment__visit")


def own_cases(seat: Seat) -> list[OwnCase]:
    """Which case is theirs and when (vụ việc của cơ quan)."""
    expected = {one.number: one.at for one in display(seat.sitting).waiting}
    return [
        OwnCase(
            row.appointment.order,
            row.appointment,
            getattr(row.appointment, "visit", None),
            expected.get(row.appointment.order),
        )
        for row in cases(seat)
    ]


def addable(sitting: Sitting) -> QuerySet[User]:
    """Officials who may be added: active, and not in the sitting yet."""
    taken = participants(sitting).values("user")
    people = User.objects.filter(is_active=True).exclude(pk__in=taken)
    return people.exclude(grants__isnull=True).distinct().order_by("full_name", "pk")


def open_invites(visit: Visit) -> QuerySet[TurnInvite]:
    """Links of the turn that were not withdrawn."""
    return visit.invites.filter(withdrawn_at__isnull=True).select_related("participant__user")
