"""Those who telephoned or wrote an e-mail: written down, guided, led to their filing."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_noop

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.shared import allow
from tiepdan.matters.models import Filing, Lead
from tiepdan.matters.states import LeadChannel
from tiepdan.org.models import Agency


@transaction.atomic
def record_lead(
    *,
    channel: LeadChannel | str,
    full_name: str,
    about: str,
    guidance: str,
    agency: Agency,
    by: User,
    phone: str = "",
    email: str = "",
    at: datetime | None = None,
) -> Lead:
    """Write down who asked and what they were told to do (QĐ 2193/QĐ-UBND, mục III.3.1a).

    A lead is no filing: it has no code, no receipt, and counts in no report. Raises NotValidError
    for details that cannot be, RuleRefusedError when `by` may not take in filings there.
    """
    require(by, Ability.REGISTER, agency)
    at = at or clock.now()
    phone, email = rules.validate_phone(phone), email.strip()
    rules.check_reachable(channel, phone, email)
    lead = Lead.objects.create(
        channel=channel,
        full_name=rules.validate_name(full_name),
        phone=phone,
        email=_checked(email),
        about=rules.needs_text("about", about, gettext_noop("Hãy ghi họ hỏi về việc gì.")),
        guidance=rules.needs_text("guidance", guidance, gettext_noop("Hãy ghi đã hướng dẫn gì.")),
        agency=agency,
        at=at,
        by=by,
    )
    record(verb="record_lead", on=lead, by=by, at=at, detail={"channel": lead.channel})
    return lead


@transaction.atomic
def link_lead(*, lead: Lead, filing: Filing, by: User, at: datetime | None = None) -> Lead:
    """Note that the filing a lead was guided to has come.

    The same filing again changes nothing. Raises RuleRefusedError when the lead has another one,
    or when `by` may not see both.
    """
    at = at or clock.now()
    fresh = Lead.objects.select_for_update(of=("self",)).select_related("agency").get(pk=lead.pk)
    allow(permissions.can_see_lead(by, fresh) and permissions.can_see(by, filing))
    if fresh.filing_id == filing.pk:
        return fresh
    if fresh.filing_id:
        raise RuleRefusedError("linked", "Đầu mối này đã nối với một đơn khác.")
    fresh.filing = filing
    fresh.save(update_fields=["filing"])
    record(verb="link_lead", on=fresh, by=by, at=at, detail={"filing": str(filing.pk)})
    return fresh


def _checked(email: str) -> str:
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise rules.NotValidError("email", "Địa chỉ thư điện tử này chưa đúng.") from None
    return email
