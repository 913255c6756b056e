"""The line budget of a reception: which layouts fit into the declared lines; pure.

Rates in kbit/s. The engine stands in the province's data centre, or at the hub: then the hub's
own line carries what every site receives (goals.md A3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OVERHEAD = 1.08
"""Headers, feedback and repairs on top of what is encoded (goals.md A2)."""

SHARE = 0.85
"""Of a declared line that may be planned with."""

TALKERS = 2


@dataclass(frozen=True, slots=True)
class Layers:
    """What the pictures of one sender cost, from a day on; `voice` is Opus with its spare copy."""

    valid_from: date
    large: int
    middle: int
    small: int
    voice: int


LAYERS = [Layers(date(2026, 1, 1), large=1700, middle=450, small=160, voice=84)]
"""720p, 360p and 180p as the engine's client sends them (goals.md A2), newest last."""


class Layout(StrEnum):
    """What each site sees in the plenary, the richest first."""

    ALL_LARGE = "all_large"
    HUB_LARGE = "hub_large"
    RECEPTION = "reception"
    TIGHT = "tight"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Line:
    """A declared line."""

    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Budget:
    """`layout` is the richest that fits everywhere; None when not even speech does.

    `needed`: what the narrowest line would have to carry for the richest layout, and `narrowest`
    whose line that is. `caps`: the most each site may send.
    """

    layout: Layout | None
    narrowest: str
    needed: int
    has: int
    caps: Mapping[str, int]


def layers(on: date) -> Layers:
    """The table in force on that day; the first one before."""
    return [row for row in LAYERS if row.valid_from <= on or row is LAYERS[0]][-1]


def received(layout: Layout, sites: int, rates: Layers) -> int:
    """What one site receives in the plenary of a hub and so many sites, its own picture aside."""
    others = max(sites - 1, 0)
    pictures = {
        Layout.ALL_LARGE: (1 + others) * rates.large,
        Layout.HUB_LARGE: rates.large + others * rates.middle,
        Layout.RECEPTION: rates.large
        + (rates.middle if others else 0)
        + max(others - 1, 0) * rates.small,
        Layout.TIGHT: rates.large + (rates.small if others else 0),
        Layout.SPEECH: rates.small,
    }[layout]
    return round((pictures + TALKERS * rates.voice) * OVERHEAD)


def cap(line: Line) -> int:
    """The most a site may send over its declared line."""
    return int(line.up * SHARE)


def budget(
    hub: Line, sites: Mapping[str, Line], *, on: date, engine_at_hub: bool = False
) -> Budget:
    """The richest layout that fits into every line, before the sitting begins."""
    rates = layers(on)
    fitting = [one for one in Layout if not _too_narrow(one, hub, sites, rates, engine_at_hub)]
    richest = Layout.ALL_LARGE
    missing = _too_narrow(richest, hub, sites, rates, engine_at_hub)
    narrowest = min(missing, key=lambda name: missing[name][1], default="")
    needed, has = missing.get(narrowest, (0, 0))
    caps = {name: cap(line) for name, line in sites.items()}
    return Budget(fitting[0] if fitting else None, narrowest, needed, has, caps)


def _too_narrow(
    layout: Layout,
    hub: Line,
    sites: Mapping[str, Line],
    rates: Layers,
    engine_at_hub: bool,
) -> dict[str, tuple[int, int]]:
    """Lines the layout does not fit in: what it needs and what there is, by name; "" is the hub."""
    each = received(layout, len(sites), rates)
    needs = {name: (each, int(line.down * SHARE)) for name, line in sites.items()}
    if engine_at_hub:
        needs[""] = (each * len(sites), int(hub.up * SHARE))
    else:
        needs[""] = (_watched(layout, len(sites), rates), int(hub.down * SHARE))
    return {name: both for name, both in needs.items() if both[0] > both[1]}


def _watched(layout: Layout, sites: int, rates: Layers) -> int:
    """What the hub itself receives: each site as large as the layout shows sites."""
    size = {
        Layout.ALL_LARGE: rates.large,
        Layout.HUB_LARGE: rates.middle,
        Layout.RECEPTION: rates.small,
        Layout.TIGHT: rates.small,
        Layout.SPEECH: 0,
    }[layout]
    speaker = rates.large if layout in {Layout.RECEPTION, Layout.TIGHT} and sites else 0
    rest = sites - (1 if speaker else 0)
    return round((speaker + rest * size + TALKERS * rates.voice) * OVERHEAD)
