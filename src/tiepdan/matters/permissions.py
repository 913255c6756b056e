"""Who may do what with a filing."""

from django.contrib.auth.models import AnonymousUser

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import ABILITIES, Ability, can, grants_of
from tiepdan.matters.models import Filing, Lead
from tiepdan.matters.states import Outcome
from tiepdan.org.models import Agency

Viewer = User | AnonymousUser


def can_register(user: Viewer, agency: Agency) -> bool:
    """Take in a filing at that agency."""
    return can(user, Ability.REGISTER, agency)


def can_see(user: Viewer, filing: Filing) -> bool:
    """Read it: province-wide roles all, a commune's those taken in there or of its residents.

    A denunciation only who may see what is protected (Luật Tố cáo 25/2018/QH14, Điều 56).
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    if filing.identity_protected and not can_see_protected(user):
        return False
    return any(
        Ability.SEE_FILINGS in ABILITIES[grant.role]
        and (
            grant.agency.is_province_wide
            or grant.agency_id == filing.received_at_agency_id
            or grant.agency.unit_id == filing.petitioner.commune_id
        )
        for grant in grants_of(user)
    )


def can_see_protected(user: Viewer) -> bool:
    """Read denunciations: the board's officers and head, and the chairman."""
    return can(user, Ability.SEE_PROTECTED)


def can_seal(user: Viewer, filing: Filing) -> bool:
    """Let the identity of a denunciation leave the system: who classified it sees it too."""
    return can_classify(user, filing) and can_see_protected(user)


def can_record_consent(user: Viewer, filing: Filing) -> bool:
    """Note the citizen's yes or no: whoever may take in filings and sees this one."""
    return can(user, Ability.REGISTER) and can_see(user, filing)


def can_classify(user: Viewer, filing: Filing) -> bool:
    """Say what kind of filing it is."""
    return can(user, Ability.CLASSIFY, filing.received_at_agency)


def can_dispose(user: Viewer, filing: Filing) -> bool:
    """Propose it, or answer with reasons."""
    return can(user, Ability.PROPOSE, filing.received_at_agency)


def can_handle(user: Viewer, filing: Filing, outcome: Outcome) -> bool:
    """Bring about this outcome: shelving is for the board's head, refusing for the head alone."""
    needed = {Outcome.SHELVED: Ability.SHELVE, Outcome.REFUSED: Ability.REFUSE}
    return can(user, needed.get(outcome, Ability.PROPOSE), filing.received_at_agency)


def can_destroy(user: Viewer, filing: Filing) -> bool:
    """Decide that a shelved filing is destroyed (người đứng đầu)."""
    return can(user, Ability.REFUSE, filing.received_at_agency)


def can_decide(user: Viewer, filing: Filing) -> bool:
    """Say the chairman's yes or no."""
    return can(user, Ability.DECIDE, filing.received_at_agency)


def can_see_lead(user: Viewer, lead: Lead) -> bool:
    """Read who telephoned or wrote, and go on with it: whoever takes in filings there."""
    return can(user, Ability.REGISTER, lead.agency)
