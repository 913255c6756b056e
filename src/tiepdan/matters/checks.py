"""What must hold before the board proposes a filing and the chairman decides it.

Each raises RuleRefusedError.
"""

from datetime import datetime

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import rules
from tiepdan.matters.models import Decision, Disposition, Filing
from tiepdan.matters.queries import facts_of, has_consent, latest_classification
from tiepdan.matters.states import FilingKind, FilingState, Outcome, ReceptionForm
from tiepdan.org import rulebook


def check_proposal(filing: Filing, form: ReceptionForm, at: datetime) -> None:
    """Refuse to propose what the chairman may not settle, or online what may not be online."""
    classification = latest_classification(filing)
    refusal = rules.why_not(Outcome.PROPOSED, facts_of(filing))
    if refusal:
        raise refusal
    if form == ReceptionForm.ONLINE:
        if not classification.online_ground:
            raise RuleRefusedError(
                "online_ground",
                "Hãy ghi căn cứ tiếp trực tuyến khi phân loại (một trong sáu trường hợp).",
                "QĐ 748/QĐ-TTCP, Điều 4",
            )
        on = clock.day_of(at)
        refusal = rules.may_be_online(
            FilingKind(classification.kind),
            consent=has_consent(filing),
            denunciation_allowed=rulebook.flag("denunciation_online", on),
            consent_needed=rulebook.flag("online_needs_consent", on),
        )
        if refusal:
            raise refusal


def check_decidable(disposition: Disposition, filing: Filing) -> None:
    """Refuse to decide what was withdrawn, not proposed, or is decided already."""
    if filing.state == FilingState.WITHDRAWN:
        raise RuleRefusedError("withdrawn", "Công dân đã rút đề nghị này.")
    if disposition.outcome != Outcome.PROPOSED:
        raise RuleRefusedError("not_proposed", "Vụ việc này không được đề xuất tiếp.")
    if Decision.objects.filter(disposition=disposition).exists():
        raise RuleRefusedError("decided", "Vụ việc này đã được quyết định.")
