"""The chair's controls: microphones, the floor, screens, hands, private texts.

Each is a row that `reconcile` makes the engine agree with; nothing is left to the page.
"""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.scheduling.models import SiteBooking
from tiepdan.sittings import permissions
from tiepdan.sittings.actions.events import CONTROL, append, locked
from tiepdan.sittings.actions.papers import end_lost_picture
from tiepdan.sittings.actions.stage import clear_stage, tell_direction
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import Layout, SittingState

LONGEST_TEXT = 500
"""Characters of a private text."""


@transaction.atomic
def lock_microphone(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """Take away a seat's right to its microphone until it is given back (khóa micro)."""
    at = at or clock.now()
    sitting, seat = _directed(seat, by, Act.SILENCE)
    if seat.locked_at is None:
        _set_lock(sitting, seat, at, at)
        audit.record(verb="lock_microphone", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


@transaction.atomic
def unlock_microphone(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """Give the right back; the page publishes its microphone again by itself."""
    at = at or clock.now()
    sitting, seat = _directed(seat, by, Act.SILENCE)
    if seat.locked_at is not None:
        _set_lock(sitting, seat, None, at)
        audit.record(verb="unlock_microphone", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


@transaction.atomic
def note_muted(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """The chair switches a microphone off once; the site may switch it on again.

    The engine is told by `reconcile.mute`, once this is committed.
    """
    at = at or clock.now()
    sitting, seat = _directed(seat, by, Act.SILENCE)
    append(sitting, "muted", at=at, audience=seat.code, seat=seat.code)
    audit.record(verb="mute_microphone", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


@transaction.atomic
def give_floor(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """Only this seat and the hub are heard from now on (mời phát biểu); its lock and hand go."""
    at = at or clock.now()
    sitting, seat = _directed(seat, by, Act.DIRECT)
    if seat.locked_at:
        _set_lock(sitting, seat, None, at)
    _put_hand_down(sitting, seat, at)
    sitting.floor = seat
    sitting.save(update_fields=["floor"])
    tell_direction(sitting, at)
    end_lost_picture(sitting, at)
    audit.record(verb="give_floor", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


@transaction.atomic
def free_floor(*, sitting: Sitting, by: User, at: datetime | None = None) -> Sitting:
    """Everybody may speak again, except seats that are locked each by itself."""
    at = at or clock.now()
    sitting = _conducted(sitting, by)
    if sitting.floor_id:
        sitting.floor = None
        sitting.save(update_fields=["floor"])
        tell_direction(sitting, at)
        audit.record(verb="free_floor", on=sitting, by=by, at=at)
    return sitting


@transaction.atomic
def spotlight(
    *, sitting: Sitting, seat: Seat | None, by: User, at: datetime | None = None
) -> Sitting:
    """Show one seat large on every screen (phóng lớn); None: as the turn has it."""
    at = at or clock.now()
    sitting = _conducted(sitting, by)
    sitting.spotlight = seat and sitting.seats.get(pk=seat.pk)
    sitting.save(update_fields=["spotlight"])
    tell_direction(sitting, at)
    audit.record(
        verb="spotlight", on=sitting, by=by, at=at, detail={"seat": seat.code if seat else ""}
    )
    return sitting


@transaction.atomic
def choose_layout(
    *, sitting: Sitting, layout: str, by: User, at: datetime | None = None
) -> Sitting:
    """Arrange every screen of the sitting; raises RuleRefusedError for an unknown layout."""
    at = at or clock.now()
    sitting = _conducted(sitting, by)
    if layout not in Layout.values:
        raise RuleRefusedError("unknown_layout", "Không có bố cục màn hình này.")
    sitting.layout = layout
    sitting.save(update_fields=["layout"])
    tell_direction(sitting, at)
    audit.record(verb="choose_layout", on=sitting, by=by, at=at, detail={"layout": layout})
    return sitting


@transaction.atomic
def raise_hand(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """A site asks to speak (giơ tay); asking again keeps the place in the order."""
    at = at or clock.now()
    sitting, seat = _locked(seat)
    permissions.require_may(by, Act.RAISE_HAND, sitting, seat)
    _require_not_over(sitting)
    if seat.hand_at is None:
        seat.hand_at = at
        seat.save(update_fields=["hand_at"])
        append(sitting, "hand_raised", at=at, audience=seat.code, seat=seat.code)
        audit.record(verb="raise_hand", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


@transaction.atomic
def lower_hand(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """The site no longer asks, by its own will or the chair's."""
    at = at or clock.now()
    sitting, seat = _locked(seat)
    is_own = permissions.may(by, Act.RAISE_HAND, sitting, seat)
    if not is_own:
        permissions.require_may(by, Act.DIRECT, sitting)
    if _put_hand_down(sitting, seat, at):
        audit.record(verb="lower_hand", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


@transaction.atomic
def send_private_text(
    *, sitting: Sitting, text: str, by: User, at: datetime | None = None
) -> Sitting:
    """A line for those who run the sitting only: chair, secretary, operator (nhắn riêng).

    It stays in the sitting's log, which no site reads. Raises RuleRefusedError when it is empty.
    """
    at = at or clock.now()
    sitting = locked(sitting)
    permissions.require_may(by, Act.PRIVATE_TEXT, sitting)
    text = text.strip()[:LONGEST_TEXT]
    if not text:
        raise RuleRefusedError("nothing_said", "Hãy ghi nội dung nhắn.")
    append(sitting, "private_text", at=at, audience=CONTROL, sender=str(by), text=text)
    audit.record(verb="send_private_text", on=sitting, by=by, at=at)
    return sitting


def welcome(sitting: Sitting, booking: SiteBooking, at: datetime) -> None:
    """A citizen is called: the stage is theirs, and a lock of the plenary must not silence them."""
    clear_stage(sitting, at)
    for seat in sitting.seats.filter(booking=booking):
        if seat.locked_at:
            _set_lock(sitting, seat, None, at)
        _put_hand_down(sitting, seat, at)


def _directed(seat: Seat, by: User, act: Act) -> tuple[Sitting, Seat]:
    """The seat and its sitting, locked, for who may `act`."""
    sitting, seat = _locked(seat)
    permissions.require_may(by, act, sitting)
    _require_not_over(sitting)
    return sitting, seat


def _conducted(sitting: Sitting, by: User) -> Sitting:
    sitting = locked(sitting)
    permissions.require_may(by, Act.DIRECT, sitting)
    _require_not_over(sitting)
    return sitting


def _locked(seat: Seat) -> tuple[Sitting, Seat]:
    sitting = locked(seat.sitting)
    seat = Seat.objects.select_related("booking__site__agency").get(pk=seat.pk)
    seat.sitting = sitting
    return sitting, seat


def _require_not_over(sitting: Sitting) -> None:
    if sitting.state == SittingState.CLOSED:
        raise RuleRefusedError("sitting_closed", "Buổi tiếp đã kết thúc.")


def _set_lock(sitting: Sitting, seat: Seat, since: datetime | None, at: datetime) -> None:
    seat.locked_at = since
    seat.save(update_fields=["locked_at"])
    kind = "locked" if since else "unlocked"
    append(sitting, kind, at=at, audience=seat.code, seat=seat.code)
    end_lost_picture(sitting, at)


def _put_hand_down(sitting: Sitting, seat: Seat, at: datetime) -> bool:
    if seat.hand_at is None:
        return False
    seat.hand_at = None
    seat.save(update_fields=["hand_at"])
    append(sitting, "hand_lowered", at=at, audience=seat.code, seat=seat.code)
    return True
