"""The only writer of deadlines: base, suspension, extension, each with its reason (thời hạn)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.shared import allow
from tiepdan.matters.handling_letters import issue_urging_letter
from tiepdan.matters.models import Deadline, DeadlineChange, Filing, Urging
from tiepdan.matters.queries import HANDLING, SETTLING
from tiepdan.matters.states import (
    Competence,
    DeadlineChangeKind,
    DeadlineKind,
    FilingKind,
    Outcome,
    TimeUnit,
)
from tiepdan.org import rulebook
from tiepdan.org.models import Agency
from tiepdan.org.queries import calendar, reception_board

RULES: Mapping[DeadlineKind, str] = {
    DeadlineKind.REPLY: "reasoned_reply_within",
    DeadlineKind.ACCEPT_COMPLAINT: "accept_complaint_within",
    DeadlineKind.HANDLE_DENUNCIATION: "handle_denunciation_within",
    DeadlineKind.TRANSFER_DENUNCIATION: "transfer_denunciation_within",
    DeadlineKind.SETTLE_COMPLAINT_FIRST: "settle_complaint_first_within",
    DeadlineKind.SETTLE_COMPLAINT_SECOND: "settle_complaint_second_within",
    DeadlineKind.SETTLE_DENUNCIATION: "settle_denunciation_within",
    DeadlineKind.ANSWER_TRANSFER: "answer_transfer_within",
    DeadlineKind.SHELF: "shelf_years",
}
"""The rule that says how long each kind runs."""
ENDED_BY_HAND = (*HANDLING, *SETTLING, DeadlineKind.ANSWER_TRANSFER)
"""What an official says is done: the answer arrived, the decision was made."""


@transaction.atomic
def start_deadline(
    *,
    filing: Filing,
    kind: DeadlineKind,
    responsible: Agency,
    at: datetime,
    rule: str = "",
) -> Deadline:
    """Let a limit run from that day on; one of the kind that runs already is kept.

    Part of the act that starts it, which is logged.
    `rule`: another key than the kind's own, for what is complex or remote (Luật Khiếu nại, Điều
    28 and 37).
    """
    running = filing.deadlines.filter(kind=kind, ended_on=None).first()
    if running:
        return running
    key, on = rule or RULES[kind], clock.day_of(at)
    found = rulebook.rule(key, on)
    amount, unit = rulebook.number(key, on), rules.unit_of(found.unit)
    return Deadline.objects.create(
        filing=filing,
        kind=kind,
        rule=key,
        amount=amount,
        unit=unit,
        started_on=on,
        due_on=rules.last_day(on, amount, unit, calendar()),
        responsible=responsible,
    )


@transaction.atomic
def suspend_deadline(
    *, deadline: Deadline, reason: str, by: User, at: datetime | None = None
) -> Deadline:
    """Let it stand still from that day on (tạm dừng). Raises RuleRefusedError when it does."""
    at = at or clock.now()
    fresh = _running(deadline, by)
    if fresh.suspended_on:
        raise RuleRefusedError("suspended", "Thời hạn này đang tạm dừng.")
    fresh.suspended_on = clock.day_of(at)
    return _logged(
        _change(fresh, DeadlineChangeKind.SUSPENDED, fresh.due_on, reason=reason, by=by, at=at),
        by,
        at,
    )


@transaction.atomic
def resume_deadline(
    *, deadline: Deadline, reason: str, by: User, at: datetime | None = None
) -> Deadline:
    """Let it run on: the last day moves by the days it stood still (tiếp tục)."""
    at = at or clock.now()
    fresh = _running(deadline, by)
    if fresh.suspended_on is None:
        raise RuleRefusedError("not_suspended", "Thời hạn này không tạm dừng.")
    due = rules.after_suspension(
        fresh.due_on, fresh.suspended_on, clock.day_of(at), TimeUnit(fresh.unit), calendar()
    )
    fresh.suspended_on = None
    return _logged(
        _change(fresh, DeadlineChangeKind.RESUMED, due, reason=reason, by=by, at=at), by, at
    )


@transaction.atomic
def extend_deadline(
    *, deadline: Deadline, amount: int, reason: str, by: User, at: datetime | None = None
) -> Deadline:
    """Give more time, in the deadline's own unit (gia hạn). Raises RuleRefusedError.

    The settlement of a denunciation is extended twice by 30 days at most (Luật Tố cáo, Điều 30).
    Whether the time is counted from a last day that was a day off, or from the working day it
    moved to, is open: the rule `extension_counts_from` says.
    """
    at = at or clock.now()
    fresh = _running(deadline, by)
    if fresh.suspended_on:
        raise RuleRefusedError("suspended", "Hãy cho tiếp tục trước khi gia hạn.")
    changes = list(fresh.changes.all())
    _check_extension(fresh, changes, amount, clock.day_of(at))
    start = _extended_from(fresh, changes, clock.day_of(at))
    due = rules.after_extension(start, amount, TimeUnit(fresh.unit), calendar())
    return _logged(
        _change(
            fresh, DeadlineChangeKind.EXTENDED, due, reason=reason, by=by, at=at, amount=amount
        ),
        by,
        at,
    )


@transaction.atomic
def close_deadline(
    *,
    deadline: Deadline,
    how: DeadlineChangeKind,
    reason: str,
    by: User,
    at: datetime | None = None,
) -> Deadline:
    """Say by hand that it was done (MET) or is no longer asked (DROPPED), and why.

    `reason` names the decision or answer. Raises RuleRefusedError for what an act of its own
    meets: the reply to the citizen, the shelf.
    """
    at = at or clock.now()
    fresh = _running(deadline, by)
    if fresh.kind not in ENDED_BY_HAND:
        raise RuleRefusedError("not_by_hand", "Thời hạn này kết thúc khi việc được xử lý.")
    fresh.ended_on = clock.day_of(at)
    return _logged(_change(fresh, how, fresh.due_on, reason=reason, by=by, at=at), by, at)


@transaction.atomic
def end_deadlines(
    *,
    filing: Filing,
    kinds: tuple[DeadlineKind, ...],
    how: DeadlineChangeKind,
    reason: str,
    by: User | None,
    at: datetime,
) -> list[Deadline]:
    """What had to be done is done, or no longer asked: running limits of these kinds end."""
    running = Deadline.objects.select_for_update().filter(
        filing=filing, kind__in=kinds, ended_on=None
    )
    ended = []
    for deadline in running:
        deadline.ended_on = clock.day_of(at)
        ended.append(_change(deadline, how, deadline.due_on, reason=reason, by=by, at=at))
    return ended


@transaction.atomic
def urge(*, deadline: Deadline, by: User, at: datetime | None = None) -> Urging:
    """Urge the overdue body in writing (đôn đốc; TT 04/2021/TT-TTCP, Mẫu 09).

    Raises RuleRefusedError before the last day has passed.
    """
    at = at or clock.now()
    fresh = _running(deadline, by)
    if clock.day_of(at) <= fresh.due_on or fresh.suspended_on:
        raise RuleRefusedError("not_overdue", "Chỉ đôn đốc khi đã quá thời hạn.")
    last = fresh.urgings.aggregate(last=Max("number"))["last"] or 0
    letter = issue_urging_letter(
        filing=fresh.filing, body=fresh.responsible, due_on=fresh.due_on, number=last + 1, by=by,
        at=at,
    )  # fmt: skip
    urging = Urging.objects.create(deadline=fresh, number=last + 1, letter=letter, at=at, by=by)
    record(verb="urge", on=fresh.filing, by=by, at=at, detail={"number": urging.number})
    return urging


def after_classification(
    *, filing: Filing, kind: FilingKind, competence: Competence, by: User, at: datetime
) -> None:
    """Let run what the law asks of such a filing; what it asked before falls away.

    A complaint of ours is accepted or answered in ten days (Luật Khiếu nại, Điều 27), a
    denunciation handled in seven working days or transferred in five (Luật Tố cáo, Điều 24).
    """
    wanted: DeadlineKind | None = None
    ours = competence == Competence.OWN
    if kind == FilingKind.COMPLAINT and ours:
        wanted = DeadlineKind.ACCEPT_COMPLAINT
    elif kind == FilingKind.DENUNCIATION:
        wanted = DeadlineKind.HANDLE_DENUNCIATION if ours else DeadlineKind.TRANSFER_DENUNCIATION
    end_deadlines(
        filing=filing,
        kinds=tuple(one for one in HANDLING if one != wanted),
        how=DeadlineChangeKind.DROPPED,
        reason="Phân loại lại",
        by=by,
        at=at,
    )
    if wanted:
        start_deadline(
            filing=filing, kind=wanted, responsible=reception_board(), at=filing.received_at
        )


def after_outcome(
    *, filing: Filing, outcome: Outcome, agency: Agency | None, by: User, at: datetime
) -> None:
    """The outcome meets what ran on the filing, and lets run what follows from it."""
    reason = str(Outcome(outcome).label)
    told: dict[str, Any] = {"filing": filing, "reason": reason, "by": by, "at": at}
    still_asked = outcome in {Outcome.PROPOSED, Outcome.ACCEPTANCE}  # only the head takes up
    met = (DeadlineKind.REPLY,) if still_asked else (DeadlineKind.REPLY, *HANDLING)
    end_deadlines(kinds=met, how=DeadlineChangeKind.MET, **told)
    if outcome == Outcome.TRANSFERRED and agency:
        start_deadline(filing=filing, kind=DeadlineKind.ANSWER_TRANSFER, responsible=agency, at=at)
    if outcome == Outcome.SHELVED:
        board = reception_board()
        start_deadline(
            filing=filing, kind=DeadlineKind.SHELF, responsible=board, at=filing.received_at
        )


def _check_extension(
    deadline: Deadline, changes: list[DeadlineChange], amount: int, on: date
) -> None:
    if deadline.kind != DeadlineKind.SETTLE_DENUNCIATION:
        return
    most = rulebook.rule("denunciation_extension", on)
    times = rulebook.number("denunciation_extensions", on)
    if amount > rulebook.number(most.key, on):
        raise RuleRefusedError(
            "amount", "Mỗi lần gia hạn không quá {most} ngày.", most.article, most=most.value
        )
    if sum(change.kind == DeadlineChangeKind.EXTENDED for change in changes) >= times:
        raise RuleRefusedError(
            "amount", "Giải quyết tố cáo chỉ được gia hạn {times} lần.", most.article, times=times
        )


def _extended_from(deadline: Deadline, changes: list[DeadlineChange], on: date) -> date:
    moved = rulebook.text("extension_counts_from", on) == "moved_day"
    if moved or deadline.unit != TimeUnit.CALENDAR_DAYS:
        return deadline.due_on
    rows = ((change.kind, change.on, change.amount) for change in changes)
    return rules.unmoved_day(deadline.started_on, deadline.amount, rows)


def _running(deadline: Deadline, by: User) -> Deadline:
    fresh = (
        Deadline.objects.select_for_update(of=("self",))
        .select_related("filing__petitioner__commune", "filing__received_at_agency", "responsible")
        .get(pk=deadline.pk)
    )
    allow(permissions.can_dispose(by, fresh.filing))
    if fresh.ended_on:
        raise RuleRefusedError("deadline_over", "Thời hạn này đã kết thúc.")
    return fresh


def _change(
    deadline: Deadline,
    kind: DeadlineChangeKind,
    due: date,
    *,
    reason: str,
    by: User | None,
    at: datetime,
    amount: int = 0,
) -> Deadline:
    reason = rules.needs_text("reason", reason, _("Hãy ghi lý do thay đổi thời hạn."))
    DeadlineChange.objects.create(
        deadline=deadline,
        kind=kind,
        on=clock.day_of(at),
        amount=amount,
        due_before=deadline.due_on,
        due_after=due,
        reason=reason,
        at=at,
        by=by,
    )
    deadline.due_on = due
    deadline.save(update_fields=["due_on", "suspended_on", "ended_on"])
    return deadline


def _logged(deadline: Deadline, by: User, at: datetime) -> Deadline:
    """An act of its own: it stands in the log of the filing."""
    detail = {"kind": deadline.kind, "due_on": deadline.due_on.isoformat()}
    record(verb="change_deadline", on=deadline.filing, by=by, at=at, detail=detail)
    return deadline
