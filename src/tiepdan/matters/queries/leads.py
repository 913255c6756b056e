"""Reading leads."""

from django.db.models import QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import ABILITIES, Ability
from tiepdan.matters.models import Lead


def leads_for(user: User) -> QuerySet[Lead]:
    """Those the user may see (`permissions.can_see_lead` says the same of one), newest first."""
    found = Lead.objects.select_related("agency", "by", "filing")
    agencies = [
        grant.agency
        for grant in user.grants.select_related("agency")
        if Ability.REGISTER in ABILITIES[grant.role]
    ]
    if not user.is_active:
        return found.none()
    if any(agency.is_province_wide for agency in agencies):
        return found
    return found.filter(agency__in=agencies)
