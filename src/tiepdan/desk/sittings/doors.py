"""The doors from the desk into the rooms of a sitting, by what an official may do there."""

from dataclasses import dataclass

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.desk.guards import agencies_of, may
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.states import SittingState


@dataclass(frozen=True)
class RoomDoor:
    """One page of a sitting: its name, its address, an icon and a sentence about it."""

    label: str
    url: str
    icon: str
    note: str = ""


def doors_of(user: User, sitting: Sitting) -> list[RoomDoor]:
    """Pages of the sitting open to the user; the likeliest first, none once it is closed."""
    if sitting.state == SittingState.CLOSED:
        return []
    base, doors = f"/phong/{sitting.pk}", []
    if may(user, Ability.CONDUCT):
        doors.append(RoomDoor("Vào chủ trì", f"{base}/chu-tri/", "gavel", "Điều khiển buổi tiếp"))
    if may(user, Ability.WRITE_MINUTES):
        doors.append(RoomDoor("Ghi biên bản", f"{base}/thu-ky/", "pencil", "Biên bản và kết luận"))
    if may(user, Ability.OPERATE):
        doors.append(RoomDoor("Bàn kỹ thuật", f"{base}/ky-thuat/", "monitor", "Mọi điểm cầu"))
    for seat in _own_seats(user, sitting) if may(user, Ability.TAKE_SEAT) else []:
        name = seat.booking.site.name
        if not seat.is_hub and may(user, Ability.CHECK_IDENTITY):
            url = f"{base}/diem-cau/{seat.code}/"
            doors.append(RoomDoor("Bàn điểm cầu", url, "users", f"Đón công dân · {name}"))
        doors.append(RoomDoor("Máy có camera", f"{base}/ghe/{seat.code}/", "video", name))
    return doors


def _own_seats(user: User, sitting: Sitting) -> list[Seat]:
    """Seats of the sites of the agencies for which the user may take one."""
    own = [agency.pk for agency in agencies_of(user, Ability.TAKE_SEAT)]
    return list(sitting.seats.filter(booking__site__agency__in=own).select_related("booking__site"))
