"""The course of a sitting: opened, citizens called one after the other, closed."""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters.actions import note_heard, note_refusal
from tiepdan.matters.states import RefusalGround
from tiepdan.org.queries import province_committee
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import queries
from tiepdan.sittings.actions.events import append, require_open
from tiepdan.sittings.actions.rooms import close_room, open_room, start_turn
from tiepdan.sittings.actions.stage import clear_stage
from tiepdan.sittings.actions.turns import (
    bring_in,
    conducted,
    current_room,
    finish,
    locked_visit,
    new_visit,
    require_callable,
    require_hub,
    require_no_turn,
    require_space,
    require_turn_in_order,
    waiting_one,
)
from tiepdan.sittings.models import Sitting, Visit
from tiepdan.sittings.states import (
    SITTING_TRANSITIONS,
    SittingState,
    VisitState,
)


@transaction.atomic
def open_sitting(
    *, sitting: Sitting, by: User, at: datetime | None = None, free_bytes: int | None = None
) -> Sitting:
    """Open the sitting in the plenary, every held seat admitted (khai mạc).

    `free_bytes`: free disk space, measured when not given. Raises RuleRefusedError when the hub
    has no camera open or the recordings would not fit.
    """
    at = at or clock.now()
    sitting = conducted(sitting, by)
    _step(sitting, "open")
    require_hub(sitting)
    require_space(sitting, free_bytes)
    sitting.opened_at = at
    sitting.save(update_fields=["state", "opened_at"])
    append(sitting, "opened", at=at)
    open_room(sitting, None, at)
    audit.record(verb="open_sitting", on=sitting, by=by, at=at)
    return sitting


@transaction.atomic
def call_next(
    *,
    sitting: Sitting,
    by: User,
    at: datetime | None = None,
    appointment: Appointment | None = None,
    reason: str = "",
    free_bytes: int | None = None,
) -> Visit:
    """Call a citizen, the next one unless one is named: a turn with a room of its own.

    The room before is closed first: nobody else hears the case. Raises RuleRefusedError with what
    is missing: nobody waits, a turn goes on, papers unchecked, no consent, site not connected,
    too little disk space, or no `reason` for a call out of turn (QĐ 2193/QĐ-UBND, mục I.2).
    """
    at = at or clock.now()
    sitting = conducted(sitting, by)
    require_open(sitting)
    require_no_turn(sitting)
    appointment = waiting_one(sitting, appointment)
    require_turn_in_order(sitting, appointment, reason)
    require_callable(sitting, appointment, free_bytes)
    note_heard(filing=appointment.filing, at=at)
    close_room(current_room(sitting), at)
    visit = new_visit(sitting, appointment, at)
    bring_in(sitting, visit, at)
    audit.record(
        verb="call_visit",
        on=visit,
        by=by,
        at=at,
        detail={"number": visit.number, "reason": reason.strip()},
    )
    return visit


@transaction.atomic
def start_unrecorded(*, visit: Visit, reason: str, by: User, at: datetime | None = None) -> Visit:
    """The chair lets a turn start although its recording is not proven (law.md 6.7 no. 1).

    Raises RuleRefusedError without a reason, or when the turn has started or ended.
    """
    at = at or clock.now()
    sitting, visit = locked_visit(visit, by)
    if not reason.strip():
        raise RuleRefusedError("reason_missing", "Hãy ghi lý do tiếp khi chưa ghi hình được.")
    if visit.state != VisitState.CALLED or visit.started_at:
        raise RuleRefusedError("turn_started", "Lượt này đã bắt đầu hoặc đã kết thúc.")
    visit.unrecorded_reason = reason.strip()
    start_turn(sitting, visit, at)
    audit.record(verb="start_unrecorded", on=visit, by=by, at=at, detail={"reason": reason})
    return visit


@transaction.atomic
def end_visit(*, visit: Visit, by: User, at: datetime | None = None) -> Visit:
    """The citizen has been heard; their room closes.

    Raises RuleRefusedError when the turn never started: then the citizen is marked absent.
    """
    at = at or clock.now()
    sitting, visit = locked_visit(visit, by)
    if visit.state in {VisitState.CALLED, VisitState.HELD} and visit.started_at is None:
        raise RuleRefusedError(
            "turn_not_started", "Lượt này chưa bắt đầu: hãy chờ ghi hình, hoặc ghi vắng mặt."
        )
    finish(sitting, visit, "end", at)
    append(sitting, "turn_ended", at=at, visit=str(visit.pk), number=visit.number)
    audit.record(verb="end_visit", on=visit, by=by, at=at, detail={"number": visit.number})
    return visit


@transaction.atomic
def end_and_call_next(*, visit: Visit, by: User, at: datetime | None = None) -> Visit | None:
    """End this turn and call the next, as one act; None when nobody waits.

    Raises RuleRefusedError, and ends nothing, when the next cannot be called.
    """
    at = at or clock.now()
    ended = end_visit(visit=visit, by=by, at=at)
    if queries.next_appointment(ended.sitting) is None:
        return None
    return call_next(sitting=ended.sitting, by=by, at=at)


@transaction.atomic
def mark_absent(
    *,
    visit: Visit | None = None,
    appointment: Appointment | None = None,
    sitting: Sitting | None = None,
    by: User,
    at: datetime | None = None,
) -> Visit:
    """The citizen is not there: of a turn that was called, or (with `sitting`) of one waiting.

    Raises RuleRefusedError when a turn has started, or the sitting is not open.
    """
    at = at or clock.now()
    if visit is None:
        if sitting is None or appointment is None:
            raise TypeError("either a visit, or a sitting and an appointment")
        sitting = conducted(sitting, by)
        require_open(sitting)
        require_no_turn(sitting)
        visit = new_visit(sitting, waiting_one(sitting, appointment), at)
    else:
        sitting, visit = locked_visit(visit, by)
    if visit.started_at:
        raise RuleRefusedError("turn_started", "Lượt đã bắt đầu, không ghi vắng mặt được nữa.")
    note_heard(filing=visit.appointment.filing, at=None)
    finish(sitting, visit, "absent", at)
    append(sitting, "absent", at=at, visit=str(visit.pk), number=visit.number)
    audit.record(verb="mark_absent", on=visit, by=by, at=at, detail={"number": visit.number})
    return visit


@transaction.atomic
def refuse_visit(
    *, visit: Visit, ground: str, reason: str, by: User, at: datetime | None = None
) -> Visit:
    """Refuse to receive a citizen who was called (từ chối tiếp), who gets it in writing.

    Raises RuleRefusedError without a reason, and for ground 3 by anybody but the head (Luật Tiếp
    công dân, Điều 9; law.md 6.7 no. 4).
    """
    at = at or clock.now()
    sitting, visit = locked_visit(visit, by)
    article = "Luật Tiếp công dân, Điều 9"
    if ground not in RefusalGround.values or not reason.strip():
        raise RuleRefusedError("reason_missing", "Hãy chọn căn cứ và ghi lý do.", article)
    if ground == RefusalGround.SETTLED and by.pk != sitting.reception.chair_id:
        raise RuleRefusedError(
            "head_only", "Từ chối theo khoản 3 chỉ do người đứng đầu quyết định.", article
        )
    visit.refusal_ground, visit.refusal_reason = ground, reason
    finish(sitting, visit, "refuse", at)
    note_refusal(
        filing=visit.appointment.filing, ground=RefusalGround(ground), reason=reason,
        issuer=province_committee(), by=by, at=at,
    )  # fmt: skip
    append(sitting, "refused", at=at, visit=str(visit.pk), number=visit.number)
    detail = {"ground": ground, "reason": reason}
    audit.record(verb="refuse_visit", on=visit, by=by, at=at, detail=detail)
    return visit


@transaction.atomic
def return_to_plenary(*, sitting: Sitting, by: User, at: datetime | None = None) -> Sitting:
    """Bring everyone together between turns or at the end (về phiên chung).

    Raises RuleRefusedError while a turn goes on or when everyone is together already.
    """
    at = at or clock.now()
    sitting = conducted(sitting, by)
    require_open(sitting)
    require_no_turn(sitting)
    if current_room(sitting):
        raise RuleRefusedError("in_plenary", "Buổi tiếp đang ở phiên chung.")
    clear_stage(sitting, at)
    open_room(sitting, None, at)
    append(sitting, "plenary", at=at)
    audit.record(verb="return_to_plenary", on=sitting, by=by, at=at)
    return sitting


def _step(sitting: Sitting, event: str) -> None:
    sitting.state = follow(SITTING_TRANSITIONS, SittingState(sitting.state), event)
