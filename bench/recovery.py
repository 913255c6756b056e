"""F5: kill -9 of the media server under a room of 16: seconds until each receives media again.

Of two clustered ones (`recovery-cluster`), the one that has the room is killed.

Three seats are real browsers, 13 are Go clients that live by the product's event stream. All share
the machine with the product. Times are of one clock: the kill's, the pages' and the clients'.
"""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import copy, film, results
from bench.call_next import CONTROL, WATCH, engine_alone
from bench.main import Line
from bench.stream_seat import held

KILLS = 5
SEATS = 16
BROWSERS = 3
CALM = 6.0  # seconds between two kills: the recorder and everybody are settled again
GOAL = 5.0  # seconds, p95 (goals.md, F5)
INSIDE = """async () => { while (window.tiepdanStage?.state !== 'inside')
  await new Promise((done) => setTimeout(done, 100)); }"""
WANTED = "all 16 back with media, p95 <= 5 s"
KEPT = {
    1: ("recovery", "f5-engine-killed-p95", "media server killed"),
    2: ("recovery-cluster", "f5-node-killed-p95", "one of two clustered media servers killed"),
}
"""By the number of engines: the measurement, its figure's id, what was done."""


def measure(engines: int = 1) -> list[Line]:
    """One line: p50 and p95 over all seats and kills, and the slowest seat of each kill."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    load = os.getloadavg()[0]
    name, identifier, done = KEPT[engines]
    os.environ["TIEPDAN_ENGINES"] = str(engines)
    with copy.running(name, bare=True):
        copy.setup()
        from django.conf import settings  # noqa: PLC0415
        from tests.journeys.stage import Stage  # noqa: PLC0415

        with copy.bare_engine() as (_, engine):
            floor = copy.median([engine_alone(engine, settings.ENGINE_URL) for _ in range(5)])
        sitting, codes = _sitting()
        data = Path(os.environ["TIEPDAN_DATA_DIR"])
        with sync_playwright() as playwright:
            url = f"http://localhost:{8080 + copy.SHIFT}"
            stage = Stage(
                playwright, url, data, data, options=(film.small_camera(),), viewport=film.SMALL
            )
            pages = [_open(stage, str(sitting.pk), code) for code in codes[:BROWSERS]]
            seats = [held(sitting, code) for code in codes[BROWSERS:]]
            _begin(sitting)
            for seat in seats:
                seat.start()
            time.sleep(CALM)
            kills, met = _kills(pages)
            for seat in seats:
                seat.stop()
    found = _figures(kills, met, [seat.arrivals for seat in seats])
    if results.control(name, "the bare engine's two seats meet", floor, CONTROL, "s"):
        results.keep(
            "F5", identifier, f"{done} under 16 seats, to their media, p95",
            figure=found.p95, unit="s", wanted=WANTED,
            reached=found.p95 <= GOAL and not found.missing, load=max(load, os.getloadavg()[0]),
        )  # fmt: skip
    each = ", ".join(f"{one:.1f}" for one in found.slowest)
    figures = f"p50 {found.p50:.2f} s, p95 {found.p95:.2f} s; slowest of each kill {each} s"
    figures += f"; not back {found.missing}; bare engine's two seats meet in {floor:.2f} s"
    return [Line(name, "F5", f"{SEATS} chỗ trở lại", found.p95 / GOAL, figures, WANTED)]


def _sitting() -> tuple[Any, list[str]]:
    """A sitting of the hub and 15 sites; the codes of its seats, the browsers' first."""
    from bench import afternoon  # noqa: PLC0415
    from tiepdan.org.models import AgencyKind, VideoSite  # noqa: PLC0415

    communes = VideoSite.objects.filter(agency__kind=AgencyKind.COMMUNE_COMMITTEE)
    sites = list(communes.order_by("code").values_list("code", flat=True)[: SEATS - 1])
    return afternoon.sitting(1, sites), ["hub", *sites]


def _open(stage: Any, sitting: str, code: str) -> Any:
    from tiepdan.org.models import VideoSite  # noqa: PLC0415

    # A commune's clerk has the name of the commune's committee.
    name = "thuky" if code == "hub" else VideoSite.objects.get(code=code).agency.code
    page = stage.person(name, code)
    stage.go(page, f"/phong/{sitting}/ghe/{code}/")
    page.get_by_role("button", name="Mở điểm cầu này").click()
    page.locator("sitting-stage").wait_for()
    return page


def _begin(sitting: Any) -> None:
    from tiepdan.accounts.models import Role  # noqa: PLC0415
    from tiepdan.accounts.queries import people_with  # noqa: PLC0415
    from tiepdan.sittings import reconcile  # noqa: PLC0415
    from tiepdan.sittings.actions import open_sitting  # noqa: PLC0415

    open_sitting(sitting=sitting, by=people_with(Role.CHAIR).get())
    reconcile.apply(sitting)


def _kills(pages: list[Any]) -> tuple[list[float], list[list[float]]]:
    """When each kill was, and the seconds the browsers took after it."""
    kills, met = [], []
    for _ in range(KILLS):
        for page in pages:
            page.evaluate(INSIDE)
        time.sleep(CALM)
        for page in pages:
            page.evaluate(WATCH, page.evaluate("tiepdanStage.room"))
        engine = copy.pids(os.environ["TIEPDAN_DATA_DIR"])[_engine_of(pages[0])]
        at = time.time()
        os.kill(engine, signal.SIGKILL)
        met.append([page.evaluate("window.met") / 1000 - at for page in pages])
        kills.append(at)
        time.sleep(CALM)
    return kills, met


def _engine_of(page: Any) -> str:
    from tiepdan.video.adapters.livekit import cluster  # noqa: PLC0415

    return cluster.name_of(cluster.holder(page.evaluate("tiepdanStage.room")))


@dataclass(frozen=True)
class Found:
    """Seconds over all seats and kills, the slowest seat of each kill, seats that never came."""

    p50: float
    p95: float
    slowest: list[float]
    missing: int


def _figures(kills: list[float], met: list[list[float]], arrivals: list[list[float]]) -> Found:
    took: list[float] = []
    slowest: list[float] = []
    missing = 0
    for at, until, browsers in zip(kills, [*kills[1:], float("inf")], met, strict=True):
        firsts = [min((one for one in seat if at < one < until), default=None) for seat in arrivals]
        back = [one - at for one in firsts if one is not None]
        missing += len(firsts) - len(back)
        took += [*browsers, *back]
        slowest.append(max([*browsers, *back]))
    took.sort()
    return Found(copy.median(took), took[int(len(took) * 0.95) - 1], slowest, missing)
