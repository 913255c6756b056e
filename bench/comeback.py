"""F12, F4 and reload: who comes back after what, and whether anybody else notices.

A plenary of the hub and one site, both real browsers, the site behind a line, and two synthetic
sites that count the hub's packets. The product runs on PostgreSQL, which is restarted too.
"""

import os
import signal
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from bench import behind, copy, results, seats
from bench.line import Site, available, site
from bench.main import Line
from bench.postgresql import cluster
from bench.recovery import INSIDE

NUMBER = 253
CUT = 30.0  # seconds
OTHERS = 2
TIMES = 3  # of what takes seconds
UNTOUCHED = 200  # ms without a packet that a quiet machine shows by itself
WAY = {"kbps": 5000, "delay": 20, "loss": 0.0, "burst": 1}
# Resolves with the moment at which the page receives more than when it came in.
RECEIVES = """() => { window.back = (async () => {
  const pause = () => new Promise((done) => setTimeout(done, 20));
  while (window.tiepdanStage?.state !== 'inside') await pause();
  const before = await tiepdanStage.bytesReceived();
  while (await tiepdanStage.bytesReceived() <= before) await pause();
  return Date.now(); })(); }"""
# The longest stretch in which the page received nothing, in ms.
LONGEST_GAP = """(ms) => { window.gap = (async () => {
  let [longest, last] = [0, await tiepdanStage.bytesReceived()];
  let at = performance.now(); const end = at + ms;
  while (performance.now() < end) {
    await new Promise((done) => setTimeout(done, 20));
    const bytes = await tiepdanStage.bytesReceived();
    if (bytes > last) { longest = Math.max(longest, performance.now() - at);
      [last, at] = [bytes, performance.now()]; }
  }
  return Math.max(longest, performance.now() - at); })(); }"""


def measure() -> list[Line]:
    """One line each: the control, line cut, reload, web killed, database restarted."""
    if missing := available():
        print(f"comeback: a line {missing}; nothing was measured.")
        return []
    load = os.getloadavg()[0]
    with cluster() as database, site(NUMBER, up=WAY, down=WAY) as place:
        found = _measured(place, database)
    load = max(load, os.getloadavg()[0])
    if results.control("comeback", "longest gap with no fault", found["control"], UNTOUCHED, "ms"):
        _keep(found, load)
    return _lines(found)


def _measured(place: Site, database: Any) -> dict[str, float]:
    with behind.reception(
        "comeback", place, 1, more=OTHERS, database=database.url, small=True
    ) as room:
        from bench.call_next import _press  # noqa: PLC0415

        others = room.others
        seats.make_clips()
        seats.take(room.sitting, others)
        _press(room.chair, [room.hub, room.site], "Khai mạc")
        seats.wait_for_room(room.sitting)
        found: dict[str, float] = {}
        _, found["control"] = _with_others(room, others, 8, lambda: time.sleep(6))
        _cut(room, place, others, found)
        _reloads(room, others, found)
        web = seats.pids()["web"]
        _fault(room, others, found, "web", lambda: os.kill(web, signal.SIGKILL))
        _fault(room, others, found, "database", database.restart)
        return found


def _with_others(
    room: behind.Reception, others: list[str], seconds: int, act: Callable[[], Any]
) -> tuple[Any, float]:
    """What `act` answers, and the longest gap (ms) of the synthetic sites meanwhile."""
    from tests.journeys.stage import expect  # noqa: PLC0415

    clients = [
        seats.client(token, seconds, "--from", "hub")
        for token in seats.tokens(room.sitting, others).values()
    ]
    expect(clients, "no synthetic site is admitted")
    time.sleep(2)  # their first packets
    answer = act()
    gap = max(seats.told(client)["longest_gap_ms"] for client in clients)
    copy.step(f"{answer}; longest gap of the others {gap} ms")
    return answer, gap


def _cut(room: behind.Reception, place: Site, others: list[str], found: dict[str, float]) -> None:
    """The site's line is dead for half a minute; seconds from its return to media at both ends."""

    def act() -> float:
        with place.cut():
            time.sleep(CUT)
            room.site.evaluate(RECEIVES)
            room.hub.evaluate(RECEIVES)
            at = time.time()
        # The hub hears the synthetic sites meanwhile: only the site tells of its own return.
        return float(room.site.evaluate("window.back")) / 1000 - at

    before = room.site.evaluate("tiepdanStage.room")
    found["cut"], found["cut-others"] = _with_others(room, others, int(CUT) + 12, act)
    room.site.evaluate(INSIDE)
    found["cut-room-kept"] = float(room.site.evaluate("tiepdanStage.room") == before)


def _reloads(room: behind.Reception, others: list[str], found: dict[str, float]) -> None:
    """The site's page is loaded anew, the slowest of a few; the seat stays the same."""

    def act() -> float:
        took = []
        for _ in range(TIMES):
            at = time.time()
            room.site.reload(wait_until="commit")
            room.site.evaluate(RECEIVES)
            took.append(float(room.site.evaluate("window.back")) / 1000 - at)
            time.sleep(2)
        return max(took)

    found["reload"], found["reload-others"] = _with_others(room, others, 8 * TIMES + 4, act)


def _fault(
    room: behind.Reception,
    others: list[str],
    found: dict[str, float],
    name: str,
    fault: Callable[[], Any],
) -> None:
    """Something that carries no media breaks: longest gap in it, and seconds until pages answer."""

    def act() -> tuple[float, float]:
        room.site.evaluate(LONGEST_GAP, 12_000)
        time.sleep(1)
        at = time.monotonic()
        fault()
        while not _answers():
            time.sleep(0.05)
        return time.monotonic() - at, float(room.site.evaluate("window.gap"))

    (back, gap), found[f"{name}-others"] = _with_others(room, others, 18, act)
    found[name], found[f"{name}-gap"] = back, gap
    room.site.evaluate(INSIDE)


def _answers() -> bool:
    """Whether the web process answers with the database behind it."""
    from django.conf import settings  # noqa: PLC0415

    from tiepdan.config import ports  # noqa: PLC0415

    host = settings.PUBLIC_HOST
    asked = urllib.request.Request(
        f"http://127.0.0.1:{ports.ports().web}/dang-nhap/",
        headers={"Host": host, "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(asked, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


GOALS = {
    "cut": ("F12", "line of one site cut 30 s, to its media after the line is back", "s", 3.0),
    "cut-others": ("F12", "the same: longest gap at the other sites", "ms", UNTOUCHED),
    "reload": ("F12", "page of a seat loaded anew, to its media, slowest of three", "s", 5.0),
    "reload-others": ("F12", "the same: longest gap at the other sites", "ms", UNTOUCHED),
    "web": ("F4", "web server killed: until pages answer again", "s", 5.0),
    "web-gap": ("F4", "the same: longest gap in a browser's media", "ms", UNTOUCHED),
    "web-others": ("F4", "the same: longest gap at the synthetic sites", "ms", UNTOUCHED),
    "database": ("F4", "database restarted without ceremony: until pages answer again", "s", 5.0),
    "database-gap": ("F4", "the same: longest gap in a browser's media", "ms", UNTOUCHED),
    "database-others": ("F4", "the same: longest gap at the synthetic sites", "ms", UNTOUCHED),
}


def _keep(found: dict[str, float], load: float) -> None:
    for name, (goal, what, unit, limit) in GOALS.items():
        figure = found[name]
        results.keep(
            goal, f"{goal.lower()}-{name}", what, figure=figure, unit=unit,
            wanted=f"<= {limit:g}", reached=figure <= limit, load=load,
        )  # fmt: skip


def _lines(found: dict[str, float]) -> list[Line]:
    lines = []
    for name in ("cut", "reload", "web", "database"):
        goal, what, _, limit = GOALS[name]
        gaps = [f"{key} {found[key]:.0f} ms" for key in found if key.startswith(f"{name}-")]
        figures = f"{found[name]:.2f} s; {', '.join(gaps)}; no fault: {found['control']:.0f} ms"
        lines.append(Line("comeback", goal, what, found[name] / limit, figures, f"<= {limit:g} s"))
    return lines
