"""Which sites the operator's wall may show."""

from tiepdan.sittings.models import Seat
from tiepdan.sittings.queries.course import running_visit
from tiepdan.sittings.queries.interludes import is_away
from tiepdan.sittings.queries.rooms import admission_for, open_room
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import RoomPart, SittingRole, SittingState


def may_show_still(seat: Seat) -> bool:
    """Whether who operates may see the site now.

    Between turns and in the plenary, and never once the sitting is over; inside a citizen's turn
    or a deliberation only what the table of roles gives them (`roles.TABLE`).
    """
    if seat.sitting.state == SittingState.CLOSED:
        return False
    if is_away(seat):
        return cell(SittingRole.OPERATOR, Act.ENTER_DELIBERATION) == Cell.YES
    return not _in_turn(seat) or cell(SittingRole.OPERATOR, Act.ENTER_TURN) == Cell.YES


def _in_turn(seat: Seat) -> bool:
    visit, room = running_visit(seat.sitting), open_room(seat.sitting)
    if visit and (seat.is_hub or visit.appointment.booking_id == seat.booking_id):
        return True
    if room is None or room.part == RoomPart.PLENARY:
        return False
    return admission_for(seat, room) is not None
