"""States in words, with colour and icon."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tiepdan.sittings.models import Admission, MediaRoom, Seat, Sitting
from tiepdan.sittings.queries.alarms import ENGINE_DOWN, alarms


@dataclass(frozen=True, slots=True)
class Sign:
    """A state in words, with its colour and icon."""

    kind: str
    icon: str
    word: str | Promise


def recording_sign(sitting: Sitting, room: MediaRoom | None) -> Sign:
    """What the sign over the room says (đang ghi, chờ ghi, lỗi ghi)."""
    if room is None:
        return Sign("muted", "circle", _("Không ghi"))
    if any(alarm.what != ENGINE_DOWN for alarm in alarms(sitting)):
        return Sign("danger", "octagon-alert", _("Lỗi ghi hình"))
    if room.verified_at:
        return Sign("live", "circle-dot", _("Đang ghi"))
    return Sign("warn", "hourglass", _("Chờ ghi hình"))


def seat_sign(seat: Seat, admission: Admission | None) -> Sign:
    """Where a site stands (chưa mở máy, đang chờ, trong phòng, mất kết nối)."""
    if not seat.session_key:
        return Sign("muted", "circle-dashed", _("Chưa mở máy"))
    if admission is None:
        return Sign("info", "hourglass", _("Đang chờ"))
    if admission.is_inside:
        return Sign("ok", "circle-check", _("Đang trong phòng"))
    if admission.left_at:
        return Sign("warn", "wifi-off", _("Mất kết nối"))
    return Sign("info", "door-open", _("Đang vào phòng"))
