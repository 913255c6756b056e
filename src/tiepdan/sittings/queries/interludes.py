"""Times in which the sitting does not go on, and who has withdrawn to deliberate."""

from datetime import datetime
from uuid import UUID

from tiepdan.common import clock
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings import rules
from tiepdan.sittings.models import Interlude, MediaRoom, Seat, Sitting
from tiepdan.sittings.queries.rooms import open_room
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import InterludeKind, SittingState


def open_interlude(sitting: Sitting) -> Interlude | None:
    """The pause, suspension or deliberation that goes on now."""
    return sitting.interludes.filter(ended_at__isnull=True).select_related("owner", "room").first()


def deliberation(sitting: Sitting) -> Interlude | None:
    """The deliberation that goes on now (đang hội ý riêng)."""
    found = open_interlude(sitting)
    return found if found and found.kind == InterludeKind.DELIBERATION else None


def is_away(seat: Seat) -> bool:
    """Whether the seat has withdrawn to deliberate: the hub, and members in the private room."""
    return seat.pk in away_seats(seat.sitting)


def away_seats(sitting: Sitting) -> set[UUID]:
    """Keys of the seats that have withdrawn to deliberate, as `is_away` has it."""
    found = deliberation(sitting)
    if found is None:
        return set()
    hub = sitting.seats.filter(booking__role=SiteRole.HUB).values_list("pk", flat=True)
    with_it = found.room.admissions.values_list("seat", flat=True) if found.room else []
    return {*hub, *with_it}


def room_for(seat: Seat) -> MediaRoom | None:
    """The open room the seat is to be in, as far as it belongs there."""
    if not is_away(seat):
        return open_room(seat.sitting)
    found = deliberation(seat.sitting)
    return found.room if found else None


def remote_members(room: MediaRoom) -> list[Seat]:
    """Who deliberates with the hub from elsewhere: whoever is in the turn beside its two sides.

    Interpreters are the citizen's and stay with them; who watches does not deliberate.
    """
    inside = room.admissions.filter(withdrawn_at__isnull=True).select_related(
        "seat__booking__site__agency"
    )
    return [
        one.seat
        for one in inside
        if not one.seat.is_hub and cell(one.seat.role, Act.ENTER_DELIBERATION) != Cell.NO
    ]


def undo_until(sitting: Sitting) -> datetime | None:
    """Until when the closing may be undone, on the machine's clock; None when it does not close."""
    if sitting.state != SittingState.CLOSING:
        return None
    begun = sitting.events.filter(kind="closing").order_by("-sequence").first()
    return begun.recorded_at + rules.UNDO_CLOSE if begun else None


def closings_due() -> list[Sitting]:
    """Sittings whose closing is final now."""
    now = clock.real_now()
    closing = Sitting.objects.filter(state=SittingState.CLOSING)
    return [found for found in closing if (until := undo_until(found)) and until <= now]
