"""Times in which the sitting does not go on: pauses, technical suspensions, deliberations.

While it is paused or suspended nobody may send a microphone (`speaking`), and the recording runs
on. Who deliberates is taken off the turn's roster first: `reconcile` cuts them off there before it
makes the private room, and the door keeps them out until they are admitted again.
"""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.sittings import permissions, queries, rules
from tiepdan.sittings.actions.events import append, locked, require_open
from tiepdan.sittings.actions.operation import SUSPENSION, open_task, settle
from tiepdan.sittings.actions.papers import end_lost_picture, end_showing
from tiepdan.sittings.actions.rooms import admit, close_room, may_enter, new_room, withdraw
from tiepdan.sittings.actions.turns import conducted, current_room, require_nobody_away
from tiepdan.sittings.models import Interlude, MediaRoom, Seat, Sitting
from tiepdan.sittings.permissions import require_may
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import (
    SITTING_TRANSITIONS,
    InterludeKind,
    RoomPart,
    SittingState,
)


@transaction.atomic
def pause_sitting(
    *, sitting: Sitting, reason: str, by: User, at: datetime | None = None
) -> Sitting:
    """Pause: nobody is heard; the recording runs on and says why. Raises without a reason."""
    sitting = conducted(sitting, by, Act.PAUSE)
    return _stop(sitting, InterludeKind.PAUSE, reason, by, at or clock.now())


@transaction.atomic
def suspend_sitting(
    *, sitting: Sitting, words: str, by: User, at: datetime | None = None
) -> Sitting:
    """Stop for a technical fault: an incident whose clock runs until it goes on.

    It is a task of the operators, at once of the operator who stops; `words` are what the sites
    read. Raises RuleRefusedError without them, or when the sitting is not going on.
    """
    at = at or clock.now()
    sitting = locked(sitting)
    require_may(by, Act.SUSPEND, sitting)
    require_nobody_away(sitting)
    sitting = _stop(sitting, InterludeKind.SUSPENSION, words, by, at)
    owner = by if permissions.may(by, Act.OPERATE, sitting) else None
    said = f"Buổi tiếp tạm ngừng: {words.strip()}"[:250]
    open_task(sitting, cause=SUSPENSION, words=said, at=at, owner=owner)
    return sitting


@transaction.atomic
def resume_sitting(
    *, sitting: Sitting, reason: str = "", by: User, at: datetime | None = None
) -> Sitting:
    """Go on after a pause or suspension; who operates may end a suspension only."""
    at = at or clock.now()
    sitting = locked(sitting)
    found = queries.open_interlude(sitting)
    is_technical = found is not None and found.kind == InterludeKind.SUSPENSION
    require_may(by, Act.SUSPEND if is_technical else Act.PAUSE, sitting)
    _step(sitting, "resume")
    sitting.save(update_fields=["state"])
    end_interlude(sitting, by, at)
    append(sitting, "resumed", at=at)
    audit.record(verb="resume_sitting", on=sitting, by=by, at=at, detail={"reason": reason})
    return sitting


@transaction.atomic
def begin_deliberation(*, sitting: Sitting, by: User, at: datetime | None = None) -> Interlude:
    """The hub withdraws from the turn's room (hội ý riêng), and remote members with it.

    With a remote member they meet in a room that is not recorded. Raises RuleRefusedError unless a
    turn has started.
    """
    at = at or clock.now()
    sitting = conducted(sitting, by, Act.DELIBERATE)
    require_open(sitting)
    room = current_room(sitting)
    if room is None or room.visit is None or room.visit.started_at is None:
        raise RuleRefusedError("no_turn", "Chỉ hội ý riêng được trong một lượt đã bắt đầu.")
    end_showing(sitting, at)
    members = queries.remote_members(room)
    hub = sitting.seats.get(booking__role="hub")
    found = Interlude.objects.create(
        sitting=sitting, kind=InterludeKind.DELIBERATION, owner=by, began_at=at
    )
    for seat in [hub, *members]:
        _take_out(seat, room, at)
    if members:
        found.room = _private_room(room, [hub, *members], at)
        found.save(update_fields=["room"])
    append(sitting, "deliberation_started", at=at)
    audit.record(verb="begin_deliberation", on=sitting, by=by, at=at)
    return found


@transaction.atomic
def end_deliberation(*, sitting: Sitting, by: User, at: datetime | None = None) -> Sitting:
    """Everybody is back in the turn's room. Raises RuleRefusedError when nobody deliberates."""
    at = at or clock.now()
    sitting = locked(sitting)
    require_may(by, Act.DELIBERATE, sitting)
    found = queries.deliberation(sitting)
    if found is None:
        raise RuleRefusedError("not_deliberating", "Không có buổi hội ý nào đang diễn ra.")
    gone = [seat for seat in sitting.seats.select_related("booking") if queries.is_away(seat)]
    end_interlude(sitting, by, at)
    room = current_room(sitting)
    for seat in gone:
        if room and seat.session_key and may_enter(seat, room):
            admit(seat, room, at)
    append(sitting, "deliberation_ended", at=at)
    audit.record(verb="end_deliberation", on=sitting, by=by, at=at)
    return sitting


@transaction.atomic
def note_private(*, room: MediaRoom, inside: set[str], at: datetime | None = None) -> None:
    """The engine was seen: when nobody who deliberates is in the turn's room, say so, once."""
    if room.part == RoomPart.PRIVATE or queries.deliberation(room.sitting) is None:
        return  # no lock for what is looked at each second
    at = at or clock.now()
    sitting = locked(room.sitting)
    found = queries.deliberation(sitting)
    if found is None or found.private_at:
        return
    seats = sitting.seats.select_related("booking")
    if any(seat.code in inside and queries.is_away(seat) for seat in seats):
        return
    found.private_at = clock.real_now() + rules.IN_FLIGHT
    found.save(update_fields=["private_at"])
    append(sitting, "deliberation_private", at=at)


def end_interlude(sitting: Sitting, by: User, at: datetime) -> None:
    """Whatever goes on is over, its task done, its private room closed; the caller has the lock."""
    found = queries.open_interlude(sitting)
    if found is None:
        return
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    if found.kind == InterludeKind.SUSPENSION:
        note = "Buổi tiếp không còn tạm ngừng."
        settle(sitting, cause=SUSPENSION, note=note, by=by, at=at)
    if found.room:
        found.room.sitting = sitting
        close_room(found.room, at)


def _stop(sitting: Sitting, kind: InterludeKind, words: str, by: User, at: datetime) -> Sitting:
    if not words.strip():
        raise RuleRefusedError("reason_missing", "Hãy ghi lý do tạm dừng.")
    _step(sitting, "pause")
    sitting.save(update_fields=["state"])
    Interlude.objects.create(
        sitting=sitting, kind=kind, words=words.strip()[:250], owner=by, began_at=at
    )
    told = {InterludeKind.PAUSE: "paused"}.get(kind, "suspended")
    append(sitting, told, at=at, reason=words.strip())
    end_lost_picture(sitting, at)
    audit.record(verb=f"{kind}_sitting", on=sitting, by=by, at=at, detail={"reason": words})
    return sitting


def _take_out(seat: Seat, room: MediaRoom, at: datetime) -> None:
    for admission in room.admissions.filter(seat=seat, withdrawn_at__isnull=True).select_related(
        "seat", "room__sitting"
    ):
        withdraw(admission, at)


def _private_room(turn: MediaRoom, seats: list[Seat], at: datetime) -> MediaRoom:
    room = new_room(turn.sitting, RoomPart.PRIVATE, turn.visit)
    for seat in seats:
        if seat.session_key:
            admit(seat, room, at)
    return room


def _step(sitting: Sitting, event: str) -> None:
    sitting.state = follow(SITTING_TRANSITIONS, SittingState(sitting.state), event)
