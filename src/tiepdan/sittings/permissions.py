"""Who may do what in one sitting: the table of `sittings.roles`, asked for a person."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser

from tiepdan.accounts.models import Grant, User
from tiepdan.accounts.permissions import Ability, gives, grants_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings.models import Participant, Seat, Sitting
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
    """Whether the person may do it, about `seat` when one is given (`roles.TABLE`).

    A person's own seat is opened by that person alone: who holds it hears what they may hear.
    """
    if act == Act.OPEN_SEAT and seat is not None and seat.booking_id is None:
        own = participation(user, sitting)
        return own is not None and own.seat_id == seat.pk and cell(own.role, act) != Cell.NO
    grants = grants_of(user)
    duties = _duties(grants, sitting)
    if any(cell(role, act) == Cell.YES for role in duties):
        return True
    part = participation(user, sitting)
    if part and cell(part.role, act) == Cell.YES:
        return True
    return seat is not None and any(
        cell(role, act) == Cell.OWN for role in _at(grants, seat, duties, part)
    )


def _duties(grants: Collection[Grant], sitting: Sitting) -> set[SittingRole]:
    """What the person is in the whole sitting by duty, wherever they sit."""
    agency = sitting.reception.agency
    return {role for ability, role in DUTIES.items() if gives(grants, ability, agency)}


def participation(user: Person, sitting: Sitting) -> Participant | None:
    """What the person was added to the sitting as; a page that is only read asks once."""
    if not isinstance(user, User) or not user.is_active:
        return None
    known: dict[object, Participant | None] = getattr(user, "known_parts", {})
    if sitting.pk not in known:
        rows = user.participations.filter(sitting=sitting, ended_at__isnull=True)
        known[sitting.pk] = rows.first()
    return known[sitting.pk]


def roles_at(user: Person, seat: Seat) -> set[SittingRole]:
    """What the person is at one seat: of the hub, of its site, or as whom they were added there."""
    sitting, grants = seat.sitting, grants_of(user)
    return _at(grants, seat, _duties(grants, sitting), participation(user, sitting))


def _at(
    grants: Collection[Grant], seat: Seat, duties: set[SittingRole], part: Participant | None
) -> set[SittingRole]:
    found = set()
    if seat.is_hub:
        found |= duties & {SittingRole.CHAIR, SittingRole.SECRETARY}
    if seat.site and gives(grants, Ability.CHECK_IDENTITY, seat.site.agency):
        found.add(SittingRole.COMMUNE_CLERK)
    if part and part.seat_id == seat.pk:
        found.add(SittingRole(part.role))
    return found


def takes_part(user: Person, sitting: Sitting) -> bool:
    """Whoever runs the sitting, or has a part at one of its seats."""
    grants = grants_of(user)
    duties = _duties(grants, sitting)
    return bool(duties) or bool(_own_seats(user, sitting, grants, duties))


def own_seats(user: Person, sitting: Sitting) -> list[Seat]:
    """The seats at which the person is something (`roles_at`), with their sites."""
    grants = grants_of(user)
    return _own_seats(user, sitting, grants, _duties(grants, sitting))


def _own_seats(
    user: Person, sitting: Sitting, grants: Collection[Grant], duties: set[SittingRole]
) -> list[Seat]:
    """Every page asks again at each coming and going: three queries, however many seats."""
    part = participation(user, sitting)
    seats = sitting.seats.select_related("booking__site__agency")
    return [seat for seat in seats if _at(grants, seat, duties, part)]


def require_may(user: User, act: Act, sitting: Sitting, seat: Seat | None = None) -> None:
    """Raise RuleRefusedError unless the person may do it."""
    require(may(user, act, sitting, seat))


def require(allowed: bool) -> None:
    """Raise RuleRefusedError unless `allowed`."""
    if not allowed:
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")
