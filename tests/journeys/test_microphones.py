"""The chair's hand on a site's microphone, listened to in the hub's real browser."""

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

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
    pytest.mark.xdist_group("supervisor"),
]


def test_chair_mutes_locks_and_unlocks(copy: Copy) -> None:
    """A mute should be ended by the site, a lock by the chair only, whatever the page tries."""
    code, stage = copy.told["seat"], copy.stage
    page = copy.open_seat(copy.told["clerk"], code)
    listen_for_tokens(stage, page, code)
    page.reload()
    open_sitting(stage, copy.told)
    both_ways(stage, ["hub", code], before="")
    is_heard(copy, heard=True)
    muted_once(copy, page)
    locked(copy, page)
    comes_back_locked(copy, page)
    press(copy, "Mở khóa micro")
    page.locator(".silence[data-silence='']").wait_for(state="attached")
    is_heard(copy, heard=True)


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
        f"heard should be {heard}",
        seconds=PATIENCE,
    )
