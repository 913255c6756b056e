"""P5 over lines, RTT 0-200 ms: the chair's click to two-way media; a seat's page opened cold.

Hub and site are real browsers; the site is behind an emulated line. A seat counts as met when it
shows the first frame of the other end. All times of one page are of its own clock, which is the
machine's, so that click and frame may be compared.
"""

import os
import time
from dataclasses import dataclass

from bench import behind, copy, results
from bench.call_next import CLICK, CONTROL, engine_alone
from bench.line import available, site
from bench.main import Line
from bench.recovery import INSIDE

NUMBER = 252
TURNS = int(os.environ.get("TIEPDAN_BENCH_TURNS", "10"))  # of each line
OPENINGS = (TURNS + 1) // 2

COLD_RTTS, WARM_RTTS = 8, 5  # goals.md A2: round trips a join cannot do without
ABOVE_FLOOR = 0.4

# Resolves when a room other than `before` shows its first frame here, with what happened before.
WATCH = """(before) => { window.met = new Promise((done) => {
  const told = {}, now = () => Date.now();
  document.body.addEventListener('sitting:admitted', () => { told.admitted ??= now(); });
  const inOther = () => tiepdanStage.room && tiepdanStage.room !== before;
  const watched = new WeakSet();
  const look = () => {
    if (inOther() && tiepdanStage.state === 'inside') told.inside ??= now();
    if (inOther()) for (const video of document.querySelectorAll('.stage__tiles video'))
      if (!watched.has(video)) { watched.add(video);
        video.requestVideoFrameCallback(() => { told.frame = now(); done(told); }); }
    if (!told.frame) setTimeout(look, 5);
  };
  look(); }); }"""
# What a page that is opened anew tells: from the start of the navigation to the first frame.
OPENED = """async () => {
  while (!window.met) await new Promise((done) => setTimeout(done, 5));
  return ((await window.met).frame - performance.timeOrigin) / 1000; }"""
FROM_START = f"""document.addEventListener('DOMContentLoaded', () => {{
  const wait = () => window.tiepdanStage ? ({WATCH})('') : setTimeout(wait, 5); wait(); }});"""


@dataclass(frozen=True)
class Case:
    """A line: half its round-trip time each way, and the limit of the goal for a call (p95, s)."""

    id: str
    words: str
    rtt: float
    loss: float
    limit: float


CASES = [
    Case("0", "no delay", 0.0, 0.0, 0.5),
    Case("20", "RTT 20 ms", 0.020, 0.0, 1.0),
    Case("40", "RTT 40 ms", 0.040, 0.0, 1.0),
    Case("200", "RTT 200 ms", 0.200, 0.0, 2.2),
    Case("200-3", "RTT 200 ms, 3 %", 0.200, 0.03, 2.2),
]


@dataclass(frozen=True)
class Times:
    """Seconds: click to two-way media, the site's warm join, cold opening; and the way there."""

    calls: list[float]
    warm: list[float]
    cold: list[float]
    steps: list[list[float]]


def measure() -> list[Line]:
    """One line a case; figures are kept. Nothing where no line can be made."""
    if missing := available():
        print(f"join: a line {missing}; nothing was measured.")
        return []
    load, found = os.getloadavg()[0], {}
    with (
        site(NUMBER, up=_way(CASES[0]), down=_way(CASES[0])) as place,
        behind.reception("join", place, TURNS * len(CASES), small=True) as room,
    ):
        from django.conf import settings  # noqa: PLC0415 - after Django is set up

        with copy.bare_engine() as (_, engine):
            floor = copy.median([engine_alone(engine, settings.ENGINE_URL) for _ in range(5)])
        valid = results.control("join", "the bare engine's two seats meet", floor, CONTROL, "s")
        _press(room, "Khai mạc")
        for number, case in enumerate(CASES):
            place.set(up=_way(case), down=_way(case))
            time.sleep(1)
            found[case.id] = _case(room, number * TURNS)
            if valid:
                _keep(case, found[case.id], max(load, os.getloadavg()[0]))
            copy.step(f"{case.words}: {_line(case, found[case.id]).figures}")
    return [_line(case, found[case.id]) for case in CASES]


def _way(case: Case) -> dict[str, float]:
    return {"kbps": 20_000, "delay": case.rtt * 500, "loss": case.loss, "burst": 1}


def _case(room: behind.Reception, turn: int) -> Times:
    calls, warm, steps = [], [], []
    for number in range(turn + 1, turn + TURNS + 1):
        words = "Gọi lượt 1" if number == 1 else f"gọi lượt {number}"
        at, hub, there = _press(room, words)
        calls.append((max(hub["frame"], there["frame"]) - at) / 1000)
        warm.append((there["frame"] - there["admitted"]) / 1000)
        steps.append([(there[name] - at) / 1000 for name in ("admitted", "inside", "frame")])
        time.sleep(0.5)
    return Times(calls, warm, _openings(room), steps)


def _press(room: behind.Reception, words: str) -> tuple[float, dict[str, float], dict[str, float]]:
    """Press the chair's one button; when, and what hub and site told."""
    room.chair.locator("#viec-tiep-theo").filter(has_text=words).wait_for(timeout=60_000)
    before = room.hub.evaluate("tiepdanStage.room")
    for page in (room.hub, room.site):
        page.evaluate(WATCH, before)
    at = room.chair.evaluate(CLICK)
    return at, room.hub.evaluate("window.met"), room.site.evaluate("window.met")


def _openings(room: behind.Reception) -> list[float]:
    """The site's page in browser profiles without connection and cache; same web session."""
    # Two pages of one seat put each other out: the usual one is away meanwhile.
    address = room.site.url
    room.site.goto("about:blank")
    try:
        return [_cold(room, address) for _ in range(OPENINGS)]
    finally:
        room.site.goto(address)
        room.site.evaluate(INSIDE)


def _cold(room: behind.Reception, address: str) -> float:
    context = room.stage.context(behind.SITE)
    context.add_cookies(room.site.context.cookies())
    context.add_init_script(FROM_START)
    try:
        page = context.new_page()
        room.stage.go(page, address)
        return float(page.evaluate(OPENED))
    finally:
        context.close()


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed; of few, the largest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _line(case: Case, times: Times) -> Line:
    steps = [copy.median([one[index] for one in times.steps]) for index in range(3)]
    figures = (
        f"click to two-way frames p50 {copy.median(times.calls):.2f} s, p95 {p95(times.calls):.2f} "
        f"s over {len(times.calls)} (called after {steps[0]:.2f}, inside {steps[1]:.2f}, frame "
        f"{steps[2]:.2f}); warm join p50 {copy.median(times.warm):.2f}, p95 {p95(times.warm):.2f}; "
        f"cold page p50 {copy.median(times.cold):.2f}, p95 {p95(times.cold):.2f}"
    )
    wanted = f"call p95 <= {case.limit} s; join <= 8 (5) RTT + 0.4 s"
    return Line("join", "P5", case.words, p95(times.calls) / case.limit, figures, wanted)


def _keep(case: Case, times: Times, load: float) -> None:
    warm, cold = (WARM_RTTS * case.rtt + ABOVE_FLOOR, COLD_RTTS * case.rtt + ABOVE_FLOOR)
    for name, what, figure, limit in (
        ("call", "call next, click to two-way pictures, p95", p95(times.calls), case.limit),
        ("warm", "join from a page that is open, p95", p95(times.warm), warm),
        ("cold", "join from an empty browser, page load included, p95", p95(times.cold), cold),
    ):
        results.keep(
            "P5", f"p5-{name}-rtt-{case.id}", f"{what}: {case.words}", figure=figure, unit="s",
            wanted=f"<= {limit:.2f}", reached=figure <= limit, load=load,
        )  # fmt: skip
