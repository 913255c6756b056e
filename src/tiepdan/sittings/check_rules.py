"""What a device check found and how good that is: pure functions of values.

Rates in kbit/s, loss in percent, delays in milliseconds; limits after goals.md A2: G.114 (delay),
G.1010 (loss), the rate of one 720p picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tiepdan.sittings import line_rules

OLDEST_CHROMIUM = 99
OLDEST_FIREFOX = 97
"""What the pages are built for."""


ONE_PICTURE = 1700
"""kbit/s of one 720p picture."""

SPEECH_ONLY = 300
"""kbit/s below which speech itself suffers."""

LOSS = 2.0
"""Percent above which a sender no longer raises its rate."""

DELAY_MS = 400
"""There and back, above which people begin to talk at once."""


class Score(StrEnum):
    """Good, usable with a loss, or not fit for a reception."""

    GOOD = "good"
    USABLE = "usable"
    BAD = "bad"


class Fault(StrEnum):
    """What is not as it should be; each has its advice in `room.views.device_check`."""

    NO_MICROPHONE = "no_microphone"
    SILENT_MICROPHONE = "silent_microphone"
    NO_CAMERA = "no_camera"
    NO_SOUND = "no_sound"
    SOUND_UNTRIED = "sound_untried"
    NO_MEDIA = "no_media"
    NARROW = "narrow"
    TOO_NARROW = "too_narrow"
    LOSS = "loss"
    HEAVY_LOSS = "heavy_loss"
    DELAY = "delay"
    HEAVY_DELAY = "heavy_delay"
    NO_UDP = "no_udp"
    OLD_BROWSER = "old_browser"


BAD = {
    Fault.NO_MICROPHONE, Fault.SILENT_MICROPHONE, Fault.NO_SOUND, Fault.NO_MEDIA,
    Fault.TOO_NARROW, Fault.HEAVY_LOSS, Fault.HEAVY_DELAY,
}  # fmt: skip
"""Without these nobody can be heard; everything else loses comfort only."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the site's page found; `heard`: the person heard the tone, None: nobody said."""

    camera: bool
    microphone: bool
    loudness: int | None
    heard: bool | None
    media: bool
    line: line_rules.Readings
    browser: tuple[str, int]


def read(told: Mapping[str, object], browser: tuple[str, int]) -> Findings:
    """A page's report; what is missing counts as not there."""
    line = line_rules.read({**told, "in_room": True})
    heard = told.get("heard")
    return Findings(
        camera=told.get("camera") is True,
        microphone=told.get("microphone") is True,
        loudness=line.loudness,
        heard=heard if isinstance(heard, bool) else None,
        media=told.get("media") is True,
        line=line,
        browser=browser,
    )


def faults(found: Findings) -> list[Fault]:
    """What is not as it should be, the worst first."""
    wrong = [*_devices(found), *_line(found)]
    if found.browser < (found.browser[0], _oldest(found.browser[0])):
        wrong.append(Fault.OLD_BROWSER)
    return sorted(wrong, key=lambda one: one not in BAD)


def score(wrong: list[Fault]) -> Score:
    """The verdict."""
    if any(one in BAD for one in wrong):
        return Score.BAD
    return Score.USABLE if wrong else Score.GOOD


def _devices(found: Findings) -> list[Fault]:
    wrong = []
    if not found.microphone:
        wrong.append(Fault.NO_MICROPHONE)
    elif found.loudness == 0:
        wrong.append(Fault.SILENT_MICROPHONE)
    if not found.camera:
        wrong.append(Fault.NO_CAMERA)
    if found.heard is None:
        wrong.append(Fault.SOUND_UNTRIED)
    elif not found.heard:
        wrong.append(Fault.NO_SOUND)
    return wrong


def _line(found: Findings) -> list[Fault]:
    line = found.line
    wrong = [] if found.media else [Fault.NO_MEDIA]
    narrowest = min(line.up_kbps, line.down_kbps)
    wrong += _step(narrowest < ONE_PICTURE, narrowest < SPEECH_ONLY, Fault.NARROW, Fault.TOO_NARROW)
    if found.media:
        loss = max(line.loss_up, line.loss_down)
        wrong += _step(loss > LOSS, loss > line_rules.LOSSY, Fault.LOSS, Fault.HEAVY_LOSS)
        delay = line.rtt_ms
        wrong += _step(delay > DELAY_MS, delay > line_rules.SLOW_MS, Fault.DELAY, Fault.HEAVY_DELAY)
        if line.path not in {"udp", "relay-udp"}:
            wrong.append(Fault.NO_UDP)
    return wrong


def _step(some: bool, much: bool, mild: Fault, heavy: Fault) -> list[Fault]:
    if much:
        return [heavy]
    return [mild] if some else []


def _oldest(name: str) -> int:
    return {"Chromium": OLDEST_CHROMIUM, "Firefox": OLDEST_FIREFOX}.get(name, 0)
