"""The end of a sitting: closed by the chair, undone for a while, then final."""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters.actions import note_heard
from tiepdan.scheduling.actions import carry_over
from tiepdan.sittings import queries
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.actions.interludes import end_interlude
from tiepdan.sittings.actions.rooms import close_room
from tiepdan.sittings.actions.turns import conducted, current_room, finish, require_no_turn
from tiepdan.sittings.models import Sitting, Visit
from tiepdan.sittings.states import SITTING_TRANSITIONS, SittingState

NOT_HEARD = "Hết giờ, chuyển kỳ sau, giữ nguyên thứ tự"


@transaction.atomic
def close_sitting(*, sitting: Sitting, by: User, at: datetime | None = None) -> Sitting:
    """Close the sitting (bế mạc): its rooms stay for `rules.UNDO_CLOSE`, then it is final.

    One that never opened has no rooms and is final at once. Raises RuleRefusedError while a turn
    goes on, or one that has begun is on hold.
    """
    at = at or clock.now()
    sitting = conducted(sitting, by)
    require_no_turn(sitting)
    for visit in queries.held_visits(sitting):
        _require_not_begun(visit)
    audit.record(verb="close_sitting", on=sitting, by=by, at=at)
    if sitting.state == SittingState.WAITING:
        return _finish(sitting, by, at)
    was = sitting.state
    _step(sitting, "close")
    sitting.closed_at = at
    sitting.save(update_fields=["state", "closed_at"])
    append(sitting, "closing", at=at, was=was, by=str(by.pk))
    return sitting


@transaction.atomic
def undo_close(*, sitting: Sitting, by: User, at: datetime | None = None) -> Sitting:
    """Go on with a sitting that is closing, paused if it was; refused once it is final."""
    at = at or clock.now()
    sitting = conducted(sitting, by)
    until = queries.undo_until(sitting)
    if until is None or until <= clock.real_now():
        raise RuleRefusedError("close_final", "Đã bế mạc hẳn, không mở lại được nữa.")
    was = sitting.events.filter(kind="closing").latest("sequence").data["was"]
    _step(sitting, "undo" if was == SittingState.OPEN else "undo_paused")
    sitting.closed_at = None
    sitting.save(update_fields=["state", "closed_at"])
    append(sitting, "close_undone", at=at)
    audit.record(verb="undo_close", on=sitting, by=by, at=at)
    return sitting


@transaction.atomic
def finish_closing(*, sitting: Sitting, at: datetime | None = None) -> Sitting:
    """Make the closing final when its time is over; an act of the system.

    Whoever was not heard keeps their place for the next reception (chuyển kỳ sau). Nothing happens
    before its time, or a second time.
    """
    sitting = locked(sitting)
    until = queries.undo_until(sitting)
    if until is None or until > clock.real_now():
        return sitting
    told = sitting.events.filter(kind="closing").latest("sequence").data["by"]
    return _finish(sitting, User.objects.get(pk=told), at or clock.now())


def _finish(sitting: Sitting, by: User, at: datetime) -> Sitting:
    """Close the rooms, carry over who was not heard; `by` is who closed the sitting."""
    _step(sitting, "finish")
    for visit in queries.held_visits(sitting):
        _let_go(sitting, visit, by, at)
    end_interlude(sitting, by, at)
    close_room(current_room(sitting), at)
    for appointment in list(queries.queue(sitting)):
        carry_over(appointment=appointment, reason=NOT_HEARD, by=by, at=at)
    sitting.closed_at = sitting.closed_at or at
    sitting.save(update_fields=["state", "closed_at"])
    append(sitting, "closed", at=at)
    return sitting


def _require_not_begun(visit: Visit) -> None:
    if visit.started_at:
        raise RuleRefusedError(
            "turn_held",
            "Lượt {number} đang tạm giữ: hãy gọi lại hoặc kết thúc lượt này trước.",
            number=visit.number,
        )


def _let_go(sitting: Sitting, visit: Visit, by: User, at: datetime) -> None:
    """A turn that never started is carried over."""
    visit.sitting = sitting
    finish(sitting, visit, "carry", at)
    note_heard(filing=visit.appointment.filing, at=None)
    carry_over(appointment=visit.appointment, reason=NOT_HEARD, by=by, at=at)


def _step(sitting: Sitting, event: str) -> None:
    sitting.state = follow(SITTING_TRANSITIONS, SittingState(sitting.state), event)
