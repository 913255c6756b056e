"""Who may do what in one sitting."""

from django.contrib.auth.models import AnonymousUser

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings.models import Seat, Sitting


def can_conduct(user: User | AnonymousUser, sitting: Sitting) -> bool:
    """The chair (người chủ trì): opens, calls, ends, concludes, closes."""
    return can(user, Ability.CONDUCT, sitting.reception.agency)


def can_write_minutes(user: User | AnonymousUser, sitting: Sitting) -> bool:
    """The secretary (thư ký)."""
    return can(user, Ability.WRITE_MINUTES, sitting.reception.agency)


def can_operate(user: User | AnonymousUser, sitting: Sitting) -> bool:
    """The operator (kỹ thuật viên): sees every site, puts a page out, lets it in again."""
    return can(user, Ability.OPERATE, sitting.reception.agency)


def can_take_seat(user: User | AnonymousUser, seat: Seat) -> bool:
    """Whoever opens the camera and microphone of a site (điểm cầu) of theirs."""
    return can(user, Ability.TAKE_SEAT, seat.booking.site.agency)


def can_check_identity(user: User | AnonymousUser, seat: Seat) -> bool:
    """The commune's clerk (cán bộ tiếp công dân) beside the citizen; at the hub the secretary."""
    agency = seat.booking.site.agency
    if seat.is_hub and can(user, Ability.WRITE_MINUTES, agency):
        return True
    return can(user, Ability.CHECK_IDENTITY, agency)


def can_speak_for(user: User | AnonymousUser, seat: Seat) -> bool:
    """Who raises the hand of a site: whoever holds its camera, or its clerk."""
    return can_take_seat(user, seat) or can_check_identity(user, seat)


def knows_everything(user: User | AnonymousUser, sitting: Sitting) -> bool:
    """Whoever runs the sitting from the hub gets the whole event stream."""
    return (
        can_conduct(user, sitting) or can_write_minutes(user, sitting) or can_operate(user, sitting)
    )


def takes_part(user: User | AnonymousUser, sitting: Sitting) -> bool:
    """Whoever runs the sitting, or has a part in one of its sites."""
    seats = sitting.seats.select_related("booking__site__agency")
    return knows_everything(user, sitting) or any(
        can_take_seat(user, seat) or can_check_identity(user, seat) for seat in seats
    )


def require_one(user: User, sitting: Sitting, *abilities: Ability) -> None:
    """Raise RuleRefusedError unless the user has one of the abilities in this sitting."""
    agency = sitting.reception.agency
    require(any(can(user, ability, agency) for ability in abilities))


def require(allowed: bool) -> None:
    """Raise RuleRefusedError unless `allowed`."""
    if not allowed:
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")
