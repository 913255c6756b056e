"""8.3.2: how soon a locked microphone is silent, also for who comes back past the door.

The door refuses an older token; here it is used at the engine itself, behind the door, so that what
is left is the product's own look at who may send what. Times are of one clock, read at the engine.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import copy, film, results
from bench.call_next import CLIPS, SITE
from bench.main import Line

LOCKS = 5
LIMIT = 30.0  # seconds after which a time counts as that long
GOAL = 2.0
WANTED = "permission changes apply at once: silent <= 2 s"


def measure() -> list[Line]:
    """Two lines: from the chair's press to silence; from an older token's sound to silence."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    load = os.getloadavg()[0]
    with copy.running("lock", bare=True):
        copy.setup()
        from tests.journeys.stage import Stage  # noqa: PLC0415

        from bench import afternoon  # noqa: PLC0415

        sitting = afternoon.sitting(1, [SITE])
        data = Path(os.environ["TIEPDAN_DATA_DIR"])
        with sync_playwright() as playwright:
            url = f"http://localhost:{8080 + copy.SHIFT}"
            stage = Stage(
                playwright, url, data, data, options=(film.small_camera(),), viewport=film.SMALL
            )
            pressed, back = _locks(stage, sitting)
    load = max(load, os.getloadavg()[0])
    return [
        _line("lock-press", "microphone locked: from the chair's press to silence", pressed, load),
        _line(
            "lock-older-token",
            "locked, back with an engine-refreshed token: from sound to silence",
            back,
            load,
        ),
    ]


def _locks(stage: Any, sitting: Any) -> tuple[list[float], list[float]]:
    from tests.journeys.rehearsal import open_hub, open_sitting  # noqa: PLC0415
    from tests.journeys.sitting import listen_for_tokens  # noqa: PLC0415

    from tiepdan.sittings import queries  # noqa: PLC0415

    told = {"sitting": str(sitting.pk)}
    open_hub(stage, told)
    stage.person(f"xa-{SITE}", SITE)
    page = stage.second_page(f"xa-{SITE}", f"seat:{SITE}")
    stage.go(page, f"/phong/{sitting.pk}/ghe/{SITE}/")
    page.get_by_role("button", name="Mở điểm cầu này").click()
    page.locator("sitting-stage").wait_for()
    listen_for_tokens(stage, page, SITE)
    page.reload()
    open_sitting(stage, told)
    room = queries.open_room(sitting)
    assert room  # the sitting is open
    stage.wait_until(lambda: f"refreshed:{SITE}" in stage.kept, "no token was refreshed", 60)
    pressed, back = [], []
    for _ in range(LOCKS):
        _until(lambda: _sends(room.name))
        older = stage.kept[f"refreshed:{SITE}"]
        pressed.append(_press(stage, "Khóa micro", lambda: not _sends(room.name)))
        back.append(_behind_the_door(older, room.name))
        page.reload()  # the page was displaced by that seat
        _press(stage, "Mở khóa micro", lambda: _sends(room.name))
    return pressed, back


def _press(stage: Any, words: str, done: Callable[[], bool]) -> float:
    chair = stage.pages["chutich"]
    row = chair.locator(f"#micro-{SITE}")
    button = row.get_by_text(words, exact=True)
    while not button.is_visible():  # news may bring the row anew while it opens
        row.locator("summary").click()
        chair.wait_for_timeout(300)
    begin = time.monotonic()
    button.click(no_wait_after=True)
    return _until(done, begin)


def _behind_the_door(older: str, room: str) -> float:
    """A synthetic seat joins the engine itself; from its first sound to silence, 0 without any.

    Raises RuntimeError when it never came in: then nothing was measured.
    """
    from django.conf import settings  # noqa: PLC0415

    from tiepdan.common import clock  # noqa: PLC0415

    media = ["--video", str(CLIPS / "clip.ivf"), "--audio", str(CLIPS / "clip.ogg")]
    child = copy.publisher(older, settings.ENGINE_URL, 5, *media)
    heard, silent = None, None
    begun, is_in = clock.real_now(), False
    while child.poll() is None:
        now = time.monotonic()
        is_in = is_in or _joined_since(room, begun)
        if _sends(room):
            heard, silent = heard or now, None
        elif heard and silent is None:
            silent = now
        time.sleep(0.01)
    child.communicate()
    if not is_in:
        raise RuntimeError("the older token did not bring anybody in")
    if heard is None:
        return 0.0
    return (silent - heard) if silent else LIMIT


def _sends(room: str) -> bool:
    """Whether the engine passes on the site's microphone."""
    from tiepdan.video.port import Source  # noqa: PLC0415

    return any(Source.AUDIO in one.sending for one in _at(room))


def _joined_since(room: str, begun: datetime) -> bool:
    """Whether somebody has come in as the site since then; the engine tells whole seconds less."""
    return any(one.joined_at >= begun - timedelta(seconds=1) for one in _at(room))


def _at(room: str) -> list[Any]:
    """Who is connected as the site: one or, while the engine does not answer, nobody."""
    from tiepdan.video.port import ProviderUnavailableError  # noqa: PLC0415
    from tiepdan.video.providers import provider  # noqa: PLC0415

    with suppress(ProviderUnavailableError):
        return [one for one in provider("livekit").participants(room) if one.identity == SITE]
    return []


def _until(done: Callable[[], bool], begin: float | None = None) -> float:
    begin = begin or time.monotonic()
    while not done() and time.monotonic() - begin < LIMIT:
        time.sleep(0.01)
    return time.monotonic() - begin


def _line(identifier: str, what: str, seconds: list[float], load: float) -> Line:
    worst = max(seconds)
    results.keep(
        "8.3.2", identifier, what,
        figure=worst, unit="s", wanted=WANTED, reached=worst <= GOAL, load=load,
    )  # fmt: skip
    figures = f"p50 {copy.median(seconds):.2f} s, worst {worst:.2f} s of {len(seconds)}"
    return Line("lock", "8.3.2", what, worst / GOAL, f"{figures}; load {load:.1f}", WANTED)
