"""The course of a sitting: opened, citizens called one after the other, closed."""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters.actions import note_heard
from tiepdan.org import rulebook
from tiepdan.scheduling.actions import carry_over
from tiepdan.scheduling.models import Appointment
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings import disk, queries, rules
from tiepdan.sittings.actions.events import append, locked, require_open
from tiepdan.sittings.actions.rooms import close_room, open_room, start_turn
from tiepdan.sittings.models import MediaRoom, Sitting, Visit
from tiepdan.sittings.permissions import require_one
from tiepdan.sittings.states import (
    SITTING_TRANSITIONS,
    VISIT_TRANSITIONS,
    RefusalGround,
    SittingState,
    VisitState,
)

NOT_HEARD = "Hết giờ, chuyển kỳ sau, giữ nguyên thứ tự"


@transaction.atomic
def open_sitting(
    *, sitting: Sitting, by: User, at: datetime | None = None, free_bytes: int | None = None
) -> Sitting:
    """Open the sitting in the plenary, every held seat admitted (khai mạc).

    `free_bytes`: free disk space, measured when not given. Raises RuleRefusedError when the hub
    has no camera open or the recordings would not fit.
    """
    at = at or clock.now()
    sitting = _conducted(sitting, by)
    _step(sitting, "open")
    _require_hub(sitting)
    _require_space(sitting, free_bytes)
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
    free_bytes: int | None = None,
) -> Visit:
    """Call a citizen, the next one unless one is named: a turn with a room of its own.

    The room before is closed first: nobody else hears the case. Raises RuleRefusedError with what
    is missing: nobody waits, a turn goes on, papers unchecked, no consent, site not connected, or
    too little disk space.
    """
    at = at or clock.now()
    sitting = _conducted(sitting, by)
    require_open(sitting)
    _require_no_turn(sitting)
    appointment = _waiting(sitting, appointment)
    refusal = queries.why_not_callable(sitting, appointment)
    if refusal:
        raise refusal
    _require_space(sitting, free_bytes)
    note_heard(filing=appointment.filing, at=at)
    close_room(_open_room(sitting), at)
    visit = _new_visit(sitting, appointment, at)
    append(
        sitting,
        "called",
        at=at,
        visit=str(visit.pk),
        number=visit.number,
        site=appointment.booking.site.code,
        title=rules.title(visit.number),
    )
    open_room(sitting, visit, at)
    audit.record(verb="call_visit", on=visit, by=by, at=at, detail={"number": visit.number})
    return visit


@transaction.atomic
def start_unrecorded(*, visit: Visit, reason: str, by: User, at: datetime | None = None) -> Visit:
    """The chair lets a turn start although its recording is not proven (law.md 6.7 no. 1).

    Raises RuleRefusedError without a reason, or when the turn has started or ended.
    """
    at = at or clock.now()
    sitting, visit = _locked(visit, by)
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
    sitting, visit = _locked(visit, by)
    if visit.state == VisitState.CALLED and visit.started_at is None:
        raise RuleRefusedError(
            "turn_not_started", "Lượt này chưa bắt đầu: hãy chờ ghi hình, hoặc ghi vắng mặt."
        )
    _finish(sitting, visit, "end", at)
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
        sitting = _conducted(sitting, by)
        require_open(sitting)
        _require_no_turn(sitting)
        visit = _new_visit(sitting, _waiting(sitting, appointment), at)
    else:
        sitting, visit = _locked(visit, by)
    if visit.started_at:
        raise RuleRefusedError("turn_started", "Lượt đã bắt đầu, không ghi vắng mặt được nữa.")
    note_heard(filing=visit.appointment.filing, at=None)
    _finish(sitting, visit, "absent", at)
    append(sitting, "absent", at=at, visit=str(visit.pk), number=visit.number)
    audit.record(verb="mark_absent", on=visit, by=by, at=at, detail={"number": visit.number})
    return visit


@transaction.atomic
def refuse_visit(
    *, visit: Visit, ground: str, reason: str, by: User, at: datetime | None = None
) -> Visit:
    """Refuse to receive a citizen who was called (từ chối tiếp).

    Raises RuleRefusedError without a reason, and for ground 3 by anybody but the head (Luật Tiếp
    công dân, Điều 9; law.md 6.7 no. 4).
    """
    at = at or clock.now()
    sitting, visit = _locked(visit, by)
    article = "Luật Tiếp công dân, Điều 9"
    if ground not in RefusalGround.values or not reason.strip():
        raise RuleRefusedError("reason_missing", "Hãy chọn căn cứ và ghi lý do.", article)
    if ground == RefusalGround.SETTLED and by.pk != sitting.reception.chair_id:
        raise RuleRefusedError(
            "head_only", "Từ chối theo khoản 3 chỉ do người đứng đầu quyết định.", article
        )
    visit.refusal_ground, visit.refusal_reason = ground, reason
    _finish(sitting, visit, "refuse", at)
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
    sitting = _conducted(sitting, by)
    require_open(sitting)
    _require_no_turn(sitting)
    if _open_room(sitting):
        raise RuleRefusedError("in_plenary", "Buổi tiếp đang ở phiên chung.")
    open_room(sitting, None, at)
    append(sitting, "plenary", at=at)
    audit.record(verb="return_to_plenary", on=sitting, by=by, at=at)
    return sitting


@transaction.atomic
def pause_sitting(
    *, sitting: Sitting, reason: str, by: User, at: datetime | None = None
) -> Sitting:
    """Pause; the recording runs on and says why nobody speaks. Raises without a reason."""
    at = at or clock.now()
    if not reason.strip():
        raise RuleRefusedError("reason_missing", "Hãy ghi lý do tạm dừng.")
    sitting = _conducted(sitting, by)
    _step(sitting, "pause")
    sitting.save(update_fields=["state"])
    append(sitting, "paused", at=at, reason=reason)
    audit.record(verb="pause_sitting", on=sitting, by=by, at=at, detail={"reason": reason})
    return sitting


@transaction.atomic
def resume_sitting(
    *, sitting: Sitting, reason: str = "", by: User, at: datetime | None = None
) -> Sitting:
    """Go on after a pause."""
    at = at or clock.now()
    sitting = _conducted(sitting, by)
    _step(sitting, "resume")
    sitting.save(update_fields=["state"])
    append(sitting, "resumed", at=at)
    audit.record(verb="resume_sitting", on=sitting, by=by, at=at, detail={"reason": reason})
    return sitting


@transaction.atomic
def close_sitting(*, sitting: Sitting, by: User, at: datetime | None = None) -> Sitting:
    """Close the sitting; whoever was not heard keeps their place for the next (chuyển kỳ sau).

    Raises RuleRefusedError while a turn goes on.
    """
    at = at or clock.now()
    sitting = _conducted(sitting, by)
    _require_no_turn(sitting)
    _step(sitting, "close")
    close_room(_open_room(sitting), at)
    for appointment in list(queries.queue(sitting)):
        carry_over(appointment=appointment, reason=NOT_HEARD, by=by, at=at)
    sitting.closed_at = at
    sitting.save(update_fields=["state", "closed_at"])
    append(sitting, "closed", at=at)
    audit.record(verb="close_sitting", on=sitting, by=by, at=at)
    return sitting


def _step(sitting: Sitting, event: str) -> None:
    sitting.state = follow(SITTING_TRANSITIONS, SittingState(sitting.state), event)


def _conducted(sitting: Sitting, by: User) -> Sitting:
    """The locked sitting; refuses anybody but who conducts it."""
    sitting = locked(sitting)
    require_one(by, sitting, Ability.CONDUCT)
    return sitting


def _locked(visit: Visit, by: User) -> tuple[Sitting, Visit]:
    sitting = _conducted(visit.sitting, by)
    visit = Visit.objects.select_related("appointment__booking").get(pk=visit.pk)
    visit.sitting = sitting
    return sitting, visit


def _open_room(sitting: Sitting) -> MediaRoom | None:
    room = queries.open_room(sitting)
    if room:
        room.sitting = sitting
    return room


def _new_visit(sitting: Sitting, appointment: Appointment, at: datetime) -> Visit:
    return Visit.objects.create(
        sitting=sitting, appointment=appointment, number=appointment.order, called_at=at
    )


def _finish(sitting: Sitting, visit: Visit, event: str, at: datetime) -> None:
    visit.state = follow(VISIT_TRANSITIONS, VisitState(visit.state), event)
    visit.ended_at = at
    visit.save()
    room = _open_room(sitting)
    if room and room.visit_id == visit.pk:
        close_room(room, at)


def _waiting(sitting: Sitting, appointment: Appointment | None) -> Appointment:
    """The named citizen, or the next one, as they are now; refuses when nobody waits."""
    rows = queries.queue(sitting)
    found = rows.first() if appointment is None else rows.filter(pk=appointment.pk).first()
    if found is None:
        if appointment is None:
            raise RuleRefusedError("nobody_waiting", "Không còn công dân nào chờ.")
        raise RuleRefusedError("nobody_waiting", "Công dân này không chờ.")
    return found


def _require_no_turn(sitting: Sitting) -> None:
    visit = queries.running_visit(sitting)
    if visit:
        raise RuleRefusedError("turn_running", "Lượt {number} chưa kết thúc.", number=visit.number)


def _require_hub(sitting: Sitting) -> None:
    hub = sitting.seats.filter(booking__role=SiteRole.HUB)
    if not hub.exclude(session_key="").exists():
        raise queries.hub_not_connected()


def _require_space(sitting: Sitting, free_bytes: int | None) -> None:
    day = sitting.reception.starts_at.astimezone(clock.VIETNAM).date()
    minutes = rulebook.number("minutes_per_turn", day)
    needed = rules.space_needed(queries.queue(sitting).count(), minutes)
    free = disk.free_bytes() if free_bytes is None else free_bytes
    if free < needed:
        raise RuleRefusedError(
            "disk_full",
            "Ổ đĩa ghi hình chỉ còn {free} MB, cần ít nhất {needed} MB. "
            "Hãy báo kỹ thuật viên giải phóng chỗ rồi làm lại; chưa có gì bị mất.",
            free=free // 10**6,
            needed=needed // 10**6,
        )
