"""The tiles of the operator's wall: each site's lamps in words, its figures, what it waits for."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiepdan.common import clock
from tiepdan.room.views import board
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import queries, stills
from tiepdan.sittings.line_rules import Readings, Trouble
from tiepdan.sittings.models import Seat, Sitting, Visit
from tiepdan.sittings.queries import Figures, Sign
from tiepdan.sittings.states import SittingState
from tiepdan.video.port import Participant, Source

_PATHS = {
    "udp": "UDP",
    "tcp": "TCP",
    "relay-udp": gettext_lazy("chuyển tiếp UDP"),
    "relay-tcp": gettext_lazy("chuyển tiếp TCP"),
    "relay-tls": gettext_lazy("chuyển tiếp TLS"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A site on the wall; `needs` are the turns still to come whose citizen needs support.

    `still_at`: when its newest picture came, None without one; `is_private`: the wall may not look.
    """

    line: board.SiteLine
    lamps: list[Sign]
    figures: str
    seen_at: datetime | None
    waits_for: str
    needs: list[Appointment]
    still_at: datetime | None
    is_private: bool
    power_note: str

    @property
    def is_problem(self) -> bool:
        """Whether it rises to the top."""
        return any(lamp.kind in {"warn", "danger"} for lamp in self.lamps)


def tiles(sitting: Sitting, inside: dict[str, Participant]) -> list[Tile]:
    """Every site, hub first; `inside`: who is in the open room by the engine's own word."""
    waiting = list(queries.queue(sitting))
    notes = queries.power_notes(sitting)
    figures, now = queries.figures(sitting), queries.moment(sitting)
    found = []
    for line in board.sites(sitting):
        seat, newest = line.seat, figures.get(line.seat.code)
        own = [row for row in waiting if row.booking_id == seat.booking_id]
        lamps = [line.sign, *_media(inside.get(seat.code)), *_machine(newest, bool(seat.holder))]
        found.append(
            Tile(
                line=line,
                lamps=lamps,
                figures=_words(newest.now) if newest and newest.now.in_room else "",
                seen_at=newest.at.astimezone(clock.VIETNAM) if newest else None,
                waits_for="" if seat.is_hub else _waits_for(seat, now.visit, waiting, own),
                needs=[row for row in own if row.filing.needs],
                still_at=stills.taken_at(seat) if seat.holder else None,
                is_private=not queries.may_show_still(seat, now),
                power_note=notes.get(seat.code, ""),
            )
        )
    return found


def _media(person: Participant | None) -> list[Sign]:
    if person is None:
        return []
    sound, picture = Source.AUDIO in person.sending, Source.VIDEO in person.sending
    return [
        Sign("ok", "mic", _("Có tiếng")) if sound else Sign("warn", "mic-off", _("Không có tiếng")),
        Sign("ok", "camera", _("Có hình"))
        if picture
        else Sign("warn", "camera-off", _("Không có hình")),
    ]


def _machine(newest: Figures | None, is_open: bool) -> list[Sign]:
    """Line and power as the site's page reports them."""
    if newest is None or not is_open:
        return []
    if newest.is_silent:
        return [Sign("warn", "wifi-off", _("Trang không báo số đo"))]
    wrong, lamps = newest.troubles, []
    if newest.now.in_room:
        lamps.append(_line(wrong))
    if Trouble.NO_SOUND in wrong:
        lamps.append(Sign("warn", "mic-off", _("Micro im lặng")))
    if Trouble.NO_PICTURE in wrong:
        lamps.append(Sign("warn", "camera-off", _("Không gửi được hình")))
    return lamps + _power(newest.now, is_low=Trouble.BATTERY in wrong)


def _line(wrong: set[Trouble]) -> Sign:
    if Trouble.LOSS in wrong:
        return Sign("danger", "wifi-off", _("Đường truyền kém: mất gói"))
    if Trouble.SLOW in wrong:
        return Sign("warn", "wifi", _("Đường truyền trễ"))
    return Sign("ok", "wifi", _("Đường truyền tốt"))


def _power(now: Readings, *, is_low: bool) -> list[Sign]:
    if now.battery is None or now.on_mains is None:
        return []
    told = {"percent": now.battery}
    if now.on_mains:
        return [Sign("ok", "circle-check", _("Có điện, pin %(percent)d%%") % told)]
    kind = "danger" if is_low else "warn"
    return [Sign(kind, "triangle-alert", _("Chạy pin, còn %(percent)d%%") % told)]


def _words(now: Readings) -> str:
    """The figures in one line, for who knows them."""
    told = {
        "up": _mbit(now.up_kbps),
        "down": _mbit(now.down_kbps),
        "loss": number_format(max(now.loss_up, now.loss_down), 1),
        "delay": now.rtt_ms,
        "path": _PATHS.get(now.path, "?"),
    }
    line = _("Lên %(up)s, xuống %(down)s Mbit/s · mất %(loss)s%% · trễ %(delay)d ms · %(path)s")
    return line % told + _shown(now)


def _shown(now: Readings) -> str:
    """How the seat that matters most is seen there: the interpreter when one is pinned."""
    if now.shown_frames is None:
        return ""
    seen = " · " + _("thấy %(frames)d hình/giây") % {"frames": now.shown_frames}
    if now.skew_ms is None:
        return seen
    return seen + ", " + _("hình lệch tiếng %(skew)d ms") % {"skew": now.skew_ms}


def _mbit(kbps: int) -> str:
    return str(number_format(kbps / 1000, 1))


def _waits_for(
    seat: Seat, visit: Visit | None, waiting: list[Appointment], own: list[Appointment]
) -> str:
    state = seat.sitting.state
    if state == SittingState.CLOSED:
        return _("Buổi tiếp đã kết thúc")
    if visit and visit.appointment.booking_id == seat.booking_id:
        return _("Đang trong lượt %(number)d") % {"number": visit.number}
    if not own:
        return _("Không còn lượt chờ")
    told = {"number": own[0].order, "ahead": waiting.index(own[0]) + (1 if visit else 0)}
    if state == SittingState.WAITING:
        return _("Chờ khai mạc, rồi lượt %(number)d") % told
    if told["ahead"] == 0:
        return _("Lượt %(number)d là kế tiếp") % told
    return _("Chờ lượt %(number)d, trước đó còn %(ahead)d lượt") % told
