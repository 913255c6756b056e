"""Reading leads."""

from django.db.models import Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import ABILITIES, Ability, grants_of
from tiepdan.matters import rules
from tiepdan.matters.models import Lead


def leads_for(user: User) -> QuerySet[Lead]:
    """Those the user may see (`permissions.can_see_lead` says the same of one), newest first."""
    found = Lead.objects.select_related("agency", "by", "filing")
    agencies = [
        grant.agency for grant in grants_of(user) if Ability.REGISTER in ABILITIES[grant.role]
    ]
    if not user.is_active:
        return found.none()
    if any(agency.is_province_wide for agency in agencies):
        return found
    return found.filter(agency__in=agencies)


def waiting_leads(user: User, *, full_name: str, phone: str) -> QuerySet[Lead]:
    """Leads without a filing of somebody with this name or telephone number; none without both."""
    same, name = Q(pk=None), rules.normalise_name(full_name)
    if name:
        same |= Q(full_name__iexact=name)
    try:
        digits = rules.validate_phone(phone)
    except rules.NotValidError:
        digits = ""
    if digits:
        same |= Q(phone=digits)
    return leads_for(user).filter(same, filing=None)
