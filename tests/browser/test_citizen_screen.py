"""The citizens' window in a real browser: opened by the clerk's press, alive over every reload."""

import os
from pathlib import Path

import pytest

from tests.journeys.stage import AXE
from tests.sittings.factories import waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")
DESK, TELEVISION = {"width": 1440, "height": 900}, {"width": 1920, "height": 1080}
OWN = "citizen-screen .stage__own video"
PLAYS = f"() => document.querySelector('{OWN}')?.videoWidth > 0"
LINE = "parseFloat(getComputedStyle(document.querySelector('.tv-line')).fontSize)"


@pytest.fixture
def desk(cast, browser, settings, tmp_path):
    """The clerk's page of Hữu Lũng, with the camera of the room in it."""
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "stub", tmp_path
    page_url = f"/phong/{waiting(cast).sitting.pk}/diem-cau/huu-lung/"
    with browser(cast.clerk_a, viewport=DESK, permissions=["camera", "microphone"]) as context:
        # The test's server cannot stream; what the stream brings has its own tests.
        context.route("**/su-kien/**", lambda route: route.fulfill(status=204))
        page = context.new_page()
        page.goto(page_url)
        page.get_by_role("button", name="Bật camera trên máy này").click()
        page.locator("sitting-stage .stage__own video").wait_for()
        yield page


def television(page):
    """The window that a press opens."""
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Mở màn hình cho công dân").click()
    screen = opened.value
    screen.set_viewport_size(TELEVISION)
    return screen


def keep(page, name):
    """A picture for whoever asked for pictures."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def axe(page):
    """What axe finds wrong."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']}))"
        ".violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`)"
    )


def test_waiting_is_never_black(desk):
    """The window should show the room itself, what comes, what to prepare, whom to call."""
    screen = television(desk)
    screen.wait_for_function(PLAYS)
    for words in ["Buổi tiếp sắp bắt đầu", "Xin chuẩn bị căn cước", "F11"]:
        screen.get_by_text(words).wait_for()
    assert screen.evaluate(LINE) >= 48
    assert screen.locator("main :is(a, button, input, select)").count() == 0
    desk.get_by_text("Màn hình cho công dân đang mở").wait_for()
    keep(screen, "man-hinh-cho")
    keep(desk, "ban-diem-cau-camera")
    assert axe(screen) == axe(desk) == []


def test_either_window_may_be_reloaded(desk):
    """A reload of one should bring the picture back without a press in the other."""
    screen = television(desk)
    screen.wait_for_function(PLAYS)
    screen.reload()
    screen.wait_for_function(PLAYS)
    desk.reload()
    screen.get_by_text("Chưa có hình").wait_for(state="hidden")
    screen.wait_for_function(PLAYS)
    track = "{}.srcObject.getVideoTracks()[0].readyState"
    assert screen.evaluate(track.format(f"document.querySelector('{OWN}')")) == "live"


def test_only_one_connection_and_no_second_sound(desk):
    """The citizens' window should hold no stage, no token address and no sound."""
    screen = television(desk)
    screen.wait_for_function(PLAYS)
    assert screen.evaluate("[typeof tiepdanStage, document.querySelectorAll('audio').length]") == [
        "undefined", 0,
    ]  # fmt: skip
    assert screen.evaluate("[...document.querySelectorAll('video')].every(one => one.muted)")


def test_screen_stays_lit(desk):
    """Both windows should ask the browser to keep the screen lit."""
    screen = television(desk)
    asked = "navigator.wakeLock.request = () => { window.asked = true; return Promise.resolve(); }"
    for page in (desk, screen):
        page.add_init_script(asked)
        page.reload()
        page.wait_for_function("() => window.asked === true")


def test_any_key_fills_the_screen(desk):
    """A press of a key should fill the screen and take the words about the key away."""
    screen = television(desk)
    screen.get_by_text("F11").wait_for()
    screen.keyboard.press("Enter")
    screen.wait_for_function("() => document.fullscreenElement !== null")
    screen.get_by_text("F11").wait_for(state="hidden")


def test_papers_are_checked_without_leaving_the_room(desk):
    """Sending the form should keep the page, its camera and its citizens' window."""
    stage = desk.locator("sitting-stage").element_handle()
    form = desk.locator("#giay-to-1")
    form.get_by_role("button").click()
    form.locator("[name=papers]").fill("Căn cước công dân")
    form.locator("[name=recording_explained]").check()
    form.get_by_role("button").click()
    form.wait_for(state="detached")
    assert stage.evaluate("one => one.isConnected")
