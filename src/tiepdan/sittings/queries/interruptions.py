"""Why a seat, or everybody, was away while a room was open: read from the sitting's events."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tiepdan.sittings.models import MediaRoom, SittingEvent
from tiepdan.video.port import Leaving

_BACK = {
    Leaving.PAGE: _("Mở lại trang"),
    Leaving.LINE: _("Điểm cầu mất đường truyền"),
    Leaving.DISPLACED: _("Mở điểm cầu ở một máy khác"),
    Leaving.REMOVED: _("Bị đưa ra khỏi phòng"),
}
_AWAY = _BACK | {Leaving.PAGE: _("Đóng trang, rời phòng")}
_UNKNOWN = _("Mất kết nối, không rõ lý do")
_ENGINE = _("Máy chủ hình và tiếng khởi động lại")
_SILENCES = {
    "paused": ("resumed", _("Tạm dừng")),
    "suspended": ("resumed", _("Tạm ngừng vì kỹ thuật")),
    "deliberation_started": ("deliberation_ended", _("Hội ý riêng")),
}
"""What begins a time in which the recording runs but nobody, or not the hub, is heard: its end."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """A time without a seat's media, or without anybody's when `seat` is empty.

    Times are the machine's; `ended` is None while it lasts, or when the room closed over it.
    """

    seat: str
    began: datetime
    ended: datetime | None
    words: str


def interruptions(room: MediaRoom) -> list[Interruption]:
    """What interrupted the room, in the order in which it began; a room the engine lost ends so."""
    rows = SittingEvent.objects.filter(sitting=room.sitting_id, recorded_at__gte=room.opened_at)
    rows = rows.filter(kind__in=["left", "engine_ended", *_SILENCES])
    found: list[Interruption] = []
    for row in rows.order_by("sequence"):
        if room.closed_at and row.recorded_at > room.closed_at:
            break
        if row.kind == "left":
            found.append(_of_a_seat(room, row))
        elif row.kind == "engine_ended" and row.data["room"] == room.name:
            found.append(Interruption("", row.recorded_at, _next(row, "joined"), str(_ENGINE)))
        elif row.kind in _SILENCES:
            found.append(_silence(row))
    return found


def is_end_told(room: MediaRoom) -> bool:
    """Whether the log says that the engine ended under the room."""
    ends = SittingEvent.objects.filter(sitting=room.sitting_id, kind="engine_ended")
    return ends.filter(data__room=room.name).exists()


def _silence(row: SittingEvent) -> Interruption:
    end, words = _SILENCES[row.kind]
    reason = row.data.get("reason", "")
    said = f"{words}: {reason}" if reason else str(words)
    return Interruption("", row.recorded_at, _next(row, end), said)


def _of_a_seat(room: MediaRoom, left: SittingEvent) -> Interruption:
    seat, reason = left.data["seat"], left.data.get("reason", "")
    ended = _next(left, "joined", seat)
    is_back = ended is not None and (room.closed_at is None or ended <= room.closed_at)
    words = (_BACK if is_back else _AWAY).get(reason, _UNKNOWN)
    return Interruption(seat, left.recorded_at, ended if is_back else None, str(words))


def _next(row: SittingEvent, kind: str, seat: str = "") -> datetime | None:
    later = SittingEvent.objects.filter(
        sitting=row.sitting_id, sequence__gt=row.sequence, kind=kind
    )
    later = later.filter(data__seat=seat) if seat else later
    return later.order_by("sequence").values_list("recorded_at", flat=True).first()
