"""What every page of a sitting shows: state, turn, queue, sites."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.org.queries import reception_board
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import queries
from tiepdan.sittings.actions.minutes import mark_of, points_of
from tiepdan.sittings.models import Seat, Sitting, Visit
from tiepdan.sittings.queries import Sign
from tiepdan.sittings.states import SittingState, VisitState

_STATE = {
    SittingState.WAITING: Sign("muted", "hourglass", _("Chờ khai mạc")),
    SittingState.OPEN: Sign("ok", "circle-play", _("Đang tiếp")),
    SittingState.PAUSED: Sign("warn", "circle-pause", _("Tạm dừng")),
    SittingState.CLOSING: Sign("warn", "hourglass", _("Đang bế mạc")),
    SittingState.CLOSED: Sign("muted", "circle-check", _("Đã kết thúc")),
}
_VISIT = {
    VisitState.CALLED: Sign("live", "circle-dot", _("Đang tiếp")),
    VisitState.HEARD: Sign("ok", "circle-check", _("Đã tiếp")),
    VisitState.ABSENT: Sign("muted", "circle-minus", _("Vắng mặt")),
    VisitState.REFUSED: Sign("muted", "circle-x", _("Từ chối")),
    VisitState.HELD: Sign("warn", "circle-pause", _("Tạm giữ")),
    VisitState.CARRIED: Sign("muted", "arrow-right", _("Chuyển kỳ sau")),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the queue; `person` stays empty for who may not know.

    `waiting` is the key of a citizen who may be called or passed over, `held` of a turn on hold.
    """

    number: int
    person: str
    where: str
    sign: Sign
    is_now: bool = False
    is_done: bool = False
    waiting: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site, where it stands, and how its machine did when it was tried."""

    seat: Seat
    name: str
    sign: Sign
    check: Sign


def board(sitting: Sitting) -> dict[str, Any]:
    """Context shared by all pages; read in one order, the event number first."""
    sitting.refresh_from_db(fields=["last_sequence", "state"])
    room, visit = queries.open_room(sitting), queries.running_visit(sitting)
    return {
        "sitting": sitting,
        "reception": sitting.reception,
        "sequence": sitting.last_sequence,
        "room": room,
        "visit": visit,
        "visit_place": queries.place_name(visit.appointment.booking.site) if visit else "",
        "state_sign": _STATE[SittingState(sitting.state)],
        "interlude": queries.open_interlude(sitting),
        "undo_until": queries.undo_until(sitting),
        "recording": queries.recording_sign(sitting, room),
        "alarms": queries.alarms(sitting),
        "server_now": clock.now().isoformat(),
        "rehearsal": settings.REHEARSAL,
        "support_phone": reception_board().phone,
    }


def places(sitting: Sitting) -> list[Place]:
    """The whole queue: turns called, those waiting, those carried over."""
    done = {visit.appointment_id: visit for visit in queries.visits(sitting)}
    rows = sitting.reception.appointments.select_related(
        "filing__petitioner", "booking__site__agency__unit", "identity_check", "carry_over"
    )
    return [_place(row, done.get(row.pk)) for row in rows]


def sites(sitting: Sitting) -> list[SiteLine]:
    """Every site, hub first."""
    roster = queries.roster(queries.open_room(sitting))
    checks = queries.last_checks(sitting)
    return [
        SiteLine(
            seat,
            queries.place_of(seat),
            queries.seat_sign(seat, roster.get(seat.pk)),
            queries.check_sign(checks.get(seat.code)),
        )
        for seat in queries.seats(sitting)
    ]


def conclusion(visit: Visit | None) -> dict[str, Any]:
    """The conclusion of a turn: confirmed, or being composed."""
    if visit is None:
        return {"points": [], "points_mark": "", "concluded": None}
    done = getattr(visit, "conclusion", None)
    points = [] if done else points_of(visit)
    return {
        "points": points,
        "points_mark": mark_of(points),
        "concluded": list(done.items.select_related("agency")) if done else None,
    }


def _place(row: Appointment, visit: Visit | None) -> Place:
    if visit:
        sign = _VISIT[VisitState(visit.state)]
    elif hasattr(row, "carry_over"):
        sign = Sign("muted", "arrow-right", _("Chuyển kỳ sau"))
    elif hasattr(row, "identity_check"):
        sign = Sign("ok", "circle-check", _("Sẵn sàng"))
    else:
        sign = Sign("warn", "hourglass", _("Chưa kiểm tra"))
    return Place(
        number=row.order,
        person=row.filing.shown_name,
        where=queries.place_name(row.booking.site),
        sign=sign,
        is_now=visit is not None and visit.state == VisitState.CALLED,
        is_done=visit is not None and visit.state not in {VisitState.CALLED, VisitState.HELD},
        waiting="" if visit or hasattr(row, "carry_over") else str(row.pk),
        held=str(visit.pk) if visit and visit.state == VisitState.HELD else "",
    )
