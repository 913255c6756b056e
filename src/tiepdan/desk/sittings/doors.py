"""The doors from the desk into the rooms of a sitting, by what an official may do there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.desk.guards import agencies_of, may
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.permissions import may as may_in_sitting
from tiepdan.sittings.permissions import participation
from tiepdan.sittings.roles import Act
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
    key, doors = sitting.pk, []
    if may(user, Ability.CONDUCT):
        url = reverse("room:chair", args=[key])
        doors.append(RoomDoor(_("Vào chủ trì"), url, "gavel", _("Điều khiển buổi tiếp")))
    if may(user, Ability.WRITE_MINUTES):
        url = reverse("room:secretary", args=[key])
        doors.append(RoomDoor(_("Ghi biên bản"), url, "pencil", _("Biên bản và kết luận")))
    if may(user, Ability.OPERATE):
        url = reverse("room:operator", args=[key])
        doors.append(RoomDoor(_("Bàn kỹ thuật"), url, "monitor", _("Mọi điểm cầu")))
    for seat in _own_seats(user, sitting) if may(user, Ability.TAKE_SEAT) else []:
        name = seat.name
        if not seat.is_hub and may(user, Ability.CHECK_IDENTITY):
            url = reverse("room:clerk", args=[key, seat.code])
            doors.append(RoomDoor(_("Bàn điểm cầu"), url, "users", f"{_('Đón công dân')} · {name}"))
        url = reverse("room:seat", args=[key, seat.code])
        doors.append(RoomDoor(_("Máy có camera"), url, "video", name))
    return [*doors, *_added(user, sitting)]


def _added(user: User, sitting: Sitting) -> list[RoomDoor]:
    """The door of somebody added to the sitting: their seat, or the page of their site."""
    part = participation(user, sitting)
    if part is None:
        return []
    page = "room:seat" if may_in_sitting(user, Act.OPEN_SEAT, sitting, part.seat) else "room:clerk"
    url = reverse(page, args=[sitting.pk, part.seat.code])
    return [RoomDoor(_("Tham dự buổi tiếp"), url, "users", str(part.get_role_display()))]


def _own_seats(user: User, sitting: Sitting) -> list[Seat]:
    """Seats of the sites of the agencies for which the user may take one."""
    own = [agency.pk for agency in agencies_of(user, Ability.TAKE_SEAT)]
    return list(sitting.seats.filter(booking__site__agency__in=own).select_related("booking__site"))
