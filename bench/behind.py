"""A sitting whose site sits behind a line of its own: hub and site are real browsers over HTTPS."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import copy, film, seats
from bench.line import Site

SITE = "huu-lung"
PEOPLE = (("thuky", "hub"), ("xa-huu-lung", SITE))
# Keeps each connection of a page, so that its counters can be read.
COLLECT = """window.connections = []; const Real = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(...given) { super(...given); window.connections.push(this); } };"""


@dataclass
class Reception:
    """What a measurement works with: the browsers, both seats' pages and the chair's.

    `others`: the codes of the further sites.
    """

    stage: Any
    sitting: Any
    hub: Any
    site: Any
    chair: Any
    others: list[str]

    @property
    def key(self) -> str:
        """The sitting's id, as it stands in addresses."""
        return str(self.sitting.pk)


@contextmanager
def reception(
    name: str,
    place: Site,
    turns: int,
    *,
    hub: str = "",
    site: str = "",
    more: int = 0,
    database: str = "",
    small: bool = False,
) -> Iterator[Reception]:
    """A prepared sitting; `hub`, `site`: options for the Chromium of each, else a small camera.

    `more`: how many further sites take part, for synthetic seats. `small`: windows, too.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    url = f"https://{place.here}:{8443 + copy.SHIFT}"
    os.environ.update({"TIEPDAN_PUBLIC_HOST": place.here, "TIEPDAN_PUBLIC_URL": url})
    with copy.running(name, bare=True, database=database):
        copy.step("the copy runs")
        copy.setup()
        from tests.journeys.stage import Stage  # noqa: PLC0415 - after Django is set up

        from bench import afternoon  # noqa: PLC0415

        codes = seats.communes(more + 1)
        others = [code for code in codes if code != SITE][:more]
        sitting = afternoon.sitting(turns, [SITE, *others])
        data = Path(os.environ["TIEPDAN_DATA_DIR"])
        browsers = {
            "hub": browser(data / "hub", [], hub or film.small_camera()),
            SITE: browser(data / "site", place.inside, site or film.small_camera()),
        }
        with sync_playwright() as playwright:
            stage = Stage(playwright, url, data, data, chromium=browsers)
            if small:
                stage.viewport = film.SMALL
            for username, seat in PEOPLE:
                stage.person(username, seat).context.add_init_script(COLLECT)
            pages = [open_seat(stage, str(sitting.pk), *who) for who in PEOPLE]
            chair = stage.person("chutich", "hub")
            stage.go(chair, f"/phong/{sitting.pk}/chu-tri/")
            copy.step("seats and chair are there")
            yield Reception(stage, sitting, pages[0], pages[1], chair, others)


def browser(path: Path, inside: list[str], option: str) -> str:
    """A program that starts Chromium in that place with one option more."""
    path.write_text(f'#!/bin/sh\nexec {" ".join(inside)} /usr/bin/chromium "$@" {option}\n')
    path.chmod(0o700)
    return str(path)


def open_seat(stage: Any, sitting: str, username: str, seat: str) -> Any:
    """A seat's page, opened and waiting for what the server calls it to."""
    stage.person(username, seat)
    page = stage.second_page(username, f"seat:{seat}")
    stage.go(page, f"/phong/{sitting}/ghe/{seat}/")
    page.get_by_role("button", name="Mở điểm cầu này").click()
    page.locator("sitting-stage").wait_for()
    return page
