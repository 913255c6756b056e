"""Firefox at a site: it joins, is seen and heard, comes back, and opens the citizens' window."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.firefox import BINARY, Firefox
from tests.journeys.rehearsal import open_hub, open_sitting, own_environment, rehearse, running_copy
from tests.journeys.sitting import reading
from tests.journeys.stage import Stage

SHIFT = 17_000 + os.getpid() % 200 * 23
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")
VIDEO = "document.querySelector('{} video')?.videoWidth > 0"
BYTES = "tiepdanStage.bytesReceived()"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
    pytest.mark.skipif(BINARY is None, reason="no Firefox on this machine"),
]


@pytest.fixture
def firefox(tmp_path):
    """A clean Firefox."""
    with Firefox(tmp_path) as browser:
        yield browser


def sign_in(firefox, stage, username):
    """Sign in as a person of the demo."""
    firefox.go(f"{stage.base_url}/dang-nhap/")
    password = stage._password(username)
    firefox.evaluate(
        f"(document.querySelector('[name=username]').value = {username!r},"
        f" document.querySelector('[name=password]').value = {password!r},"
        " void document.querySelector('form button').click())"
    )
    firefox.wait_for("location.pathname.startsWith('/ban-lam-viec/')")


def keep(firefox, name, tab=""):
    """A picture for whoever asked for pictures."""
    if PICTURES:
        firefox.picture(Path(PICTURES) / f"firefox-{name}.png", tab)


def grows(firefox):
    """Wait until more media has come than now."""
    before = firefox.evaluate(BYTES)
    firefox.wait_for(f"{BYTES}.then(bytes => bytes > {before})")


def test_site_on_firefox(firefox, tmp_path):
    """A site on Firefox should see and be seen, survive a reload, and open the citizens' window."""
    data = tmp_path / "data"
    environment = own_environment(data, SHIFT)
    with running_copy(data, environment) as said, sync_playwright() as playwright:
        told = rehearse(environment)
        base_url = re.search(r"http://localhost:\d+", said)[0]
        stage = Stage(playwright, base_url, data, tmp_path / "out")
        open_hub(stage, told)
        sign_in(firefox, stage, told["clerk"])
        firefox.go(f"{base_url}/phong/{told['sitting']}/diem-cau/{told['seat']}/")
        firefox.press("Bật camera trên máy này")
        firefox.press("Bật camera và micro")
        firefox.wait_for(VIDEO.format(".stage__own"))
        open_sitting(stage, told)
        firefox.wait_for("tiepdanStage.state === 'inside'")
        assert firefox.evaluate("tiepdanStage.room") == reading(stage, "hub")[1]
        grows(firefox)
        stage.pages["seat:hub"].locator(f".tile[data-seat='{told['seat']}'] video").wait_for()
        firefox.wait_for(VIDEO.format(".tile"))
        keep(firefox, "diem-cau")
        firefox.reload()
        firefox.wait_for("tiepdanStage.state === 'inside'")
        grows(firefox)
        firefox.wait_for(VIDEO.format(".stage__own"))
        firefox.press("Mở màn hình cho công dân")
        firefox.wait_for("tiepdanStage.screen.watched()")
        screen = firefox.tabs()[-1]
        firefox.wait_for(VIDEO.format("citizen-screen .tile.main"), screen)
        firefox.wait_for(VIDEO.format("citizen-screen .stage__own"), screen)
        keep(firefox, "man-hinh", screen)
