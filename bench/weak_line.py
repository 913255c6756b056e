"""P4, P7, F15: one site behind a weak line; what its browser hears and shows, by its own counters.

Hub and site are real browsers; the hub's camera is an incompressible film. The site's line changes
while both stay in the plenary. All runs take about three minutes.
"""

import os
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bench import behind, copy, film, results
from bench.line import Site, available, site
from bench.main import Line

NUMBER = 251
# Asked five times a second; `at` is the page's own clock in ms.
WATCH = """async (ms) => { const rows = []; const end = performance.now() + ms;
  while (performance.now() < end) {
    const row = {at: performance.now(), samples: 0, concealed: 0, frames: 0, frozen: 0,
                 height: 0, steps: tiepdanStage.lineSteps()};
    for (const one of window.connections) for (const [, told] of await one.getStats()) {
      if (told.type !== 'inbound-rtp') continue;
      if (told.kind === 'audio') { row.samples += told.totalSamplesReceived || 0;
        row.concealed += (told.concealedSamples || 0) - (told.silentConcealedSamples || 0); }
      else { row.frames += told.framesDecoded || 0; row.frozen += told.totalFreezesDuration || 0;
        row.height = Math.max(row.height, told.frameHeight || 0); }
    }
    rows.push(row); await new Promise((done) => setTimeout(done, 200));
  } return rows; }"""


@dataclass(frozen=True)
class Case:
    """A line for both directions; watched for `seconds`, `settle` s after it became so."""

    id: str
    words: str
    way: dict[str, float]
    seconds: int
    settle: int = 8


CLEAN = {"kbps": 5000, "delay": 10, "loss": 0.0, "burst": 1}
# In this order: P4 and F15 begin with everything given, F15 is counted from the moment it begins.
CASES = [
    Case("clean", "5 Mbit/s, clean", CLEAN, 12, settle=20),
    Case("p4", "5 Mbit/s, 3 %, 100 ms each way", CLEAN | {"loss": 0.03, "delay": 100}, 25),
    Case("f15", "300 kbit/s, 5 %", {"kbps": 300, "delay": 20, "loss": 0.05, "burst": 1}, 40, 0),
    Case("p7-3", "3 % by chance", CLEAN | {"loss": 0.03}, 15),
    Case("p7-burst", "5 % in bursts of 4", CLEAN | {"loss": 0.05, "burst": 4}, 15),
    Case("p7-10", "10 % by chance", CLEAN | {"loss": 0.10}, 15),
    Case("p7-20", "20 % by chance", CLEAN | {"loss": 0.20}, 15),
]


@dataclass(frozen=True)
class Heard:
    """What the site's browser counted during one case."""

    concealed: float
    fps: float
    frozen: float
    picture_gap: float
    speech_gap: float
    height: int
    steps: tuple[int, int]


def measure() -> list[Line]:
    """One line a case; figures of P4, P7 and F15 are kept. Nothing where no line can be made."""
    if missing := available():
        print(f"weak-line: a weak line {missing}; nothing was measured.")
        return []
    load = os.getloadavg()[0]
    with site(NUMBER, up=CLEAN, down=CLEAN) as place:
        heard = _sitting(place)
    clean = heard["clean"]
    if results.control("weak-line", "frames/s on a clean line", clean.fps, 18, "", least=True):
        _keep(heard, max(load, os.getloadavg()[0]))
    return [_line(case, heard[case.id], clean) for case in CASES]


def _line(case: Case, heard: Heard, clean: Heard) -> Line:
    figures = (
        f"speech concealed {heard.concealed:.2%}, longest speech gap {heard.speech_gap:.1f} s; "
        f"{heard.fps:.1f} frames/s at {heard.height} lines, frozen {heard.frozen:.1%}, longest "
        f"picture gap {heard.picture_gap:.1f} s; steps down {heard.steps[0]}, up {heard.steps[1]}"
    )
    wanted = "P4 >= 20 frames/s, frozen <= 1 %; P7 <= 2 x p^2; F15 speech, a picture each 5 s"
    goal = case.id.split("-", maxsplit=1)[0].upper()
    return Line("weak-line", goal, case.words, heard.fps / max(clean.fps, 0.1), figures, wanted)


def _keep(heard: dict[str, Heard], load: float) -> None:
    """The figures that have goals, good or bad."""

    def keep(name: str, what: str, figure: float, unit: str, limit: float) -> None:
        goal, least = name.split("-", maxsplit=1)[0].upper(), unit == "frames/s"
        results.keep(
            goal, name, what, figure=figure, unit=unit,
            wanted=f"{'>=' if least else '<='} {limit:g}",
            reached=figure >= limit if least else figure <= limit, load=load,
        )  # fmt: skip

    clean, p4, f15 = heard["clean"], heard["p4"], heard["f15"]
    # The control: where even a clean line does badly, the machine was too busy for all others.
    keep("p4-clean-fps", "control, a clean line: pictures", clean.fps, "frames/s", 20)
    keep("p4-clean-speech", "control: speech concealed", clean.concealed * 100, "%", 0.1)
    keep("p4-fps", "5 Mbit/s, 3 %, 100 ms each way: pictures", p4.fps, "frames/s", 20)
    keep("p4-frozen", "the same: share of time frozen", p4.frozen * 100, "%", 1)
    keep("p4-speech", "the same: speech concealed", p4.concealed * 100, "%", 0.18)
    keep("f15-gap", "300 kbit/s, 5 %: longest gap in speech", f15.speech_gap, "s", 0.2)
    keep("f15-speech", "the same: speech concealed", f15.concealed * 100, "%", 3)
    keep("f15-picture", "the same: longest time without a picture", f15.picture_gap, "s", 5)
    for share in (3, 10, 20):
        figure, limit = heard[f"p7-{share}"].concealed * 100, 2 * share**2 / 100
        keep(f"p7-{share}", f"{share} % lost by chance: speech concealed", figure, "%", limit)
    burst = heard["p7-burst"].concealed * 100
    keep("p7-burst", "5 % lost in bursts of 4: speech concealed", burst, "%", 5)


def hub_camera() -> str:
    """Ten seconds that do not compress."""
    source = "mandelbrot=size=1280x720:rate=20,noise=alls=12:allf=t"
    return film.camera(film.made("hub-720.mjpeg", source, film.MJPEG))


def _sitting(place: Site) -> dict[str, Heard]:
    """A plenary of hub and site over HTTPS; the cases one after another."""
    from bench.call_next import _press  # noqa: PLC0415

    with behind.reception("weak-line", place, 1, hub=hub_camera()) as room:
        _press(room.chair, [room.hub, room.site], "Khai mạc")
        return {case.id: _watch(room.site, place, case) for case in CASES}


def _watch(page: Any, place: Site, case: Case) -> Heard:
    """Set the line, let both ends settle on it, then count."""
    place.set(up=case.way, down=case.way)
    copy.step(case.words)
    time.sleep(case.settle)
    return read(page.evaluate(WATCH, case.seconds * 1000))


def read(rows: list[dict[str, Any]]) -> Heard:
    """The figures of one stretch of looks."""
    first, last = rows[0], rows[-1]
    seconds = (last["at"] - first["at"]) / 1000
    samples = max(1, last["samples"] - first["samples"])
    return Heard(
        concealed=max(0, last["concealed"] - first["concealed"]) / samples,
        fps=(last["frames"] - first["frames"]) / seconds,
        frozen=(last["frozen"] - first["frozen"]) / seconds,
        picture_gap=_longest(rows, lambda a, b: b["frames"] <= a["frames"]),
        speech_gap=_longest(rows, _mostly_made_up),
        height=last["height"],
        steps=tuple(last["steps"]),
    )


def _mostly_made_up(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """More than half of what was heard between two looks was not sent by anybody."""
    return bool(2 * (now["concealed"] - before["concealed"]) > now["samples"] - before["samples"])


def _longest(rows: list[dict[str, Any]], missing: Any) -> float:
    """Seconds of the longest stretch of looks in which `missing` holds."""
    longest = run = 0.0
    for before, now in pairwise(rows):
        run = run + (now["at"] - before["at"]) / 1000 if missing(before, now) else 0.0
        longest = max(longest, run)
    return longest
