"""Who may see and freeze figures."""

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can
from tiepdan.org.models import Agency


def can_freeze(user: User, agency: Agency) -> bool:
    """See and freeze the body's figures."""
    return can(user, Ability.SEE_REPORT, agency)
