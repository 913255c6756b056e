"""Every outcome but the chairman's list: guided, transferred, returned, shelved, refused."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_noop as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.redacting import destroy_files
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.deadlines import after_outcome, end_deadlines
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.handling_letters import KIND_OF, Words, issue_handling, issue_outcome
from tiepdan.matters.models import Destruction, Disposition, Filing
from tiepdan.matters.queries import facts_of
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    DeadlineChangeKind,
    DeadlineKind,
    FilingState,
    Outcome,
    TimeUnit,
)
from tiepdan.org import rulebook
from tiepdan.org.models import Agency
from tiepdan.org.queries import calendar

NEEDS_BODY = frozenset({Outcome.TRANSFERRED})
EVIDENCE = ("decision", "notice", "reception")
"""What a refusal by ground 3 rests on: settlement decision, review notice, earlier reception."""


@transaction.atomic
def handle_filing(
    *,
    filing: Filing,
    outcome: Outcome,
    reasons: Sequence[str],
    by: User,
    guidance: Sequence[str] = (),
    papers: Sequence[str] = (),
    to_agency: Agency | None = None,
    to_body: str = "",
    sender: str = "",
    evidence: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Disposition:
    """Bring a filing to one of the law's outcomes and issue its paper in the same act (xử lý đơn).

    `to_agency` or `to_body`: who is competent. `sender`: the body that passed on what is not
    ours, to which it is returned. `evidence` of a refusal: see EVIDENCE. Raises
    RuleRefusedError with the article for an outcome not admitted for such a filing (TT
    05/2021/TT-TTCP), NotValidError for what is missing.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(outcome in KIND_OF and permissions.can_handle(by, fresh, outcome))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "dispose")
    refusal = rules.why_not(outcome, facts_of(fresh))
    if refusal:
        raise refusal
    body = _competent_body(outcome, to_agency, to_body)
    proof = _evidence(outcome, evidence or {}, sender)
    kept_until = _kept_until(fresh) if outcome == Outcome.SHELVED else None
    rules.needs_text("reasons", " ".join(reasons), _("Hãy nêu lý do xử lý đơn."))
    shown = [*papers, *(proof[name] for name in EVIDENCE if name in proof)]
    words = Words(reasons, guidance, body, shown, kept_until, proof.get("sender", ""))
    disposition = Disposition.objects.create(
        filing=fresh,
        outcome=outcome,
        reason="\n".join(reasons).strip(),
        to_agency=to_agency,
        to_body=body,
        evidence=proof,
        destroy_from=kept_until,
        reply=issue_outcome(filing=fresh, outcome=outcome, words=words, by=by, at=at),
        at=at,
        by=by,
    )
    fresh.save(update_fields=["state"])
    after_outcome(filing=fresh, outcome=outcome, agency=to_agency, by=by, at=at)
    record(verb="handle_filing", on=fresh, by=by, at=at, detail={"outcome": outcome})
    return disposition


@transaction.atomic
def destroy_filing(
    *, disposition: Disposition, reason: str, by: User, at: datetime | None = None
) -> Destruction:
    """The head's decision to destroy a shelved filing; its papers go with it, the rows stay.

    Not before one year (TT 05/2021/TT-TTCP, Điều 28). Raises RuleRefusedError.
    """
    at = at or clock.now()
    filing = locked(disposition.filing)
    allow(permissions.can_destroy(by, filing))
    fresh = Disposition.objects.select_for_update().get(pk=disposition.pk)
    until = fresh.destroy_from
    if fresh.outcome != Outcome.SHELVED or until is None:
        raise RuleRefusedError("not_shelved", "Chỉ tiêu hủy đơn đã lưu.")
    if clock.day_of(at) < until:
        raise RuleRefusedError(
            "kept_one_year",
            "Đơn phải được lưu đến hết ngày {day} mới được tiêu hủy.",
            "TT 05/2021/TT-TTCP, Điều 28",
            day=f"{until:%d/%m/%Y}",
        )
    if Destruction.objects.filter(disposition=fresh).exists():
        raise RuleRefusedError("destroyed", "Đơn này đã có quyết định tiêu hủy.")
    reason = rules.needs_text("reason", reason, _("Hãy ghi lý do tiêu hủy."))
    letter = issue_handling(
        filing=filing,
        kind=DocumentKind.DESTRUCTION,
        to=[],
        words=Words([reason], due_on=until),
        by=by,
        at=at,
    )
    done = Destruction.objects.create(
        disposition=fresh, decision=letter, reason=reason, at=at, by=by
    )
    end_deadlines(
        filing=filing,
        kinds=(DeadlineKind.SHELF,),
        how=DeadlineChangeKind.MET,
        reason=reason,
        by=by,
        at=at,
    )
    names = list(filing.attachments.values_list("stored_name", flat=True))
    transaction.on_commit(partial(destroy_files, names))
    record(verb="destroy_filing", on=filing, by=by, at=at, detail={"papers": len(names)})
    return done


def _competent_body(outcome: Outcome, agency: Agency | None, typed: str) -> str:
    body = agency.name if agency else rules.normalise_name(typed)
    if outcome in NEEDS_BODY and not body:
        raise rules.NotValidError("to_body", _("Hãy ghi cơ quan nhận đơn."))
    return body


def _evidence(outcome: Outcome, told: Mapping[str, str], sender: str) -> dict[str, str]:
    if outcome == Outcome.RETURNED and (sender := rules.normalise_name(sender)):
        return {"sender": sender}
    if outcome != Outcome.REFUSED:
        return {}
    proof = {name: told.get(name, "").strip() for name in EVIDENCE}
    if not all(proof.values()):
        raise rules.NotValidError(
            "evidence",
            _(
                "Từ chối theo khoản 3 cần đủ: quyết định giải quyết, thông báo kết quả rà soát, "
                "và lần đã tiếp, giải thích trước đó."
            ),
            rules.article_of(outcome),
        )
    return proof


def _kept_until(filing: Filing) -> date:
    """The last day of a shelved filing's year; on a day off the next working day."""
    on = clock.day_of(filing.received_at)
    return rules.last_day(on, rulebook.number("shelf_years", on), TimeUnit.YEARS, calendar())
