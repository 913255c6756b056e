"""P5: the chair's click to two-way media in both rooms, 20 turns, against the engine alone.

Both browsers are real and share the machine; times are read inside the pages, on one clock. Then
the same without browsers (`bench.call_clients`).
"""

import json
import os
import time
from pathlib import Path
from typing import Any

from bench import call_clients, copy, film, results
from bench.main import Line

TURNS = 20
FLOOR_ROUNDS = 7
WANTED = "engine alone + <= 400 ms; p95 <= 1.0 s at RTT 40 (here: loopback)"
LIMIT = 0.5  # seconds, p95 on loopback
CONTROL = 1.0  # seconds in which a quiet machine's bare engine brings two seats together
CLIPS = copy.ROOT / "media" / "recorder" / "testdata"
SITE = "huu-lung"
# Resolves with the moment at which the seat is inside another room and receives there.
WATCH = """(before) => { window.met = new Promise((done) => {
  const look = async () => {
    const {state, room} = window.tiepdanStage;
    if (state === 'inside' && room !== before && room) {
      const start = await tiepdanStage.bytesReceived();
      const grew = async () => (await tiepdanStage.bytesReceived()) > start
        ? done(Date.now()) : setTimeout(grew, 10);
      return grew();
    }
    setTimeout(look, 10);
  };
  look(); }); }"""
CLICK = (
    "() => { const at = Date.now(); document.querySelector('#viec-tiep-theo').click(); return at; }"
)


def measure() -> list[Line]:
    """To two-way media, to the running clock, and without browsers: p50 and p95."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    load = os.getloadavg()[0]
    with copy.running("call-next", bare=True):
        copy.setup()
        from django.conf import settings  # noqa: PLC0415 - after Django is set up
        from tests.journeys.stage import Stage  # noqa: PLC0415

        from bench import afternoon  # noqa: PLC0415

        with copy.bare_engine() as (_, engine):
            url = settings.ENGINE_URL
            floor = copy.median([engine_alone(engine, url) for _ in range(FLOOR_ROUNDS)])
        sitting = afternoon.sitting(TURNS + call_clients.CALLS, [SITE])
        data = Path(os.environ["TIEPDAN_DATA_DIR"])
        with sync_playwright() as playwright:
            url = f"http://localhost:{8080 + copy.SHIFT}"
            stage = Stage(
                playwright, url, data, data, options=(film.small_camera(),), viewport=film.SMALL
            )
            met = _turns(stage, str(sitting.pk))
        clock = _clock_seconds(sitting)
        alone = call_clients.calls(sitting, SITE)
    if results.control("call-next", "the bare engine's two seats meet", floor, CONTROL, "s"):
        busy = max(load, os.getloadavg()[0])
        _keep(met, busy, "p5-call-loopback", "call next on loopback, to two-way media")
        _keep(alone, busy, "p5-call-clients", "the same with two synthetic seats, no browser")
    return [
        _line("hình tiếng hai chiều", met, floor),
        _line("đồng hồ chạy", clock, floor),
        _line("hình tiếng hai chiều, không trình duyệt", alone, floor),
    ]


def _keep(met: list[float], load: float, identifier: str, what: str) -> None:
    ordered = sorted(met)
    for name, figure in (("p50", copy.median(ordered)), ("p95", ordered[int(len(met) * 0.95) - 1])):
        results.keep(
            "P5", f"{identifier}-{name}", f"{what}, {name}",
            figure=figure, unit="s", wanted=f"<= {LIMIT}", reached=figure <= LIMIT, load=load,
        )  # fmt: skip


def _line(what: str, seconds: list[float], floor: float) -> Line:
    ordered = sorted(seconds)
    p50, p95 = copy.median(ordered), ordered[int(len(ordered) * 0.95) - 1]
    figures = f"p50 {p50:.2f} s, p95 {p95:.2f} s over {len(ordered)}; engine alone {floor:.2f} s"
    return Line("call-next", "P5", f"từ bấm đến {what}", p50 / floor, figures, WANTED)


def _turns(stage: Any, sitting: str) -> list[float]:
    seats = [_open_seat(stage, sitting, *who) for who in (("thuky", "hub"), ("xa-huu-lung", SITE))]
    chair = stage.person("chutich", "hub")
    stage.go(chair, f"/phong/{sitting}/chu-tri/")
    button = chair.locator("#viec-tiep-theo")
    _press(chair, seats, "Khai mạc")
    met = []
    for turn in range(1, TURNS + 1):
        words = "Gọi lượt 1" if turn == 1 else f"gọi lượt {turn}"
        button.filter(has_text=words).wait_for(timeout=60_000)
        met.append(_press(chair, seats, words))
    return met


def _open_seat(stage: Any, sitting: str, username: str, seat: str) -> Any:
    stage.person(username, seat)
    page = stage.second_page(username, f"seat:{seat}")
    stage.go(page, f"/phong/{sitting}/ghe/{seat}/")
    page.get_by_role("button", name="Mở điểm cầu này").click()
    page.locator("sitting-stage").wait_for()
    return page


def _press(chair: Any, seats: list[Any], words: str) -> float:
    chair.locator("#viec-tiep-theo").filter(has_text=words).wait_for()
    before = seats[0].evaluate("tiepdanStage.room")
    for page in seats:
        page.evaluate(WATCH, before)
    at = chair.evaluate(CLICK)
    met: float = max(page.evaluate("window.met") for page in seats)
    return (met - float(at)) / 1000


def _clock_seconds(sitting: Any) -> list[float]:
    """From each call to the turn's clock, as the sitting's own events tell."""
    begun: dict[str, Any] = {}
    took = []
    for event in sitting.events.filter(kind__in=["called", "turn_started"]):
        visit = event.data["visit"]
        if event.kind == "called":
            begun[visit] = event.recorded_at
        else:
            took.append((event.recorded_at - begun[visit]).total_seconds())
    return took


def engine_alone(engine: Any, url: str) -> float:
    """Seconds until two synthetic seats of a fresh room receive each other; nothing of ours."""
    room, begin = f"bench-{time.monotonic_ns()}", time.monotonic()
    engine.provision(room)
    made = time.monotonic() - begin
    media = ["--video", str(CLIPS / "clip.ivf"), "--audio", str(CLIPS / "clip.ogg")]
    children = [
        copy.publisher(engine.seat_token(room, seat, seat), url, 2, *media) for seat in ("a", "b")
    ]
    told = [json.loads(child.communicate(timeout=30)[0]) for child in children]
    first: float = max(one["first_packet_ms"] for one in told)
    return made + first / 1000
