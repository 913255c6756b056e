"""Times in which the sitting does not go on, and who has withdrawn to deliberate."""

from datetime import datetime

from django.db.models import QuerySet

from tiepdan.common import clock
from tiepdan.sittings import rules
from tiepdan.sittings.models import Interlude, MediaRoom, Seat, Sitting
from tiepdan.sittings.queries.rooms import open_room
from tiepdan.sittings.queries.sign_language import sign_seats
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
    found = deliberation(seat.sitting)
    if found is None:
        return False
    return seat.is_hub or bool(found.room and found.room.admissions.filter(seat=seat).exists())


def room_for(seat: Seat) -> MediaRoom | None:
    """The open room the seat is to be in, as far as it belongs there."""
    if not is_away(seat):
        return open_room(seat.sitting)
    found = deliberation(seat.sitting)
    return found.room if found else None


def remote_members(room: MediaRoom) -> QuerySet[Seat]:
    """Who deliberates with the hub from elsewhere: whoever is in the turn beside its two sides.

    The sign interpreter is the citizen's and stays with them.
    """
    guest = room.visit.appointment.booking_id if room.visit else None
    inside = room.admissions.filter(withdrawn_at__isnull=True).exclude(seat__booking_id=guest)
    members = room.sitting.seats.filter(pk__in=inside.values("seat")).exclude(booking__role="hub")
    return members.exclude(code__in=sign_seats(room.sitting))


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
