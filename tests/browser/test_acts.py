"""A press on a running sitting's page: no navigation, the refusal in its place, focus kept."""

import os
from pathlib import Path

import pytest

from tests.journeys.stage import AXE
from tests.sittings.factories import opened
from tiepdan.sittings.models import Sitting
from tiepdan.sittings.states import SittingState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")
FOCUS = "document.activeElement.id"


@pytest.fixture
def afternoon(cast, settings, tmp_path):
    """A sitting in its plenary; the first citizen may be called."""
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "stub", tmp_path
    return opened(cast)


@pytest.fixture
def chair(cast, browser, afternoon):
    """The chair's page, which remembers what was sent and whether it is still the same page."""
    with browser(cast.chair, viewport={"width": 1440, "height": 900}) as context:
        # The test's server cannot stream; what the stream brings has its own tests.
        context.route("**/su-kien/**", lambda route: route.fulfill(status=204))
        page = context.new_page()
        page.goto(f"/phong/{afternoon.sitting.pk}/chu-tri/")
        page.evaluate("window.same = []")
        page.on("request", lambda one: one.method == "POST" and sent.append(one.url))
        sent = page.sent = []
        yield page


def look(page, name):
    """Axe should find nothing, and nothing stand out of the screen, wide or narrow."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name


def acts(page):
    """What was posted, and whether the page was never left."""
    return [url.rstrip("/").rsplit("/", 1)[1] for url in page.sent], page.evaluate("!!window.same")


def test_calling_keeps_the_page_and_the_keyboard(chair, afternoon):
    """Two quick presses of the next thing should call one turn, on the same page."""
    button = chair.locator("#viec-tiep-theo").filter(has_text="Gọi lượt 1")
    button.focus()
    button.dblclick()
    chair.locator("#nut-chinh").get_by_text("Chờ ghi hình lượt 1").wait_for()
    assert acts(chair) == (["call"], True)
    assert chair.evaluate(FOCUS) == "hanh-dong"
    assert chair.evaluate("scrollY") == 0
    look(chair, "chu-tri-vua-goi")
    chair.locator("#ghi-vang-mat").focus()
    chair.keyboard.press("Enter")
    chair.locator("#viec-tiep-theo").filter(has_text="Gọi lượt 2").wait_for()
    assert acts(chair) == (["call", "absent"], True)


def test_the_keyboard_is_not_put_on_another_act(chair):
    """Enter twice on the big button should do the first act alone: it now says something else."""
    chair.get_by_text("Tạm dừng buổi tiếp").click()
    chair.locator("#dung-buoi-tiep [name=reason]").fill("Nghỉ 5 phút")
    chair.locator("#tam-dung").click()
    chair.locator("#viec-tiep-theo").filter(has_text="Tiếp tục buổi tiếp").focus()
    chair.keyboard.press("Enter")
    chair.locator("#viec-tiep-theo").filter(has_text="Gọi lượt 1").wait_for()
    assert chair.evaluate(FOCUS) == "hanh-dong"
    chair.keyboard.press("Enter")
    assert acts(chair) == (["pause", "resume"], True)


def test_what_the_operator_types_outlives_an_event(cast, browser, afternoon):
    """A power note being written should stay open, with its words and the keyboard."""
    with browser(cast.operator, viewport={"width": 1440, "height": 900}) as context:
        context.route("**/su-kien/**", lambda route: route.fulfill(status=204))
        page = context.new_page()
        page.goto(f"/phong/{afternoon.sitting.pk}/ky-thuat/")
        page.locator("#dien-huu-lung summary").click()
        note = page.locator("#dien-chu-huu-lung")
        note.fill("Đang chạy máy phát")
        page.evaluate("window.old = document.querySelector('#dien-huu-lung')")
        page.evaluate("document.body.dispatchEvent(new CustomEvent('acts:refresh'))")
        page.wait_for_function("() => !window.old.isConnected")
        assert note.is_visible()
        assert note.input_value() == "Đang chạy máy phát"
        assert page.evaluate(FOCUS) == "dien-chu-huu-lung"
        page.locator("#dua-ra summary").click()
        look(page, "ky-thuat-dua-ra")


def test_a_refusal_stays_in_its_place(chair):
    """A refused press should say why, keep what was typed and the focus, until the next act."""
    chair.get_by_text("Tạm dừng buổi tiếp").click()
    reason = chair.locator("#dung-buoi-tiep [name=reason]")
    reason.fill("  ")
    chair.locator("#tam-dung").focus()
    with chair.expect_response(lambda one: one.url.endswith("/chu-tri/")):  # comes anew
        chair.keyboard.press("Enter")
    chair.locator("#vung-tu-choi [role=alert]").get_by_text("Chưa làm được").wait_for()
    chair.wait_for_function("() => !document.querySelector('[aria-busy]')")
    assert acts(chair) == (["pause"], True)
    assert (chair.evaluate(FOCUS), reason.input_value()) == ("tam-dung", "  ")
    look(chair, "chu-tri-bi-tu-choi")
    reason.fill("Nghỉ 5 phút")
    chair.locator("#tam-dung").click()
    chair.get_by_text("Nghỉ 5 phút").wait_for()
    assert chair.locator("#vung-tu-choi [role=alert]").count() == 0
    assert acts(chair) == (["pause", "pause"], True)


def test_asking_once_more_works_by_keys(chair, afternoon):
    """A dangerous act should ask first, also when it is sent without leaving the page."""
    chair.locator("#be-mac").focus()
    chair.keyboard.press("Enter")
    chair.keyboard.press("Escape")
    assert chair.evaluate(FOCUS) == "be-mac"
    chair.keyboard.press("Enter")
    chair.keyboard.press("Tab")
    chair.keyboard.press("Enter")
    chair.get_by_role("heading", name="Đang bế mạc buổi tiếp").wait_for()
    assert acts(chair) == (["close"], True)


def test_failures_are_told(chair, settings):
    """A broken server should be told in words; whoever is signed out should come to sign in."""
    chair.route("**/chu-tri/call/", lambda route: route.fulfill(status=502, body="x"))
    chair.locator("#viec-tiep-theo").click()
    chair.locator("#vung-tu-choi").get_by_text("mã 502").wait_for()
    look(chair, "chu-tri-may-chu-loi")
    chair.unroute("**/chu-tri/call/")
    chair.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    chair.locator("#viec-tiep-theo").click()
    chair.wait_for_url("**/dang-nhap/?next=/phong/*/chu-tri/")


def test_without_scripts_a_form_is_a_form(cast, browser, afternoon):
    """The page should come anew by itself where nothing runs in it."""
    with browser(cast.chair, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"/phong/{afternoon.sitting.pk}/chu-tri/")
        page.locator("#viec-tiep-theo").click()
        page.locator("#nut-chinh").get_by_text("Chờ ghi hình lượt 1").wait_for()
    assert Sitting.objects.get().state == SittingState.OPEN
