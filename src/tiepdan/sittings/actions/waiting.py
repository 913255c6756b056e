"""Turns put off: on hold, back in the queue, called again, let others go first."""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters.actions import note_heard
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings.actions.events import append, require_open
from tiepdan.sittings.actions.papers import end_showing
from tiepdan.sittings.actions.rooms import close_room
from tiepdan.sittings.actions.turns import (
    bring_in,
    conducted,
    current_room,
    locked_visit,
    require_callable,
    require_no_turn,
    waiting_one,
)
from tiepdan.sittings.models import Passing, Sitting, Visit
from tiepdan.sittings.states import VISIT_TRANSITIONS, VisitState


@transaction.atomic
def hold_visit(*, visit: Visit, reason: str, by: User, at: datetime | None = None) -> Visit:
    """Put the running turn off (tạm giữ); one that has not begun goes back into the queue.

    Its room closes, the citizen keeps the place, and `recall_visit` goes on. Raises
    RuleRefusedError without a reason or when the turn is not running.
    """
    at = at or clock.now()
    sitting, visit = locked_visit(visit, by)
    reason = _reason(reason)
    end_showing(sitting, at)
    visit.state = follow(VISIT_TRANSITIONS, VisitState(visit.state), "hold")
    visit.save(update_fields=["state"])
    if visit.started_at is None:
        note_heard(filing=visit.appointment.filing, at=None)
    room = current_room(sitting)
    if room and room.visit_id == visit.pk:
        close_room(room, at)
    append(sitting, "turn_held", at=at, visit=str(visit.pk), number=visit.number)
    audit.record(
        verb="hold_visit", on=visit, by=by, at=at, detail={"number": visit.number, "reason": reason}
    )
    return visit


@transaction.atomic
def recall_visit(
    *, visit: Visit, by: User, at: datetime | None = None, free_bytes: int | None = None
) -> Visit:
    """Go on with a turn on hold, in a fresh room and the next part of its recording.

    Raises RuleRefusedError when another turn goes on, or with what is missing as a first call.
    """
    at = at or clock.now()
    sitting, visit = locked_visit(visit, by)
    require_open(sitting)
    require_no_turn(sitting)
    visit.state = follow(VISIT_TRANSITIONS, VisitState(visit.state), "recall")
    require_callable(sitting, visit.appointment, free_bytes)
    note_heard(filing=visit.appointment.filing, at=at)
    close_room(current_room(sitting), at)
    visit.save(update_fields=["state"])
    bring_in(sitting, visit, at)
    audit.record(verb="recall_visit", on=visit, by=by, at=at, detail={"number": visit.number})
    return visit


@transaction.atomic
def pass_over(
    *,
    sitting: Sitting,
    appointment: Appointment,
    reason: str,
    by: User,
    at: datetime | None = None,
) -> Passing:
    """Let a waiting citizen come after the others (để sau), with a reason that is logged.

    Raises RuleRefusedError without a reason or when they do not wait.
    """
    at = at or clock.now()
    sitting = conducted(sitting, by)
    require_open(sitting)
    reason = _reason(reason)
    appointment = waiting_one(sitting, appointment)
    passing = Passing.objects.create(appointment=appointment, reason=reason[:250], at=at, by=by)
    append(sitting, "passed_over", at=at, number=appointment.order)
    audit.record(
        verb="pass_over",
        on=appointment,
        by=by,
        at=at,
        detail={"number": appointment.order, "reason": reason},
    )
    return passing


def _reason(text: str) -> str:
    if not text.strip():
        raise RuleRefusedError("reason_missing", "Hãy ghi lý do thay đổi thứ tự hoặc tạm giữ lượt.")
    return text.strip()
