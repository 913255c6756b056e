"""The head takes a complaint or denunciation up (thụ lý): the time for settling it runs."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import permissions
from tiepdan.matters.actions.deadlines import end_deadlines, start_deadline
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.models import Deadline, Filing
from tiepdan.matters.queries import (
    HANDLING,
    SETTLING,
    awaiting_acceptance,
    facts_of,
    latest_classification,
)
from tiepdan.matters.rules import why_not
from tiepdan.matters.states import (
    DeadlineChangeKind,
    DeadlineKind,
    FilingKind,
    Outcome,
    SettledBefore,
)
from tiepdan.org.models import Agency

# Second settlement, remote area, complex matter: Luật Khiếu nại, Điều 28 and 37.
RULES: Mapping[tuple[bool, bool, bool], str] = {
    (False, False, False): "settle_complaint_first_within",
    (False, False, True): "settle_complaint_first_complex_within",
    (False, True, False): "settle_complaint_first_remote_within",
    (False, True, True): "settle_complaint_first_remote_complex_within",
    (True, False, False): "settle_complaint_second_within",
    (True, False, True): "settle_complaint_second_complex_within",
    (True, True, False): "settle_complaint_second_remote_within",
    (True, True, True): "settle_complaint_second_remote_complex_within",
}


@transaction.atomic
def accept_filing(
    *,
    filing: Filing,
    responsible: Agency,
    remote: bool,
    is_complex: bool,
    by: User,
    at: datetime | None = None,
) -> Deadline:
    """The head takes it up and `responsible` settles it (thụ lý giải quyết).

    What was proposed to be taken up, or to be heard while its limit runs: hearing somebody is no
    answer. `remote`: vùng sâu, vùng xa đi lại khó khăn. Raises RuleRefusedError for anything
    else, for anybody but the head, and the second time.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_decide(by, fresh))
    if fresh.deadlines.filter(kind__in=SETTLING).exists():
        raise RuleRefusedError("accepted", "Đơn này đã được thụ lý.")
    if not awaiting_acceptance(Filing.objects.filter(pk=fresh.pk)).exists():
        raise RuleRefusedError("not_proposed", "Đơn này chưa được đề xuất thụ lý.")
    refusal = why_not(Outcome.ACCEPTANCE, facts_of(fresh))
    if refusal:
        raise refusal
    found = latest_classification(fresh)
    if found.kind == FilingKind.DENUNCIATION:
        kind, rule = DeadlineKind.SETTLE_DENUNCIATION, ""
    else:
        second = found.settled_before == SettledBefore.FIRST
        rule = RULES[second, remote, is_complex]
        kind = (
            DeadlineKind.SETTLE_COMPLAINT_SECOND if second else DeadlineKind.SETTLE_COMPLAINT_FIRST
        )
    end_deadlines(
        filing=fresh, kinds=HANDLING, how=DeadlineChangeKind.MET, reason="Thụ lý", by=by, at=at
    )
    deadline = start_deadline(filing=fresh, kind=kind, responsible=responsible, at=at, rule=rule)
    record(verb="accept_filing", on=fresh, by=by, at=at, detail={"rule": deadline.rule})
    return deadline
