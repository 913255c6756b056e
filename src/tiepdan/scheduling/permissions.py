"""Who may plan and change receptions."""

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can
from tiepdan.org.models import Agency
from tiepdan.scheduling.models import Appointment, Reception


def can_plan(user: User, reception: Reception) -> bool:
    """Place, publish, invite, cancel: the reception board."""
    return can(user, Ability.PLAN, reception.agency)


def can_carry_over(user: User, appointment: Appointment) -> bool:
    """Before the sitting the board, in the sitting whoever conducts it or keeps its minutes."""
    abilities = (Ability.PLAN, Ability.CONDUCT, Ability.WRITE_MINUTES)
    return any(can(user, ability, appointment.reception.agency) for ability in abilities)


def may_chair(user: User, agency: Agency) -> bool:
    """Whether the user can be named chair of a reception of that body."""
    return can(user, Ability.CONDUCT, agency)


def may_keep_minutes(user: User, agency: Agency) -> bool:
    """Whether the user can be named secretary of a reception of that body."""
    return can(user, Ability.WRITE_MINUTES, agency)
