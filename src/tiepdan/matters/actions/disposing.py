"""What the board does with a filing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import follow
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.deadlines import after_outcome
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.checks import check_proposal
from tiepdan.matters.letters import issue_reply
from tiepdan.matters.models import (
    Disposition,
    Filing,
)
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    FilingState,
    Outcome,
    ReceptionForm,
)


@transaction.atomic
def propose_filing(
    *, filing: Filing, form: ReceptionForm, reason: str, by: User, at: datetime | None = None
) -> Disposition:
    """Propose that the chairman receives the citizen, in person or online (đề xuất).

    Only what he may settle or direct (QĐ 2193/QĐ-UBND, mục III.3.1b); online only with the
    citizen's consent and no denunciation. Raises RuleRefusedError.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_dispose(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "dispose")
    check_proposal(fresh, form, at)
    disposition = Disposition.objects.create(
        filing=fresh,
        outcome=Outcome.PROPOSED,
        form=form,
        reason=rules.needs_text("reason", reason, _("Hãy nêu lý do đề xuất.")),
        at=at,
        by=by,
    )
    fresh.save(update_fields=["state"])
    after_outcome(filing=fresh, outcome=Outcome.PROPOSED, agency=None, by=by, at=at)
    record(verb="propose_filing", on=fresh, by=by, at=at, detail={"form": form})
    return disposition


@transaction.atomic
def decline_filing(
    *,
    filing: Filing,
    reasons: Sequence[str],
    guidance: Sequence[str],
    by: User,
    at: datetime | None = None,
) -> Disposition:
    """Do not propose it, and issue the written, reasoned reply in the same act.

    There is no way to decline without the letter (QĐ 2193/QĐ-UBND, mục III.3.1b). Raises
    RuleRefusedError without a reason.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_dispose(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "dispose")
    reply = issue_reply(filing=fresh, reasons=reasons, guidance=guidance, by=by, at=at)
    disposition = Disposition.objects.create(
        filing=fresh,
        outcome=Outcome.DECLINED,
        reason="\n".join(reasons).strip(),
        reply=reply,
        at=at,
        by=by,
    )
    fresh.save(update_fields=["state"])
    after_outcome(filing=fresh, outcome=Outcome.DECLINED, agency=None, by=by, at=at)
    record(verb="decline_filing", on=fresh, by=by, at=at, detail={"reply": reply.number_text})
    return disposition
