"""The volume and the echo test in a real browser, with sounds made for it."""

import wave

import pytest

from tests.browser.test_citizen_screen import DESK, axe, keep
from tests.sittings.factories import waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHECK = "Thử loa và micro"
LINE_FIGURES = "/so-do/"
STILLS = "/anh/"


@pytest.fixture
def desk(cast, browser, settings, tmp_path):
    """Opens the clerk's page of Hữu Lũng with the room's camera; the microphone hears nothing."""
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "stub", tmp_path
    page_url = f"/phong/{waiting(cast).sitting.pk}/diem-cau/huu-lung/"
    silence = tmp_path / "silence.wav"
    with wave.open(str(silence), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 48_000 * 2))
    args = [f"--use-file-for-fake-audio-capture={silence}"]
    allowed = ["camera", "microphone"]
    with browser(cast.clerk_a, args=args, viewport=DESK, permissions=allowed) as context:
        context.route("**/su-kien/**", lambda route: route.fulfill(status=204))
        page = context.new_page()
        page.goto(page_url)
        page.get_by_role("button", name="Bật camera trên máy này").click()
        page.locator("sitting-stage .stage__own video").wait_for()
        yield page


def test_dead_microphone_is_found_and_no_sound_leaves(desk):
    """The test should play the sentence, record, play back, name the fault, and send nothing."""
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    desk.get_by_role("button", name=CHECK).click()
    desk.get_by_text("Loa đang phát câu thử").wait_for()
    keep(desk, "thu-loa-dang-phat")
    desk.get_by_text("Mời nói một câu").wait_for()
    desk.get_by_text("Micro gần như không thu được tiếng").wait_for(timeout=30_000)
    assert desk.locator("sound-check").get_attribute("data-finding") == "unheard"
    others = ("/the-vao/", "/su-kien/", LINE_FIGURES, STILLS)
    by_the_test = [one for one in sent if not any(part in one for part in others)]
    assert {one.split(" ")[0] for one in by_the_test} == {"GET"}
    assert [one for one in by_the_test if "/static/" not in one and "blob:" not in one] == []
    assert axe(desk) == []
    keep(desk, "thu-loa-xong")


def test_volume_by_keyboard(desk):
    """The slider should be reached by its name, move by arrow keys, and be kept over a reload."""
    slider = desk.get_by_label("Âm lượng loa")
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    assert slider.input_value() == "90"
    desk.reload()
    assert desk.get_by_label("Âm lượng loa").input_value() == "90"
