"""One site with the real engine: the citizens' window in a turn, a telephone, keys alone."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Copy, keep
from tests.journeys.sitting import both_ways

TELEVISION = {"width": 1920, "height": 1080}
TELEPHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "has_touch": True,
    "is_mobile": True,
}
FOCUS = """() => {
  const {activeElement: one} = document;
  return one.matches('a, button, summary, input, select, textarea')
    ? `${one.textContent.trim()}|${one.id}` : '';
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
]


def reach(page: Page, words: str) -> None:
    """Press Tab, if need be, until the control with these words, or this id, has the focus."""
    for _ in range(120):
        if words in page.evaluate(FOCUS):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to «{words}» on {page.url}")


def press(page: Page, words: str) -> None:
    """Tab to it and press Enter."""
    reach(page, words)
    page.keyboard.press("Enter")


def test_afternoon_of_one_site(copy):
    """Clerk and chair with keys alone; the citizens' window; then a telephone instead."""
    desk, chair = clerk_prepares(copy), chair_opens(copy)
    screen = clerk_opens_the_screen(desk)
    citizens_see_the_interpreter(copy, screen)
    chair_calls(copy, chair)
    citizens_see_the_chair(copy, desk, screen)
    telephone_takes_over(copy)
    press(chair, "viec-tiep-theo")
    chair.locator("turn-clock").wait_for(state="detached")


def clerk_prepares(copy: Copy) -> Page:
    """Camera, papers of the first citizen: Tab, Space and Enter only."""
    page = copy.stage.pages[copy.told["clerk"]]
    copy.stage.pages[f"seat:{copy.told['seat']}"] = page
    copy.stage.go(page, copy.room(f"diem-cau/{copy.told['seat']}"))
    press(page, "Bật camera trên máy này")
    page.locator("sitting-stage .stage__own video").wait_for()
    form = page.locator("form[id^=giay-to-]").first
    number = form.get_attribute("id").removeprefix("giay-to-")
    reach(page, f"luot_{number}_papers")
    page.keyboard.type("Căn cước công dân")
    reach(page, f"luot_{number}_recording_explained")
    page.keyboard.press("Space")
    press(page, f"Đã kiểm tra lượt {number}")
    page.locator(f"#giay-to-{number}").wait_for(state="detached")
    return page


def chair_opens(copy: Copy) -> Page:
    """The skip link leads to the next act; Enter does it."""
    chair = copy.stage.person("chutich")
    copy.stage.go(chair, copy.room("chu-tri"))
    press(chair, "Đến việc tiếp theo")
    press(chair, "Khai mạc")
    both_ways(copy.stage, ["hub", copy.told["seat"]], before="")
    return chair


def chair_calls(copy: Copy, chair: Page) -> None:
    """From the plenary into the first turn."""
    plenary = copy.site_reading()[1]
    chair.locator("#viec-tiep-theo").filter(has_text="Gọi lượt").wait_for()
    press(chair, "Gọi lượt")
    both_ways(copy.stage, ["hub", copy.told["seat"]], before=plenary)
    chair.locator("turn-clock").wait_for()
    desk = copy.stage.pages[copy.told["clerk"]]
    desk.locator("turn-news").filter(has_text="Lượt 1").wait_for(state="attached")


def clerk_opens_the_screen(desk: Page) -> Page:
    """One press; the window is as large as a television."""
    with desk.expect_popup() as opened:
        press(desk, "Mở màn hình cho công dân")
    screen = opened.value
    screen.set_viewport_size(TELEVISION)
    return screen


def citizens_see_the_interpreter(copy: Copy, screen: Page) -> None:
    """Pinned by the secretary, the interpreter has a quarter of the width beside the chair."""
    stage, other = copy.stage, copy.told["other"]
    page = stage.second_page("thuky", f"seat:{other}")
    stage.go(page, copy.room(f"ghe/{other}"))
    page.get_by_role("button", name="Mở điểm cầu này").click()
    page.locator("sitting-stage").wait_for()
    both_ways(stage, ["hub", other], before="")
    secretary = stage.pages["thuky"]
    stage.go(secretary, copy.room("thu-ky"))
    secretary.get_by_text("Phiên dịch ngôn ngữ ký hiệu").click()
    form = secretary.locator(f"form:has([value='{other}'])")
    form.get_by_role("button", name="Ghim").click()
    screen.wait_for_function(
        "() => document.querySelector('.tile.interpreter video')?.videoWidth > 0", timeout=90_000
    )
    pinned, large, whole = screen.evaluate(
        "[...['.tile.interpreter', '.tile.main'].map("
        "one => document.querySelector(one).clientWidth), innerWidth]"
    )
    assert pinned >= whole / 4
    assert large > whole / 2
    keep(screen, "man-hinh-phien-dich")
    keep(page, "ghe-phien-dich")
    keep(stage.pages["seat:hub"], "hub-phien-dich")


def citizens_see_the_chair(copy: Copy, desk: Page, screen: Page) -> None:
    """The chair large in full quality, the own picture small, words of the turn."""
    screen.locator(".tv-line").filter(has_text="nói chuyện với Chủ tịch tỉnh").wait_for()
    main = "document.querySelector('citizen-screen .tile.main video')"
    # The engine sends the layer that the television needs, not the clerk's small preview.
    screen.wait_for_function(f"() => {main}?.videoHeight >= 720", timeout=90_000)
    widths = screen.evaluate(
        f"[{main}.clientWidth, document.querySelector('.stage__own').clientWidth, innerWidth]"
    )
    assert widths[0] > 0.9 * widths[2]
    assert 0 < widths[1] < 0.25 * widths[2]
    assert screen.locator("audio").count() == 0
    keep(screen, "man-hinh-trong-luot")
    keep(desk, "ban-diem-cau-trong-luot")
    copy.stage.look(screen, "man-hinh-cong-dan")
    screen.close()


def telephone_takes_over(copy: Copy) -> None:
    """The same clerk in the turn on a telephone: touch, upright, the camera of its other side."""
    stage, seat = copy.stage, copy.told["seat"]
    context = stage.browsers["site"].new_context(
        **TELEPHONE, locale="vi-VN", permissions=["camera", "microphone"]
    )
    context.add_cookies(stage.pages[copy.told["clerk"]].context.cookies())
    stage.pages[copy.told["clerk"]].close()
    page = stage.pages[f"seat:{seat}"] = context.new_page()
    stage.go(page, copy.room(f"ghe/{seat}"))
    both_ways(stage, ["hub", seat], before="")
    track = "document.querySelector('.stage__own video')?.srcObject?.getVideoTracks()[0]"
    camera = f"({track}?.getSettings().deviceId ?? '')"
    before = page.evaluate(camera)
    page.get_by_role("button", name="Đổi camera").tap()
    page.wait_for_function(f"before => ![before, ''].includes({camera})", arg=before)
    both_ways(stage, ["hub", seat], before="")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "[...document.querySelectorAll('button, input')].filter(one => one.offsetParent)"
        ".filter(one => one.offsetHeight < 44).map(one => one.textContent || one.type)"
    )
    assert small == []
    keep(page, "dien-thoai")
