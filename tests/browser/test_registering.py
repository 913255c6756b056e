"""Registering online in a real browser: small screens, large letters, without scripts, axe."""

import os
from pathlib import Path

import pytest

from tests.journeys.stage import AXE
from tests.matters import scans
from tiepdan.matters.models import Filing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("online_province"),
]
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")
PHOTO = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": scans.jpeg()}
STEPS = 7


def onwards(page):
    """Press the page's one filled button."""
    page.locator("main .button.primary").click()


def look(page, name):
    """Nothing runs out of the screen; a picture when somebody wants one."""
    page.wait_for_load_state()
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, f"{name} is {wide - room} px too wide at {room}"
    if PICTURES:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def accessible(page, name):
    """What axe finds on the page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name


def answer(page, step):
    """Answer one of the seven pages."""
    match step:
        case 1:
            page.get_by_label("Khiếu nại").check()
        case 2:
            page.get_by_label("Việc gì, trong một câu").fill("Đền bù đất làm đường")
            page.get_by_label("Kể lại sự việc").fill("Nhà tôi chưa được đền bù thửa ruộng.")
        case 3:
            page.get_by_label("Họ và tên").fill("Lương Thị Bình")
            page.get_by_label("Số căn cước").fill("020190000777")
            page.get_by_label("Năm sinh").fill("1990")
        case 4:
            page.get_by_label("Xã, phường nơi ở").select_option(index=1)
            page.get_by_label("Thôn, khối phố").fill("thôn Nà Hoa")
        case 5:
            page.get_by_label("Đồng ý gặp qua màn hình").check()
        case 6:
            page.get_by_label("Bao nhiêu người").fill("2")
            page.get_by_label("Nghe kém").check()
        case 7:
            page.locator("#id_attachments").set_input_files(PHOTO)


def register(page, seen):
    """From the front page to the receipt, looking at each page."""
    page.goto("/")
    page.get_by_role("link", name="Đăng ký gặp Chủ tịch").click()
    seen(page, "thong-tin")
    onwards(page)
    for step in range(1, STEPS + 1):
        page.get_by_text(f"Bước {step} trong 7").wait_for()
        answer(page, step)
        seen(page, f"buoc-{step}")
        onwards(page)
    page.get_by_role("heading", name="Xem lại trước khi gửi").wait_for()
    seen(page, "xem-lai")
    onwards(page)
    page.get_by_role("heading", name="Giấy biên nhận").wait_for()
    seen(page, "bien-nhan")


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_citizen_registers_on_any_screen(cast, browser, width):
    """From a small telephone to a desk no page should need sideways scrolling."""
    with browser(viewport={"width": width, "height": 800}) as context:
        register(context.new_page(), look)
    assert Filing.objects.get().attachments.get().kind == "jpg"


def test_no_page_has_a_fault_of_accessibility(cast, browser):
    """Each page should satisfy axe, with errors shown, too."""
    with browser(bypass_csp=True, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto("/dang-ky/buoc/viec/")
        onwards(page)
        page.get_by_role("heading", name="Chưa xong").wait_for()
        look(page, "loi")
        accessible(page, "loi")
        for where in ["/dang-ky/lam-tiep/", "/dang-ky/to-cao/"]:
            page.goto(where)
            look(page, where.strip("/").replace("/", "-"))
            accessible(page, where)
        register(page, accessible)


def test_citizen_registers_without_scripts(cast, browser):
    """Without JavaScript everything should work, the files, too."""
    with browser(java_script_enabled=False) as context:
        register(context.new_page(), lambda _page, _name: None)
    assert Filing.objects.get().attachments.count() == 1


def test_pages_hold_at_four_hundred_percent(cast, browser):
    """At 400 % of 1280 px (320 px of room) labels and buttons should stay whole."""
    with browser(viewport={"width": 320, "height": 256}, device_scale_factor=4) as context:
        page = context.new_page()
        page.goto("/dang-ky/buoc/viec/")
        look(page, "phong-to")
        button = page.locator("main .button.primary").bounding_box()
        assert button["width"] <= 320


def test_keyboard_alone_is_enough(cast, browser):
    """Tab, arrows and Enter should answer the first page and reach the second."""
    with browser() as context:
        page = context.new_page()
        page.goto("/dang-ky/buoc/viec/")
        page.get_by_label("Khiếu nại").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "BUTTON"
        page.keyboard.press("Enter")
        page.get_by_text("Bước 2 trong 7").wait_for()


def test_saved_registration_is_taken_up(cast, browser):
    """Two codes on one machine should open the registration on another."""
    with browser(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto("/dang-ky/buoc/viec/")
        for step in (1, 2):
            answer(page, step)
            onwards(page)
        page.get_by_label("Họ và tên").fill("Lương")
        page.get_by_role("button", name="Lưu lại, làm tiếp sau").click()
        code = page.locator("[data-draft-code]").inner_text()
        digits = page.locator("[data-check-digits]").inner_text()
        look(page, "da-luu")
    with browser() as context:
        page = context.new_page()
        page.goto("/dang-ky/lam-tiep/")
        page.get_by_label("Mã đăng ký đã lưu").fill(code)
        page.get_by_label("Mã kiểm tra").fill(digits)
        onwards(page)
        assert page.get_by_label("Họ và tên").input_value() == "Lương"
