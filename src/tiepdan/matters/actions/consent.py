"""The citizen's yes or no to the online form."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.models import (
    Consent,
    Filing,
)
from tiepdan.matters.states import (
    FilingState,
)


@transaction.atomic
def record_consent(
    *, filing: Filing, given: bool, manner: str, by: User, at: datetime | None = None
) -> Consent:
    """Note the citizen's yes or no to the online form; it may change until the turn starts.

    Raises RuleRefusedError for a withdrawn filing, or when `by` has nothing to do with it.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_record_consent(by, fresh))
    if fresh.state == FilingState.WITHDRAWN:
        raise RuleRefusedError("withdrawn", "Công dân đã rút đề nghị này.")
    manner = rules.needs_text("manner", manner, _("Hãy ghi công dân đồng ý bằng cách nào."))
    consent = Consent.objects.create(
        filing=fresh, given=given, manner=manner, at=at, recorded_by=by
    )
    record(verb="record_consent", on=fresh, by=by, at=at, detail={"given": given})
    return consent
