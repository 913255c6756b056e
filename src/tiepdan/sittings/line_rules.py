"""What a site's line and machine report, and what is wrong with it: pure functions of values.

The figures are taken by the site's own page from its browser; rates in kbit/s, loss in percent,
delays in milliseconds.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from enum import StrEnum

LOSSY = 5.0
"""Percent of packets lost above which speech breaks up in spite of redundancy (ITU-T G.1010: 3)."""

SLOW_MS = 800
"""There and back; above it people talk at once (ITU-T G.114: 400 ms one way)."""

LOW_BATTERY = 30
"""Percent left, and no mains, when a hall must look for its charger."""

PERSISTS = timedelta(seconds=15)
"""How long something must be wrong before it becomes somebody's task."""

SILENT_AFTER = timedelta(seconds=20)
"""A page reports every 5 s: three reports missing."""

PATHS = ("udp", "tcp", "relay-udp", "relay-tcp", "relay-tls")
"""Ways the media may take; `relay` is through the engine's own TURN."""

MOST = 10_000_000
"""Largest figure believed: what a page says is not trusted with more."""


class Trouble(StrEnum):
    """What may be wrong with a site."""

    LOSS = "loss"
    SLOW = "slow"
    NO_SOUND = "no_sound"
    NO_PICTURE = "no_picture"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class Readings:
    """One report. `frames` are sent a second; `loudness` is 0-100 of the own microphone.

    `step_down`, `step_up`: how far the page has reduced pictures for its line, 0 not at all.
    `shown_frames` a second and `skew_ms` (picture later than its sound) are of the seat that is
    pinned or else large. None: the browser does not say. `battery` is percent.
    """

    in_room: bool = False
    up_kbps: int = 0
    down_kbps: int = 0
    loss_up: float = 0.0
    loss_down: float = 0.0
    rtt_ms: int = 0
    path: str = ""
    frames: int | None = None
    loudness: int | None = None
    battery: int | None = None
    on_mains: bool | None = None
    step_down: int = 0
    step_up: int = 0
    shown_frames: int | None = None
    skew_ms: int | None = None

    def as_json(self) -> dict[str, object]:
        """For the database."""
        return asdict(self)


def read(told: Mapping[str, object]) -> Readings:
    """The report in a page's words; what is missing or nonsense counts as not said."""
    known = {field.name: told.get(field.name) for field in fields(Readings)}
    return Readings(
        in_room=known["in_room"] is True,
        up_kbps=_whole(known["up_kbps"]) or 0,
        down_kbps=_whole(known["down_kbps"]) or 0,
        loss_up=_percent(known["loss_up"]),
        loss_down=_percent(known["loss_down"]),
        rtt_ms=_whole(known["rtt_ms"]) or 0,
        path=str(known["path"]) if known["path"] in PATHS else "",
        frames=_whole(known["frames"]),
        loudness=_whole(known["loudness"], 100),
        battery=_whole(known["battery"], 100),
        on_mains=known["on_mains"] if isinstance(known["on_mains"], bool) else None,
        step_down=_whole(known["step_down"]) or 0,
        step_up=_whole(known["step_up"]) or 0,
        shown_frames=_whole(known["shown_frames"]),
        skew_ms=_signed(known["skew_ms"]),
    )


SIGN_STEP = 2
"""The first step at which a page lets fewer than 20 frames a second through, either way."""


def carries_signs(now: Readings) -> bool:
    """Whether the page still lets 20 frames a second through both ways."""
    return max(now.step_down, now.step_up) < SIGN_STEP


def troubles(now: Readings) -> set[Trouble]:
    """What is wrong in this report; the line and the picture are judged inside a room only."""
    found: set[Trouble] = set()
    if now.on_mains is False and now.battery is not None and now.battery <= LOW_BATTERY:
        found.add(Trouble.BATTERY)
    if not now.in_room:
        return found
    if max(now.loss_up, now.loss_down) > LOSSY:
        found.add(Trouble.LOSS)
    if now.rtt_ms > SLOW_MS:
        found.add(Trouble.SLOW)
    if now.loudness == 0:  # a living microphone is never quite silent
        found.add(Trouble.NO_SOUND)
    if now.frames == 0:
        found.add(Trouble.NO_PICTURE)
    return found


def _whole(value: object, most: int = MOST) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < MOST:
        return None
    return min(round(value), most)


def _signed(value: object) -> int | None:
    size = _whole(abs(value)) if isinstance(value, int | float) else None
    return -size if size and isinstance(value, int | float) and value < 0 else size


def _percent(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
        return 0.0
    return round(min(float(value), 100.0), 1)
