"""A person's own seat: once out it is out, whatever its page and its tokens try. Real engine."""

import http.client
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.journeys.conftest import Copy, keep
from tests.journeys.doors import knock
from tests.journeys.sitting import both_ways, listen_for_tokens, reading, seat
from tests.journeys.test_deliberation import in_the_turn

QUIET = 3.0
"""Seconds that it is watched afterwards: not a byte may come."""

SOON = 2.0
"""Seconds from the press to the last byte."""

PATIENCE = 60
"""Seconds: four browsers' pages and the whole product share a busy machine."""

GUEST = "guest"

METER = """() => { sessionStorage.removeItem('grew'); (async () => {
  for (let bytes = 0; ; await new Promise((after) => setTimeout(after, 50))) {
    const asked = Date.now(), now = await tiepdanStage.bytesReceived();
    if (now > bytes) { bytes = now; sessionStorage.grew = JSON.stringify([asked, Date.now()]); }
  }
})(); }"""
"""Looks at the page's received bytes; keeps when the look that last saw more began and ended,
also beyond the page's end.

A connection that is being closed may answer a second late: what it tells is of when it was asked.
"""

NOTE_PRESS = """() => addEventListener(
  'click', () => { window.pressedAt = Date.now(); }, {capture: true, once: true})"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
]


def test_a_person_who_is_out_stays_out(copy: Copy) -> None:
    """Invitation taken back, removed, turn over: silent, every older token refused."""
    stage, told = copy.stage, copy.told
    member = told["member_seat"]
    stage.person(told["member"], "member")
    listen_for_tokens(stage, stage.second_page(told["member"], f"seat:{member}"), member)
    chair, turn = in_the_turn(copy, ["hub", told["seat"], member])
    guest_comes(copy, turn)
    both_ways(stage, ["hub", GUEST, member], before="")

    tokens = kept_tokens(copy, GUEST)
    desk = stage.pages["chair:people"]
    stage.go(desk, copy.room("thanh-phan"))
    page = seat(stage, GUEST)
    gone = page.get_by_role("heading", name="Không còn tham dự")
    silent(copy, GUEST, desk.get_by_role("button", name="Rút lời mời"), gone.is_visible)
    assert page.evaluate("window.tiepdanStage") is None
    refused(copy, GUEST, turn, tokens)
    keep(page, "khach-ngoai")

    def waiting() -> bool:
        return reading(stage, member)[0] == "waiting"

    tokens = kept_tokens(copy, member)
    becomes_deaf(copy, member)
    both_ways(stage, ["hub", member], before="")
    tokens |= kept_tokens(copy, member)
    silent(copy, member, put(chair, "Đưa ra khỏi phòng", "Thử đưa ra"), waiting)
    stays_outside(copy, member, turn, tokens)
    opens_again(copy, member)
    stays_outside(copy, member, turn, tokens)

    put(chair, "Cho vào lại", "").click()
    both_ways(stage, ["hub", member], before="")
    tokens |= kept_tokens(copy, member)
    ending = chair.locator("#viec-tiep-theo").filter(has_text="Kết thúc lượt 1")
    silent(copy, member, ending, waiting)
    stays_outside(copy, member, turn, tokens)


def guest_comes(copy: Copy, turn: str) -> None:
    """By the chair's link, past the device check, into the running turn."""
    stage = copy.stage
    desk = stage.second_page("chutich", "chair:people")
    stage.go(desk, copy.room("thanh-phan"))
    desk.get_by_label("Tên hoặc chức danh").fill("Chuyên gia đo đạc")
    desk.locator("#tao-loi-moi").click()
    link = desk.locator("#lien-ket-moi").input_value()
    page = stage.pages[f"seat:{GUEST}"] = stage.context("member").new_page()
    listen_for_tokens(stage, page, GUEST)
    stage.go(page, link)
    page.locator("#nhan-loi-moi").click()
    page.locator("device-check").wait_for()
    keep(page, "khach-kiem-tra")
    page.get_by_role("link", name="Về trang điểm cầu").click()
    page.locator("#mo-diem-cau").click()
    stage.wait_until(
        lambda: reading(stage, GUEST) == ("inside", turn), "the guest did not come in", PATIENCE
    )
    keep(page, "khach-trong-luot")


def becomes_deaf(copy: Copy, code: str) -> None:
    """The page no longer hears what the product tells it: only the engine can put it out."""
    page = seat(copy.stage, code)
    page.route("**/su-kien/**", lambda route: route.abort())
    page.reload()


def kept_tokens(copy: Copy, code: str) -> dict[str, str]:
    """The token it came in with, and the newest the engine handed it since."""
    kept, names = copy.stage.kept, [f"{kind}:{code}" for kind in ("token", "refreshed")]
    copy.stage.wait_until(
        lambda: all(name in kept for name in names), f"no token of {code} was heard of", PATIENCE
    )
    kept[f"ask:{code}"] = seat(copy.stage, code).evaluate(
        "(({tokenUrl, csrf}) => `${tokenUrl} ${csrf}`)"
        "(document.querySelector('sitting-stage').dataset)"
    )
    found = {f"{name} {kept[name][-6:]}": kept[name] for name in names}
    assert len(set(found.values())) == len(names)
    return found


def silent(copy: Copy, code: str, button: Locator, is_out: Callable[[], bool]) -> None:
    """From the press to the page's last byte of sound or picture."""
    page = seat(copy.stage, code)
    page.evaluate(METER)
    page.wait_for_function("() => sessionStorage.grew")
    words, desk = button.inner_text(), button.page
    desk.evaluate(NOTE_PRESS)
    button.click()
    pressed = desk.evaluate("pressedAt")
    copy.stage.wait_until(is_out, lambda: f"{words}: still inside; {told_to(desk)}", PATIENCE)
    page.wait_for_timeout(QUIET * 1000)
    seen = json.loads(page.evaluate("sessionStorage.grew"))
    first, last = ((at - pressed) / 1000 for at in seen)
    print(f"{words}: last byte between {first:.2f} and {last:.2f} s after the press")
    assert first <= SOON


def told_to(desk: Page) -> str:
    """What the page that pressed says about it."""
    return desk.locator("#vung-tu-choi").inner_text().strip() or "nothing was refused"


def stays_outside(copy: Copy, code: str, turn: str, tokens: dict[str, str]) -> None:
    """Every token it ever had is refused at the door, a new one is not given; the turn goes on."""
    page = seat(copy.stage, code)
    refused(copy, code, turn, tokens)
    before = page.evaluate("tiepdanStage.bytesReceived()")
    page.wait_for_timeout(QUIET * 1000)
    assert page.evaluate("tiepdanStage.bytesReceived()") == before
    assert reading(copy.stage, code)[0] == "waiting"
    keep(page, f"{code}-ngoai")


def refused(copy: Copy, code: str, turn: str, tokens: dict[str, str]) -> None:
    """At the engine's door with any token it ever had, and at ours asking for a new one."""
    for name, token in tokens.items():
        assert knock(copy.stage, code, token) == http.client.FORBIDDEN, name
    assert ask_token(copy, code, turn) in {302, 403, 409, 410}


def put(chair: Page, words: str, reason: str) -> Locator:
    """The button of the chair's form about the delegate, all else filled in."""
    form = chair.locator("#dua-ra")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    option = form.locator("option", has_text="Sở Nông nghiệp và Môi trường")
    form.locator("#ai-ra").select_option(option.get_attribute("value"))
    form.locator("#vi-sao-ra").fill(reason)
    keep(chair, "chu-tri-dua-ra")
    return form.get_by_role("button", name=words)


def opens_again(copy: Copy, code: str) -> None:
    """Holding the seat again is no way into the room that it was put out of."""
    page = seat(copy.stage, code)
    page.unroute("**/su-kien/**")
    page.reload()
    page.locator("#mo-diem-cau").click()
    page.locator("sitting-stage").wait_for()


def ask_token(copy: Copy, code: str, room: str) -> int:
    """The answer to one more ask from the very browser; a redirect to the front door is 302."""
    return seat(copy.stage, code).evaluate(
        """async ([tokenUrl, csrf, room]) => {
            const answer = await fetch(tokenUrl, {method: 'POST', redirect: 'manual',
                headers: {'X-CSRFToken': csrf}, body: new URLSearchParams({room})});
            return answer.status || 302;
        }""",
        [*copy.stage.kept[f"ask:{code}"].split(), room],
    )
