"""What the chair has decided about microphones and screens, and who asks to speak."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tiepdan.sittings import rules
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.queries.papers import sharing_seat
from tiepdan.sittings.queries.rooms import seats
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import SittingState
from tiepdan.video.port import Source

LATEST_TEXTS = 20
"""Private texts a page shows at most."""


@dataclass(frozen=True, slots=True)
class PrivateText:
    """A line between those who run the sitting (nhắn riêng)."""

    sender: str
    text: str
    at: datetime


def may_send(seat: Seat, sitting: Sitting) -> frozenset[Source]:
    """What a seat may publish now: the token, the door and the reconciler all ask here."""
    return sendable(seat, sitting, sharing_seat(sitting))


def sendable(seat: Seat, sitting: Sitting, sharing: UUID | None) -> frozenset[Source]:
    """`may_send`, for who asks about many seats: `sharing` is the `sharing_seat` of the sitting."""
    hub = seat.code if seat.is_hub else ""
    floor = sitting.floor.code if sitting.floor else None
    may_speak = rules.may_speak(
        seat.code,
        hub=hub,
        floor=floor,
        is_locked=bool(seat.locked_at),
        is_paused=sitting.state == SittingState.PAUSED,
    )
    wanted = {Source.VIDEO: Act.SEND_PICTURE} | (
        {Source.AUDIO: Act.SEND_SOUND} if may_speak else {}
    )
    found = frozenset(one for one, act in wanted.items() if cell(seat.role, act) == Cell.YES)
    return found | {Source.PAPER} if may_speak and seat.pk == sharing else found


def hands(sitting: Sitting) -> QuerySet[Seat]:
    """Sites that ask to speak, in the order of asking (danh sách giơ tay)."""
    return seats(sitting).filter(hand_at__isnull=False).order_by("hand_at")


def private_texts(sitting: Sitting) -> list[PrivateText]:
    """The latest private texts, oldest first; only for who runs the sitting."""
    rows = sitting.events.filter(kind="private_text").order_by("-sequence")[:LATEST_TEXTS]
    return [PrivateText(row.data["sender"], row.data["text"], row.at) for row in reversed(rows)]
