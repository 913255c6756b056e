"""Which sites the operator's wall may show."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from tiepdan.sittings.models import MediaRoom, Seat, Sitting, Visit
from tiepdan.sittings.queries.course import running_visit
from tiepdan.sittings.queries.interludes import away_seats
from tiepdan.sittings.queries.protection import protected_bookings
from tiepdan.sittings.queries.rooms import open_room, roster
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import RoomPart, SittingRole, SittingState


@dataclass(frozen=True, slots=True)
class Moment:
    """Who is where now, read once for all sites of a wall; seats by their keys."""

    visit: Visit | None
    room: MediaRoom | None
    roster: Collection[UUID]
    away: Collection[UUID]
    protected: Collection[UUID]
    """Bookings of sites that receive a protected citizen."""


def moment(sitting: Sitting) -> Moment:
    """Where the sitting stands now."""
    room = open_room(sitting)
    return Moment(
        visit=running_visit(sitting),
        room=room,
        roster=roster(room),
        away=away_seats(sitting),
        protected=protected_bookings(sitting),
    )


def may_show_still(seat: Seat, now: Moment | None = None) -> bool:
    """Whether who operates may see the site now.

    Between turns and in the plenary, and never once the sitting is over; inside a citizen's turn
    or a deliberation only what the table of roles gives them (`roles.TABLE`). Never a site that
    receives a protected citizen.
    """
    if seat.sitting.state == SittingState.CLOSED:
        return False
    now = now or moment(seat.sitting)
    if seat.booking_id in now.protected:
        return False
    if seat.pk in now.away:
        return cell(SittingRole.OPERATOR, Act.ENTER_DELIBERATION) == Cell.YES
    return not _in_turn(seat, now) or cell(SittingRole.OPERATOR, Act.ENTER_TURN) == Cell.YES


def _in_turn(seat: Seat, now: Moment) -> bool:
    visit, room = now.visit, now.room
    if visit and (seat.is_hub or visit.appointment.booking_id == seat.booking_id):
        return True
    if room is None or room.part == RoomPart.PLENARY:
        return False
    return seat.pk in now.roster
