"""Who may do what in one sitting: the table of `sittings.roles`, asked for a person."""

from django.contrib.auth.models import AnonymousUser

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import SittingRole

DUTIES = {
    Ability.CONDUCT: SittingRole.CHAIR,
    Ability.WRITE_MINUTES: SittingRole.SECRETARY,
    Ability.OPERATE: SittingRole.OPERATOR,
}
"""Roles that come with a duty in the agency that receives."""

Person = User | AnonymousUser


def may(user: Person, act: Act, sitting: Sitting, seat: Seat | None = None) -> bool:
    """Whether the person may do it, about `seat` when one is given (`roles.TABLE`)."""
    everywhere = {cell(role, act) for role in duties_of(user, sitting)}
    if Cell.YES in everywhere:
        return True
    return seat is not None and any(cell(role, act) for role in roles_at(user, seat))


def duties_of(user: Person, sitting: Sitting) -> set[SittingRole]:
    """What the person is in the whole sitting, wherever they sit."""
    agency = sitting.reception.agency
    return {role for ability, role in DUTIES.items() if can(user, ability, agency)}


def roles_at(user: Person, seat: Seat) -> set[SittingRole]:
    """What the person is at one seat: chair and secretary at the hub, its clerk at a site."""
    found = set()
    if seat.is_hub:
        found |= duties_of(user, seat.sitting) & {SittingRole.CHAIR, SittingRole.SECRETARY}
    if can(user, Ability.CHECK_IDENTITY, seat.booking.site.agency):
        found.add(SittingRole.COMMUNE_CLERK)
    return found


def takes_part(user: Person, sitting: Sitting) -> bool:
    """Whoever runs the sitting, or has a part at one of its seats."""
    seats = sitting.seats.select_related("booking__site__agency")
    return bool(duties_of(user, sitting)) or any(roles_at(user, seat) for seat in seats)


def require_may(user: User, act: Act, sitting: Sitting, seat: Seat | None = None) -> None:
    """Raise RuleRefusedError unless the person may do it."""
    require(may(user, act, sitting, seat))


def require(allowed: bool) -> None:
    """Raise RuleRefusedError unless `allowed`."""
    if not allowed:
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")


def can_conduct(user: Person, sitting: Sitting) -> bool:
    """The chair (người chủ trì): opens, calls, ends, concludes, closes."""
    return may(user, Act.RUN, sitting)


def can_write_minutes(user: Person, sitting: Sitting) -> bool:
    """The secretary (thư ký)."""
    return can(user, Ability.WRITE_MINUTES, sitting.reception.agency)


def can_operate(user: Person, sitting: Sitting) -> bool:
    """The operator (kỹ thuật viên): sees every site, puts a page out, lets it in again."""
    return may(user, Act.OPERATE, sitting)


def can_take_seat(user: Person, seat: Seat) -> bool:
    """Whoever opens the camera and microphone of a site (điểm cầu) of theirs."""
    return may(user, Act.OPEN_SEAT, seat.sitting, seat)


def can_check_identity(user: Person, seat: Seat) -> bool:
    """The commune's clerk (cán bộ tiếp công dân) beside the citizen; at the hub the secretary."""
    return may(user, Act.CHECK_IDENTITY, seat.sitting, seat)


def can_speak_for(user: Person, seat: Seat) -> bool:
    """Who raises the hand of a site: whoever holds its camera, or its clerk."""
    return may(user, Act.RAISE_HAND, seat.sitting, seat)


def knows_everything(user: Person, sitting: Sitting) -> bool:
    """Whoever runs the sitting from the hub gets the whole event stream."""
    return may(user, Act.SEE_EVERYTHING, sitting)


def require_one(user: User, sitting: Sitting, *abilities: Ability) -> None:
    """Raise RuleRefusedError unless the user has one of the abilities in this sitting."""
    agency = sitting.reception.agency
    require(any(can(user, ability, agency) for ability in abilities))
