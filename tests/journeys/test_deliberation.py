"""A deliberation with a member elsewhere: real browsers, the real engine, the real recorder."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Copy, keep
from tests.journeys.rehearsal import open_sitting
from tests.journeys.sitting import both_ways, reading, received, seat
from tests.sittings.test_interludes import packets

BUSY = 90_000
"""Milliseconds: three browsers and the whole product share the machine."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
]


def test_remote_member_deliberates_with_the_hub(copy: Copy) -> None:
    """One press should take both out of the turn and let them meet, another bring all back."""
    stage, told = copy.stage, copy.told
    site, member = told["seat"], told["member_seat"]
    everybody = ["hub", site, member]
    chair, turn = in_the_turn(copy, everybody)
    wait_for_packets(copy, turn, after=0.0)
    chair.locator("#hoi-y-rieng").click()
    both_ways(stage, ["hub", member], before=turn)
    chair.get_by_text("đã rời lượt tiếp: các điểm cầu không nghe").wait_for(timeout=BUSY)
    quiet_from = time.time() + 2
    private = reading(stage, "hub")[1]
    the_site_waits(copy, turn)
    look(copy, chair)
    assert reading(stage, member) == ("inside", private)
    quiet_until = time.time()
    chair.locator("#viec-tiep-theo").filter(has_text="Mời mọi người trở lại").click()
    both_ways(stage, everybody, before=private)
    assert {reading(stage, code)[1] for code in everybody} == {turn}
    seat(stage, site).locator(".interlude").wait_for(state="detached")
    wait_for_packets(copy, turn, after=quiet_until)
    for code in ("hub", member):
        at_all = times(copy, turn, code)
        assert [at for at in at_all if quiet_from < at < quiet_until] == []
        assert any(at < quiet_from for at in at_all)
    assert [at for at in times(copy, turn, site) if quiet_from < at < quiet_until]
    assert {path.name for path in recordings(copy).iterdir()} & {turn, private} == {turn}


def in_the_turn(copy: Copy, everybody: list[str]) -> tuple[Page, str]:
    """Everybody is in the first turn, whose recording is proven; the chair's page, the room."""
    stage, told = copy.stage, copy.told
    copy.open_seat(told["clerk"], told["seat"])
    copy.open_seat(told["member"], told["member_seat"], place="member")
    check_papers(copy)
    open_sitting(stage, told)
    both_ways(stage, everybody, before="")
    plenary = reading(stage, "hub")[1]
    chair = stage.pages["chutich"]
    chair.locator("#viec-tiep-theo").filter(has_text="Gọi lượt 1").click()
    both_ways(stage, everybody, before=plenary)
    chair.locator("turn-clock").wait_for(timeout=BUSY)
    return chair, reading(stage, "hub")[1]


def check_papers(copy: Copy) -> None:
    """The clerk has seen the first citizen's papers."""
    page = copy.stage.pages[copy.told["clerk"]]
    copy.stage.go(page, copy.room(f"diem-cau/{copy.told['seat']}"))
    form = page.locator("form[id^=giay-to-]").first
    name = form.get_attribute("id")
    form.locator("[name=papers]").fill("Căn cước công dân")
    form.locator("[name=recording_explained]").check()
    form.get_by_role("button").click()
    page.locator(f"#{name}").wait_for(state="detached")


def the_site_waits(copy: Copy, turn: str) -> None:
    """The site stays in the turn's room, reads why, and gets nothing of anybody."""
    stage, code = copy.stage, copy.told["seat"]
    page = seat(stage, code)
    page.get_by_role("heading", name="đang hội ý riêng").wait_for(timeout=BUSY)
    assert reading(stage, code) == ("inside", turn)
    assert page.locator(".tile").count() == 0
    before = received(stage, code)
    page.wait_for_timeout(3000)  # they deliberate
    assert received(stage, code) == before


def look(copy: Copy, chair: Page) -> None:
    """What each of them sees."""
    told, stage = copy.told, copy.stage
    pages = {"chair": chair, "hub": seat(stage, "hub")}
    pages |= {"member": seat(stage, told["member_seat"]), "site": seat(stage, told["seat"])}
    for code in ("hub", "member"):
        pages[code].get_by_text("chỉ những người trong hình nghe và thấy nhau").wait_for()
    for name, page in pages.items():
        keep(page, f"hoi-y-{name}")
        stage.look(page, f"hoi-y-{name}", telephone=True)


def times(copy: Copy, room: str, code: str) -> list[float]:
    """When each packet of a seat came to the recorder of a room, whichever its run."""
    runs = recordings(copy).glob(f"{room}/originals/*")
    return [at for run in runs for at in packets(run, code)]


def recordings(copy: Copy) -> Path:
    """What was recorded of the sitting: a folder a room."""
    return next(copy.stage.data_dir.rglob(copy.told["sitting"]))


def wait_for_packets(copy: Copy, turn: str, *, after: float) -> None:
    """Until both who deliberate are in the turn's recording, later than `after`."""
    codes = ("hub", copy.told["member_seat"])
    copy.stage.wait_until(
        lambda: all(any(at > after for at in times(copy, turn, code)) for code in codes),
        f"{codes} are not recorded",
        seconds=90,
        every=1,
    )
