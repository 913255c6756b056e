"""P2, P3, P3b: what a line carries: bytes above the least, and how many sites fit.

P2: a real browser at a site, six more synthetic seats; the bytes that come down its line against
the smallest layers that cover the tiles it shows, and everybody's speech. P3: a client at the
centre behind 30 Mbit/s takes the whole picture of 15 sites from an engine elsewhere. P3b: engine
and hub share one line with the sites behind it, each of which takes the layout of a reception.
"""

import os
import time
from dataclasses import dataclass
from typing import Any

from bench import behind, copy, results, seats
from bench.line import Site, available, site
from bench.main import Line
from bench.weak_line import hub_camera

NUMBER = 255
SECONDS = 30
SETTLE = 12
OVERHEAD = 1.055  # headers at packets of 1,150 bytes (goals.md A2)
WIDE = {"kbps": 0, "delay": 10, "loss": 0.0, "burst": 1}
SPEECH = 32_000 + 16_000  # bits a second: Opus, its redundant copy counted once more by half
HEIGHTS = {"camera-180": 180, "camera-360": 360, "camera-720": 720}
OTHERS = 6
REMOTES = 15
TALKERS = 2  # who speak at once, as in the goals' sums
FPS, GAP = 24, 400
WHOLE = 0.9  # of the least bytes: with fewer the pictures are smaller than their tiles, no saving
# The size (device pixels) of each tile that shows a camera now.
TILES = """() => [...document.querySelectorAll('.stage__tiles video')].map((one) => {
  const box = one.getBoundingClientRect(), scale = window.devicePixelRatio;
  return [box.width * scale, box.height * scale]; }).filter(([wide]) => wide > 0)"""


@dataclass(frozen=True)
class Fit:
    """What the clients behind a line got: the slowest picture, the longest gap, and the bytes."""

    clients: int
    fps: float
    gap: int
    mbps: float


def measure() -> list[Line]:
    """P2 clean and at 3 %, P3, P3b at 30 and 50 Mbit/s. Nothing where no line can be made."""
    if missing := available():
        print(f"line-use: a line {missing}; nothing was measured.")
        return []
    load = os.getloadavg()[0]
    with site(NUMBER, up=WIDE, down=WIDE) as place:
        used, shares = _used(place)
        copy.step(f"used / least: {used}")
        fits = _fits(place)
    load = max(load, os.getloadavg()[0])
    free, whole = fits["control"].fps, used["clean"]
    shrunk = "used / least: pictures too small"
    controls = [
        results.control("line-use", "pictures/s, no limit", free, FPS, "", least=True),
        results.control("line-use", shrunk, whole, WHOLE, "", least=True),
    ]
    if all(controls):
        _keep(used, fits, load)
    return _lines(used, shares, fits)


def _used(place: Site) -> tuple[dict[str, float], str]:
    """Bytes down the site's line / the least there could be, without and with losses."""
    with behind.reception("line-use", place, 1, more=OTHERS, hub=hub_camera()) as room:
        from bench.call_next import _press  # noqa: PLC0415

        seats.make_clips()
        codes = room.others
        seats.take(room.sitting, codes)
        _press(room.chair, [room.hub, room.site], "Khai mạc")
        seats.wait_for_room(room.sitting)
        length = 2 * (SETTLE + SECONDS) + 20
        tokens = seats.tokens(room.sitting, codes).values()
        others = [seats.whole(token, length, "--from", "none") for token in tokens]
        found, shown = {}, []
        for name, loss in (("clean", 0.0), ("3", 0.03)):
            way = WIDE | {"kbps": 20_000, "loss": loss}
            place.set(up=way, down=way)
            time.sleep(SETTLE)
            tiles = room.site.evaluate(TILES)
            before, begin = place.counts()["down"], time.monotonic()
            time.sleep(SECONDS)
            after, took = place.counts()["down"], time.monotonic() - begin
            sent = after["bytes"] - before["bytes"]
            least = least_bits(tiles, len(codes) + 1) / 8 * took
            found[name] = sent / least
            steps = room.site.evaluate("tiepdanStage.lineSteps()")[0]
            told = f"{name}: {sent * 8 / took / 1e6:.2f} Mbit/s for {len(tiles)} tiles"
            shown.append(f"{told}, {steps} steps down")
        for client in others:
            client.terminate()
            client.communicate()
    return found, "; ".join(shown)


def least_bits(tiles: list[list[float]], talkers: int) -> float:
    """Bits a second of the smallest layers that cover these tiles, and of the speech, on a line."""
    bits = float(talkers * SPEECH)
    for _, height in tiles:
        layer = next((name for name, lines in HEIGHTS.items() if lines >= height), "camera-720")
        bits += seats.bits_of(layer)
    return bits * OVERHEAD


def _fits(place: Site) -> dict[str, Fit]:
    """The engine with our configuration, synthetic seats, and clients behind the line."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    with copy.bare_engine(also=place.here) as (_, engine):
        url = settings.ENGINE_URL.replace("127.0.0.1", place.here)
        found = {}
        centre = [("control", 0, 2), ("p3", 30_000, REMOTES)]
        for name, kbps, remotes in centre:
            found[name] = _centre(place, engine, url, kbps, remotes)
        for name, kbps, remotes in (("p3b-30", 30_000, 7), ("p3b-50", 50_000, 10)):
            found[name] = _reception(place, engine, url, kbps, remotes)
    return found


def _centre(place: Site, engine: Any, url: str, kbps: int, remotes: int) -> Fit:
    """One client behind the line takes so many whole pictures."""
    names = [f"s{number}" for number in range(remotes)]
    return _room(place, engine, url, kbps, senders=names, viewers={"centre": "all"})


def _reception(place: Site, engine: Any, url: str, kbps: int, remotes: int) -> Fit:
    """So many sites behind one line: the hub large, who speaks in the middle, the others small."""
    names = [f"s{number}" for number in range(remotes)]
    small = {name: ",".join(f"{other}:low" for other in names[1:] if other != name)
             for name in names}  # fmt: skip
    viewers = {
        f"v{name}": ",".join(filter(None, ["hub:high", f"{names[0]}:medium", small[name]]))
        for name in names
    }
    return _room(place, engine, url, kbps, senders=["hub", *names], viewers=viewers)


def _room(
    place: Site, engine: Any, url: str, kbps: int, *, senders: list[str], viewers: dict[str, str]
) -> Fit:
    """Senders on this side, viewers behind the line; what the viewers got."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    way = WIDE | {"kbps": kbps}
    place.set(up=WIDE, down=way)
    room = f"line-{time.monotonic_ns()}"
    engine.provision(room)
    length = SETTLE + SECONDS
    sending = [
        copy.publisher(engine.seat_token(room, name, name), settings.ENGINE_URL, length + 4,
                       *seats.media(silent=number >= TALKERS), "--from", "none")
        for number, name in enumerate(senders)
    ]  # fmt: skip
    time.sleep(4)
    before = place.counts()["down"]["bytes"]
    watching = [
        copy.publisher(engine.seat_token(room, name, name), url, length - 6, "--from", wanted,
                       "--settle", str(SETTLE - 6), inside=place.inside)
        for name, wanted in viewers.items()
    ]  # fmt: skip
    told = [seats.told(client) for client in watching]
    carried = place.counts()["down"]["bytes"] - before
    for client in sending:
        client.terminate()
        client.communicate()
    fit = Fit(
        len(watching), min(one["slowest_fps"] for one in told),
        max(one["longest_gap_ms"] for one in told), carried * 8 / (length - 6) / 1e6,
    )  # fmt: skip
    copy.step(f"{kbps} kbit/s, {len(senders)} senders: {fit}")
    return fit


def _lines(used: dict[str, float], shares: str, fits: dict[str, Fit]) -> list[Line]:
    lines = [
        Line("line-use", "P2", "bytes used / least", used["clean"],
             f"clean {used['clean']:.2f}, 3 % {used['3']:.2f}; {shares}", "<= 1.10; <= 1.15"),
    ]  # fmt: skip
    for name, goal, what in (
        ("p3", "P3", "15 sites whole, centre behind 30 Mbit/s"),
        ("p3b-30", "P3b", "engine behind 30 Mbit/s, 7 sites"),
        ("p3b-50", "P3b", "engine behind 50 Mbit/s, 10 sites"),
    ):
        fit = fits[name]
        figures = (
            f"slowest picture {fit.fps:.1f}/s, longest gap {fit.gap} ms, {fit.mbps:.1f} Mbit/s; "
            f"no limit: {fits['control'].fps:.1f}/s, {fits['control'].gap} ms"
        )
        lines.append(Line("line-use", goal, what, fit.fps / 25, figures, ">= 24/s, <= 400 ms"))
    return lines


def _keep(used: dict[str, float], fits: dict[str, Fit], load: float) -> None:
    rows = [
        ("P2", "p2-clean", "bytes down a site's line / the least", used["clean"], "", 1.10),
    ]
    if used["3"] >= WHOLE:
        rows.append(("P2", "p2-3", "the same at 3 % loss", used["3"], "", 1.15))
    for name, goal, what in (
        ("p3", "P3", "15 sites whole at a centre behind 30 Mbit/s"),
        ("p3b-30", "P3b", "engine behind 30 Mbit/s, 7 sites in the reception's layout"),
        ("p3b-50", "P3b", "engine behind 50 Mbit/s, 10 sites in the reception's layout"),
    ):
        rows.append((goal, f"{name}-fps", f"{what}: slowest picture", fits[name].fps, "frames/s",
                     float(FPS)))  # fmt: skip
        rows.append((goal, f"{name}-gap", f"{what}: longest gap", fits[name].gap, "ms", float(GAP)))
    for goal, name, what, figure, unit, limit in rows:
        least = unit == "frames/s"
        results.keep(
            goal, name, what, figure=figure, unit=unit,
            wanted=f"{'>=' if least else '<='} {limit:g}",
            reached=figure >= limit if least else figure <= limit, load=load,
        )  # fmt: skip
