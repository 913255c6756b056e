"""The counter form in a real browser: cards, keys, the draft, a line that drops."""

import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
import segno
from playwright.sync_api import TimeoutError as TooLate

from tests import cast as everyone
from tests.journeys.stage import AXE
from tests.matters.test_leads import lead
from tiepdan.matters.models import Filing
from tiepdan.org.actions import load_former_units

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "/ban-lam-viec/don/moi/"
CARD = "020190000001||Nông Thị Thuỳ Cúc|05121990|Nữ|{}, Thử, Lạng Sơn|10052021"
WHOLE, DIVIDED, UNKNOWN = "Thôn Nà Hoa, Sơn Hà", "Thôn 2, Đại Đồng", "Thôn 3, Nơi Khác"
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")
DESK = {"width": 1440, "height": 900}
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('tiepdan.draft.')).length"


@pytest.fixture
def former(cast):
    """Sơn Hà went to Hữu Lũng; Đại Đồng was divided between Hữu Lũng and Bắc Sơn."""
    a, b = cast.commune_a.unit.code, cast.commune_b.unit.code
    load_former_units(
        {"province": "Lạng Sơn", "district": "Huyện Thử", "name": name, "unit": unit,
         "changed_on": "2025-07-01", "source": "Nghị quyết thử"}
        for name, unit in [("Xã Sơn Hà", a), ("Xã Đại Đồng", a), ("Xã Đại Đồng", b)]
    )  # fmt: skip


@pytest.fixture
def counter(cast, browser, former):
    """The counter form of the clerk of Hữu Lũng."""
    with browser(cast.clerk_a, viewport=DESK) as context:
        page = context.new_page()
        page.goto(NEW)
        page.locator("[data-scan] button").wait_for()
        yield page


def scan(page, address):
    """A hand scanner: every letter in a few milliseconds, then Enter.

    A busy machine may let two letters fall too far apart for one: then the card is shown again.
    """
    for patience in (8_000, 8_000, 20_000):
        with suppress(TooLate):
            with page.expect_request("**/the-can-cuoc/", timeout=patience):
                page.keyboard.type(CARD.format(address))
                page.keyboard.press("Enter")
            return


def value(page, name):
    """What stands in a field."""
    return page.locator(f"form.counter [name={name}]").input_value()


def commune(page):
    """The commune chosen."""
    return page.locator("[name=commune] option:checked").inner_text()


def filings(page):
    """How many filings the desk lists; the database is not to be asked while a browser runs."""
    words = page.request.get("/ban-lam-viec/don/").text()
    return int(re.search(r"(\d+) đơn", words)[1])


def tell_the_story(page):
    """What the citizen says, and the wish asked for."""
    page.locator("[name=subject]").fill("Đền bù đất làm đường")
    page.locator("[name=content]").fill("Nhà tôi chưa được đền bù thửa ruộng.")
    page.locator("[name=consent][value=yes]").check()


def test_hand_scanner_fills_the_form(counter):
    """A scanner used while the cursor is in a text should fill the form, not the text."""
    counter.locator("[name=content]").fill("Đang kể")
    counter.locator("[name=content]").focus()
    scan(counter, WHOLE)
    counter.get_by_text("Nay là xã Hữu Lũng").wait_for()
    filled = ["full_name", "id_number", "born", "sex", "address"]
    assert [value(counter, name) for name in filled] == [
        "Nông Thị Thuỳ Cúc", "020190000001", "05/12/1990", "female", "Thôn Nà Hoa",
    ]  # fmt: skip
    assert commune(counter) == "xã Hữu Lũng"
    assert value(counter, "printed_address") == "Thôn Nà Hoa, Sơn Hà, Thử, Lạng Sơn"
    assert value(counter, "content") == "Đang kể"
    assert counter.locator(".filled").count() >= 5
    assert counter.evaluate("document.activeElement.name") == "phone"


def test_divided_commune_is_asked_in_place(counter):
    """Nothing should be chosen for the clerk; a press chooses."""
    scan(counter, DIVIDED)
    choice = counter.locator("[data-card-communes] button")
    choice.first.wait_for()
    assert commune(counter) == "Chọn xã, phường"
    assert choice.all_inner_texts() == ["xã Bắc Sơn", "xã Hữu Lũng"]
    counter.keyboard.press("Enter")
    assert commune(counter) == "xã Bắc Sơn"


def test_unknown_commune_is_left_to_the_clerk(counter):
    """The clerk's own commune should not stand for one that nobody knows."""
    scan(counter, UNKNOWN)
    counter.get_by_text("hãy chọn xã, phường").wait_for()
    assert commune(counter) == "Chọn xã, phường"
    assert counter.evaluate("document.activeElement.name") == "commune"


@pytest.mark.usefixtures("former")
def test_camera_reads_the_card(cast, browser, tmp_path):
    """F2 should start the camera, and the code held before it fill the form."""
    picture, film = tmp_path / "card.png", tmp_path / "card.y4m"
    segno.make(CARD.format(WHOLE), error="m").save(str(picture), scale=6, border=6)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-loop", "1", "-i", picture, "-t", "1", "-r", "10",
         "-vf", "scale=-2:440,pad=640:480:(ow-iw)/2:(oh-ih)/2:white", "-pix_fmt", "yuv420p", film],
        check=True,
    )  # fmt: skip
    camera = f"--use-file-for-fake-video-capture={film}"
    with browser(cast.clerk_a, args=[camera], viewport=DESK, permissions=["camera"]) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(NEW)
        page.locator("[data-scan] button").wait_for()
        page.keyboard.press("F2")
        page.get_by_text("Nay là xã Hữu Lũng").wait_for()
        assert value(page, "full_name") == "Nông Thị Thuỳ Cúc"
        assert not page.locator("[data-camera-view]").is_visible()
        assert complaints == []


def test_keys_alone_lead_to_the_receipt(counter):
    """Enter should move on and never send; F9 should save and clear the draft."""
    scan(counter, WHOLE)
    counter.get_by_text("Nay là").wait_for()
    tell_the_story(counter)
    counter.locator("[name=full_name]").focus()
    for name in ["id_number", "born", "address", "commune", "sex", "phone", "subject"]:
        counter.keyboard.press("Enter")
        assert counter.evaluate("document.activeElement.name") == name
    counter.keyboard.press("F9")
    counter.wait_for_url("**/bien-nhan/")
    assert counter.locator("[data-check-digits]").is_visible()
    assert counter.evaluate(KEPT) == 0
    assert filings(counter) == 1


def test_faults_come_back_without_losing_anything(counter):
    """What is wrong should be said in place, and the form then go through."""
    scan(counter, WHOLE)
    counter.get_by_text("Nay là").wait_for()
    tell_the_story(counter)
    counter.locator("[name=id_number]").fill("020")
    counter.keyboard.press("F9")
    counter.get_by_text("phải gồm đúng 12 chữ số").first.wait_for()
    assert counter.title().startswith("Lỗi:")
    counter.locator("[name=id_number]").fill("020190000001")
    counter.keyboard.press("F9")
    counter.wait_for_url("**/bien-nhan/")
    assert filings(counter) == 1


def test_line_that_drops_costs_nothing(counter):
    """A form sent without a line should be kept, told, and go once the line is back."""
    scan(counter, WHOLE)
    counter.get_by_text("Nay là").wait_for()
    tell_the_story(counter)
    counter.context.set_offline(True)
    counter.keyboard.press("F9")
    counter.get_by_text("bản nháp được giữ trên máy này").wait_for()
    counter.wait_for_timeout(300)
    assert counter.evaluate(KEPT) == 1
    counter.context.set_offline(False)
    counter.wait_for_url("**/bien-nhan/")
    assert filings(counter) == 1
    assert counter.evaluate(KEPT) == 0


def test_answer_that_is_lost_makes_no_second_filing(counter):
    """When only the answer is lost, the same key should lead to the first filing's receipt."""
    scan(counter, WHOLE)
    counter.get_by_text("Nay là").wait_for()
    tell_the_story(counter)

    def arrive_but_say_nothing(route):
        route.fetch()
        route.abort()

    counter.route(f"**{NEW}", arrive_but_say_nothing, times=1)
    counter.keyboard.press("F9")
    counter.wait_for_url("**/bien-nhan/")
    assert filings(counter) == 1
    assert counter.locator("[data-check-digits]").is_visible()


def test_draft_outlives_the_page(counter):
    """A page left should offer its draft once more, to its writer, until it is thrown away."""
    scan(counter, WHOLE)
    counter.get_by_text("Nay là").wait_for()
    tell_the_story(counter)
    counter.wait_for_timeout(500)
    counter.reload()
    counter.get_by_text("Có bản nháp chưa lưu").wait_for()
    assert value(counter, "full_name") == ""
    counter.get_by_role("button", name="Mở lại bản nháp").click()
    assert value(counter, "full_name") == "Nông Thị Thuỳ Cúc"
    assert commune(counter) == "xã Hữu Lũng"
    assert counter.locator("[name=consent][value=yes]").is_checked()
    counter.reload()
    counter.get_by_role("button", name="Xóa").click()
    assert counter.evaluate(KEPT) == 0


def test_web_session_that_ended_loses_nothing(counter, settings):
    """Who has to sign in again while saving should find the draft afterwards."""
    tell_the_story(counter)
    counter.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    counter.keyboard.press("F9")
    counter.wait_for_url("**/dang-nhap/**")
    assert counter.evaluate(KEPT) == 1


def test_signing_out_takes_the_draft_along(counter):
    """Whoever signs out should leave nothing behind on the machine."""
    tell_the_story(counter)
    counter.wait_for_timeout(500)
    assert counter.evaluate(KEPT) == 1
    counter.get_by_role("button", name="Đăng xuất").click()
    counter.wait_for_url("**/")
    assert counter.evaluate(KEPT) == 0


def test_form_fits_one_screen(counter):
    """At 1440 x 900 everything should be in sight; axe should find nothing, 390 px suffice."""
    assert counter.evaluate("document.documentElement.scrollHeight") <= DESK["height"]
    counter.evaluate(AXE.read_text(encoding="utf-8"))
    found = counter.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    counter.set_viewport_size({"width": 390, "height": 844})
    assert counter.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.usefixtures("former")
def test_earlier_filings_stand_in_sight(cast, browser):
    """After a scan, the same person's filing should be seen without scrolling, over nothing."""
    code = everyone.filing(cast).tracking_code
    number = Filing.objects.get().petitioner.id_number
    with browser(cast.clerk_a, viewport=DESK) as context:
        page = context.new_page()
        page.goto(NEW)
        page.locator("[data-scan] button").wait_for()
        page.keyboard.type(CARD.format(WHOLE).replace("020190000001", number))
        page.keyboard.press("Enter")
        seen = page.locator("#trung").get_by_role("link", name=code)
        seen.wait_for()
        box, bar = seen.bounding_box(), page.locator(".counter > .actions").bounding_box()
        phone = page.locator("[name=phone]").bounding_box()
        assert phone["y"] + phone["height"] <= box["y"]
        assert box["y"] + box["height"] <= bar["y"]


@pytest.mark.usefixtures("former")
def test_earlier_call_stays_ticked(cast, browser):
    """A lead ticked beside the form should stay ticked while the person is typed on."""
    lead(cast, full_name="Nông Thị Thuỳ Cúc")
    with browser(cast.clerk_a, viewport=DESK) as context:
        page = context.new_page()
        page.goto(NEW)
        page.locator("[data-scan] button").wait_for()
        scan(page, WHOLE)
        page.locator("[name=lead]").check()
        page.locator("[name=phone]").fill("0912345678")
        with page.expect_response("**/trung/**"):
            page.keyboard.press("Enter")
        assert page.locator("[name=lead]").is_checked()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / "dau-moi-o-quay.png")
