"""A paper of the case at both ends of a turn: two browsers, the real engine, one page."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import SHIFT, Copy, keep
from tests.journeys.rehearsal import own_environment
from tests.journeys.sitting import both_ways
from tests.journeys.stage import DESKTOP, TELEPHONE

SHOWN = "paper-view[data-shown] img[src]"
DRAWN = f"() => document.querySelector('{SHOWN}')?.naturalWidth > 800"
PATIENCE = 90_000
"""Milliseconds: the pages are drawn by the worker, on a machine that may be busy."""

LITTLE = 20_000
"""Bytes of a recorded picture that is more than a beginning."""

DOT = "document.querySelector('.paper__dot')"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
]


def test_a_paper_at_both_ends(copy):
    """The secretary shows, turns and points; site, chair and television see it, till it ends."""
    hand_in(copy)
    site = site_is_ready(copy)
    chair = turn_begins(copy)
    secretary = copy.stage.pages["thuky"]
    copy.stage.go(secretary, copy.room("thu-ky"))
    secretary.get_by_role("button", name="Chiếu Don-de-nghi.pdf").click()
    for page in (secretary, chair, site):
        says(page, "trang 1 trong 3")
        page.wait_for_function(DRAWN, timeout=PATIENCE)
    everybody_turns(secretary, site)
    somebody_points(secretary, site)
    it_looks_well(copy, secretary, site)
    late_comers_see_it(site)
    secretary.get_by_role("button", name="Thôi chiếu").click()
    for page in (site, chair, secretary):
        page.locator("paper-view[data-shown]").wait_for(state="detached")
    the_sites_screen(copy, secretary, site)


def hand_in(copy: Copy) -> None:
    """Every filing has one scanned paper."""
    command = [sys.executable, "-m", "tests.journeys.hand_in", copy.told["sitting"]]
    environment = own_environment(copy.stage.data_dir, SHIFT)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def site_is_ready(copy: Copy) -> Page:
    """The branch's camera is open, its first citizen's papers are checked."""
    clerk = copy.stage.pages[copy.told["clerk"]]
    copy.stage.go(clerk, copy.room(f"diem-cau/{copy.told['seat']}"))
    form = clerk.locator("form[id^=giay-to-]").first
    name = form.get_attribute("id")
    form.locator("[name=papers]").fill("Căn cước công dân")
    form.locator("[name=recording_explained]").check()
    form.get_by_role("button").click()
    clerk.locator(f"#{name}").wait_for(state="detached")
    return copy.open_seat(copy.told["clerk"], copy.told["seat"])


def turn_begins(copy: Copy) -> Page:
    """Opened, called, recorded."""
    chair = copy.stage.person("chutich")
    copy.stage.go(chair, copy.room("chu-tri"))
    chair.locator("#viec-tiep-theo").filter(has_text="Khai mạc").click()
    both_ways(copy.stage, ["hub", copy.told["seat"]], before="")
    plenary = copy.site_reading()[1]
    chair.locator("#viec-tiep-theo").filter(has_text="Gọi lượt").click()
    both_ways(copy.stage, ["hub", copy.told["seat"]], before=plenary)
    chair.locator("turn-clock").wait_for()
    return chair


def says(page: Page, words: str) -> None:
    """The line under the paper, which a screen reader says."""
    page.locator(".paper__words").filter(has_text=words).wait_for(timeout=PATIENCE)


def everybody_turns(secretary: Page, site: Page) -> None:
    """By key at one end, seen at the other; the pictures differ."""
    first = site.locator(SHOWN).get_attribute("src")
    secretary.locator(".paper__pane").focus()
    secretary.keyboard.press("PageDown")
    says(site, "trang 2 trong 3")
    site.wait_for_function(f"one => document.querySelector('{SHOWN}').src !== one", arg=first)
    secretary.keyboard.press("End")
    says(site, "trang 3 trong 3")
    secretary.get_by_role("button", name="Trang trước").click()
    says(site, "trang 2 trong 3")


def somebody_points(secretary: Page, site: Page) -> None:
    """The dot goes where the secretary's mouse is, and leaves with the pointer."""
    secretary.get_by_role("button", name="Con trỏ").click()
    site.wait_for_function(f"() => {DOT} && !{DOT}.hidden", timeout=PATIENCE)
    box = secretary.locator(SHOWN).bounding_box()
    secretary.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.5)
    site.wait_for_function(f"() => Math.abs(parseFloat({DOT}.style.left) - 25) < 2")
    site.wait_for_function(f"() => Math.abs(parseFloat({DOT}.style.top) - 50) < 2")


def it_looks_well(copy: Copy, secretary: Page, site: Page) -> None:
    """No complaint of axe, nothing wider than a telephone; the paper larger than the faces."""
    wide = site.evaluate(
        "['paper-view', 'sitting-stage'].map(one => document.querySelector(one).clientWidth)"
    )
    assert wide[0] > wide[1]
    keep(site, "giay-to-ghe")
    for page, name in ((secretary, "trinh-chieu-thu-ky"), (site, "trinh-chieu-ghe")):
        copy.stage.look(page, name, telephone=True)
        page.set_viewport_size(TELEPHONE)
        keep(page, f"{name}-390")
        page.set_viewport_size(DESKTOP)
        keep(page, name)
    keep(copy.stage.pages["chutich"], "trinh-chieu-chu-tri")
    secretary.get_by_role("button", name="Con trỏ").click()
    site.wait_for_function(f"() => {DOT}.hidden")


def the_sites_screen(copy: Copy, secretary: Page, site: Page) -> None:
    """The site's screen: large at the hub, recorded, and gone when the secretary ends it."""
    hub, seat = copy.stage.pages["seat:hub"], copy.told["seat"]
    # Chromium's second invented camera gives no picture to a connection; its invented screen does.
    site.get_by_role("button", name="Chiếu màn hình máy này").click()
    tile = f".tile.main[data-seat='{seat}:paper']"
    hub.wait_for_function(
        f'() => document.querySelector("{tile} video")?.videoWidth > 0', timeout=PATIENCE
    )
    copy.stage.wait_until(
        lambda: any(
            file.stat().st_size > LITTLE
            for file in (copy.stage.data_dir / "recordings").rglob("*-screen.rtpdump")
        ),
        "màn hình chưa được ghi",
        seconds=90,
    )
    keep(hub, "chieu-man-hinh-hub")
    keep(site, "chieu-man-hinh-ghe")
    secretary.get_by_role("button", name="Thôi chiếu").click()
    hub.locator(f"[data-seat='{seat}:paper']").wait_for(state="detached")
    site.get_by_role("button", name="Chiếu màn hình máy này").wait_for()


def late_comers_see_it(site: Page) -> None:
    """A page loaded anew, and the television, have the page that is shown now."""
    site.reload()
    says(site, "trang 2 trong 3")
    with site.expect_popup() as opened:
        site.get_by_role("button", name="Mở màn hình cho công dân").click()
    screen = opened.value
    screen.set_viewport_size({"width": 1920, "height": 1080})
    says(screen, "trang 2 trong 3")
    screen.wait_for_function(DRAWN)
    screen.wait_for_function(
        "() => document.querySelector('citizen-screen video')?.videoWidth > 0", timeout=PATIENCE
    )
    keep(screen, "trinh-chieu-man-hinh")
    screen.close()
