"""The chair's hand on a site's microphone, heard in the hub's real browser; the operator's wall."""

import http.client

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Copy, keep
from tests.journeys.doors import knock
from tests.journeys.rehearsal import open_sitting
from tests.journeys.sitting import both_ways, listen_for_tokens, seat

HEARD = 0.01
"""Loudness (0 to 1) that a beeping microphone passes easily and a silent one never."""
PATIENCE = 60
"""Seconds: two browsers and the whole product share a busy machine."""
LISTEN = """async (seat) => {
  const audio = document.querySelector(`.tile[data-seat="${seat}"] audio`);
  if (!audio?.srcObject) return 0;
  const context = new AudioContext();
  const meter = context.createAnalyser();
  context.createMediaStreamSource(audio.srcObject).connect(meter);
  const wave = new Float32Array(meter.fftSize);
  let loudest = 0;
  for (let look = 0; look < 60; look++) {
    await new Promise((done) => setTimeout(done, 40));
    meter.getFloatTimeDomainData(wave);
    loudest = Math.max(loudest, ...wave.map(Math.abs));
  }
  await context.close();
  return loudest;
}"""
"""The loudest moment of 2.4 s of a seat's sound; the false microphone beeps each second."""

TILES = "(tiles) => tiles.map((tile) => tile.outerHTML)"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
]


def test_chair_mutes_locks_and_unlocks(copy: Copy) -> None:
    """A mute should be ended by the site, a lock by the chair only, whatever the page tries."""
    code, stage = copy.told["seat"], copy.stage
    page = copy.open_seat(copy.told["clerk"], code)
    listen_for_tokens(stage, page, code)
    page.reload()
    operator_sees(copy)
    open_sitting(stage, copy.told)
    both_ways(stage, ["hub", code], before="")
    is_heard(copy, heard=True)
    stays_unfolded(copy, page)
    muted_once(copy, page)
    locked(copy, page)
    comes_back_locked(copy, page)
    press(copy, "Mở khóa micro")
    page.locator(".silence[data-silence='']").wait_for(state="attached")
    is_heard(copy, heard=True)
    secretary_marks(copy)
    operator_suspends(copy, page)


def secretary_marks(copy: Copy) -> None:
    """One key marks the moment; the line written later takes its time."""
    page = copy.stage.pages["thuky"]
    copy.stage.go(page, copy.room("thu-ky"))
    page.locator("#danh-dau [name=words]").fill("Lời khai mạc")
    page.keyboard.press("F8")
    mark = page.locator("#dau option", has_text="Lời khai mạc")
    mark.wait_for(state="attached")
    said_at = mark.text_content().split(" ")[0]
    page.locator("#dau").select_option(mark.get_attribute("value"))
    keep(page, "thu-ky-dau")
    copy.stage.look(page, "thu-ky-dau", telephone=True)
    page.locator("#dong-bien-ban [name=text]").fill("Chủ tịch khai mạc buổi tiếp.")
    page.locator("#dong-bien-ban").get_by_role("button", name="Ghi vào biên bản").click()
    line = page.locator("ol.minutes li", has_text="Chủ tịch khai mạc buổi tiếp.")
    line.locator("time", has_text=said_at).wait_for()
    mark.wait_for(state="detached")


def operator_sees(copy: Copy) -> None:
    """The wall has the picture of a site that waits, drawn by the site's own page."""
    wall = copy.stage.person("kythuat", "hub")
    copy.stage.go(wall, copy.room("ky-thuat"))
    still = wall.locator(f"#o-{copy.told['seat']} img")
    still.wait_for(timeout=PATIENCE * 1000)
    assert still.evaluate("one => one.decode().then(() => one.naturalWidth)") == 240
    keep(wall, "tuong-ky-thuat")
    copy.stage.look(wall, "tuong-ky-thuat", telephone=True)


def operator_suspends(copy: Copy, page: Page) -> None:
    """One press stops everybody and is the operator's task; its button lets all go on."""
    wall = copy.stage.pages["kythuat"]
    wall.get_by_text("Tạm ngừng buổi tiếp vì sự cố kỹ thuật").click()
    wall.locator("#su-co").fill("Mất điện ở điểm cầu trung tâm.")
    wall.locator("#tam-ngung-ky-thuat").click()
    page.get_by_role("heading", name="Tạm ngừng vì sự cố kỹ thuật").wait_for()
    wall.locator("#tiep-tuc-buoi-tiep").wait_for()
    is_heard(copy, heard=False)
    keep(wall, "ky-thuat-tam-ngung")
    keep(page, "ghe-tam-ngung")
    copy.stage.look(wall, "ky-thuat-tam-ngung", telephone=True)
    wall.locator("#tiep-tuc-buoi-tiep").click()
    page.locator(".interlude").wait_for(state="detached")
    is_heard(copy, heard=True)


def stays_unfolded(copy: Copy, page: Page) -> None:
    """A site that raises its hand does not fold up what the chair has open."""
    chair, row = copy.stage.pages["chutich"], f"#micro-{copy.told['seat']}"
    chair.locator(f"{row} summary").click()
    page.locator("#gio-tay").click()
    chair.get_by_role("button", name="Hạ tay").wait_for()
    assert chair.locator(f"{row}[open]").count() == 1
    chair.locator(f"{row} summary").click()


def muted_once(copy: Copy, page: Page) -> None:
    """Large words and one press to be heard again."""
    press(copy, "Tắt micro")
    words = page.locator(".silence__words")
    words.get_by_text("Chủ trì đã tắt micro").wait_for()
    is_heard(copy, heard=False)
    assert words.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 24
    keep(page, "micro-tat")
    copy.stage.look(page, "ghe-micro-tat", telephone=True)
    page.get_by_role("button", name="Bật lại micro").click()
    words.wait_for(state="hidden")
    is_heard(copy, heard=True)


def locked(copy: Copy, page: Page) -> None:
    """Nothing to press: the page waits."""
    press(copy, "Khóa micro")
    page.locator(".silence__words").get_by_text("Chủ trì đang khóa micro").wait_for()
    assert not page.get_by_role("button", name="Bật lại micro").is_visible()
    is_heard(copy, heard=False)
    keep(page, "micro-khoa")


def comes_back_locked(copy: Copy, page: Page) -> None:
    """Its first token, and the one the engine refreshed, are refused; loaded again it is locked."""
    code, kept = copy.told["seat"], copy.stage.kept
    for name in (f"token:{code}", f"refreshed:{code}"):
        assert knock(copy.stage, code, kept[f"before {name}"]) == http.client.FORBIDDEN
    page.reload()
    page.locator(".silence__words").get_by_text("Chủ trì đang khóa micro").wait_for(
        timeout=PATIENCE * 1000
    )
    both_ways(copy.stage, ["hub", code], before="")
    is_heard(copy, heard=False)


def press(copy: Copy, words: str) -> None:
    """The chair's button for the site; what the site's page was handed before is remembered."""
    code, kept = copy.told["seat"], copy.stage.kept
    if words == "Khóa micro":
        names = (f"token:{code}", f"refreshed:{code}")
        copy.stage.wait_until(lambda: all(name in kept for name in names), "no token was heard of")
        kept |= {f"before {name}": kept[name] for name in names}
    chair = copy.stage.pages["chutich"]
    row = chair.locator(f"#micro-{code}")
    row.locator("summary").click()
    row.get_by_text(words, exact=True).click()
    chair.locator(f"#micro-{code}:not([open])").wait_for()  # the page has come anew


def is_heard(copy: Copy, *, heard: bool) -> None:
    """Listen in the hub until the site is heard, or is silent."""
    hub, code = seat(copy.stage, "hub"), copy.told["seat"]
    copy.stage.wait_until(
        lambda: (hub.evaluate(LISTEN, code) > HEARD) == heard,
        lambda: f"heard should be {heard}; {hub.locator('.tile').evaluate_all(TILES)}",
        seconds=PATIENCE,
    )
