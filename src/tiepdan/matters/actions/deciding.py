"""The chairman's word, and the citizen's who takes a filing back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.deadlines import end_deadlines
from tiepdan.matters.actions.noticing import counter_of
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.checks import check_decidable
from tiepdan.matters.letters import issue_reply
from tiepdan.matters.models import (
    Decision,
    Disposition,
    Filing,
    Notice,
    Withdrawal,
)
from tiepdan.matters.notice_letters import issue_withdrawal_record
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    DeadlineChangeKind,
    DeadlineKind,
    FilingState,
    NoticeKind,
    Verdict,
)


@transaction.atomic
def decide(
    *,
    disposition: Disposition,
    verdict: Verdict,
    by: User,
    reason: str = "",
    at: datetime | None = None,
) -> Decision:
    """The chairman's yes or no to one proposed filing (duyệt).

    A no needs a reason, which the citizen gets in writing at once: whoever registered and is not
    received is answered (QĐ 2193/QĐ-UBND, mục V.1.1), which meets the limit of a complaint (Luật
    Khiếu nại, Điều 27). Raises RuleRefusedError for anybody else,
    for what was not proposed, was withdrawn, or is decided already.
    """
    at = at or clock.now()
    filing = locked(disposition.filing)
    allow(permissions.can_decide(by, filing))
    fresh = Disposition.objects.select_for_update().get(pk=disposition.pk)
    check_decidable(fresh, filing)
    if verdict == Verdict.REFUSED:
        fresh.reply = issue_reply(filing=filing, reasons=[reason], guidance=[], by=by, at=at)
        fresh.save(update_fields=["reply"])
        end_deadlines(
            filing=filing, kinds=(DeadlineKind.ACCEPT_COMPLAINT,), how=DeadlineChangeKind.MET,
            reason=f"Trả lời bằng văn bản số {fresh.reply.number_text}", by=by, at=at,
        )  # fmt: skip
    decision = Decision.objects.create(
        disposition=fresh, verdict=verdict, reason=reason.strip(), at=at, by=by
    )
    record(verb="decide", on=filing, by=by, at=at, detail={"verdict": verdict})
    return decision


@transaction.atomic
def withdraw_filing(*, filing: Filing, reason: str, by: User, at: datetime | None = None) -> Filing:
    """Note that the citizen takes the filing back (rút đơn), before being received; in writing.

    Raises RuleRefusedError once the chairman has called the citizen in.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_record_consent(by, fresh))
    if fresh.heard_at:
        raise RuleRefusedError("heard", "Công dân đã được gọi vào lượt, không rút đơn được nữa.")
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "withdraw")
    reason = rules.needs_text("reason", reason, _("Hãy ghi lý do rút đơn."))
    Withdrawal.objects.create(filing=fresh, reason=reason, at=at, by=by)
    paper = issue_withdrawal_record(
        filing=fresh, reason=reason, issuer=counter_of(by), by=by, at=at
    )
    Notice.objects.create(
        filing=fresh, kind=NoticeKind.WITHDRAWN, reason=reason, paper=paper, at=at, by=by
    )
    fresh.save(update_fields=["state"])
    end_deadlines(
        filing=fresh,
        kinds=tuple(DeadlineKind),
        how=DeadlineChangeKind.DROPPED,
        reason="Công dân rút đơn",
        by=by,
        at=at,
    )
    record(verb="withdraw_filing", on=fresh, by=by, at=at, detail={"number": paper.number_text})
    return fresh


@transaction.atomic
def note_heard(*, filing: Filing, at: datetime | None) -> Filing:
    """The chairman calls the citizen in; with no time, the citizen was not there after all.

    An act of the sitting, which logs it. Raises RuleRefusedError when the citizen has just taken
    the filing back.
    """
    fresh = locked(filing)
    if at and fresh.state == FilingState.WITHDRAWN:
        raise RuleRefusedError("withdrawn", "Công dân đã rút đề nghị này.")
    fresh.heard_at = at
    fresh.save(update_fields=["heard_at"])
    return fresh
