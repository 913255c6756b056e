"""A running copy with its real engine, for tests of what people see in the rooms."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.journeys.rehearsal import open_hub, own_environment, rehearse, running_copy
from tests.journeys.sitting import reading
from tests.journeys.stage import CHROMIUM, Stage

SHIFT = 22_000 + os.getpid() % 100 * 23
"""Its highest port stays below those that Linux gives to outgoing connections (32768 and up)."""
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")


@dataclass
class Copy:
    """A running copy at the hour of its reception: its stage, its sitting."""

    stage: Stage
    told: dict[str, str]

    def room(self, rest: str) -> str:
        """An address in the sitting."""
        return f"{self.stage.base_url}/phong/{self.told['sitting']}/{rest}/"

    def site_reading(self) -> tuple[str, str]:
        """State and room of the site."""
        return reading(self.stage, self.told["seat"])

    def open_seat(self, username: str, code: str, place: str = "site") -> Page:
        """The page with a site's camera, opened by who may."""
        self.stage.person(username, place)
        page = self.stage.second_page(username, f"seat:{code}")
        self.stage.go(page, self.room(f"ghe/{code}"))
        page.locator("#mo-diem-cau").click()
        page.locator("sitting-stage").wait_for()
        return page


@pytest.fixture
def copy(tmp_path):
    """A copy at the hour of its reception; the hub is open, the clerk of a branch signed in."""
    environment = own_environment(tmp_path / "data", SHIFT)
    with running_copy(tmp_path / "data", environment) as said, sync_playwright() as playwright:
        told = rehearse(environment)
        base_url = re.search(r"http://localhost:\d+", said)[0]
        stage = Stage(playwright, base_url, tmp_path / "data", tmp_path / "out")
        # The site's machine has two cameras, as a telephone has.
        stage.browsers["site"] = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[one.replace("=fps", "=device-count=2,fps") for one in CHROMIUM],
        )  # fmt: skip
        open_hub(stage, told)
        stage.person(told["clerk"], "site")
        yield Copy(stage, told)
        for browser in stage.browsers.values():
            browser.close()
        assert stage.complaints == []


def keep(page: Page, name: str) -> None:
    """A picture for whoever asked for pictures."""
    if PICTURES:
        # The caret stays: hiding it leaves a style behind that our policy would complain of.
        page.screenshot(path=Path(PICTURES) / f"{name}.png", caret="initial")
