"""The sign interpreter: pinned for everyone, admitted where needed, nowhere else."""

from datetime import timedelta

import pytest

from tests.cast import People
from tests.room.test_media import ask, sat
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened
from tiepdan.audit.models import Entry
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.states import Need
from tiepdan.sittings import actions, queries, reconcile, rules
from tiepdan.video.adapters.stub.provider import Stub

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stub(settings, tmp_path) -> None:
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "stub", tmp_path


def needs_signs(afternoon: Afternoon, order: int) -> None:
    filing = afternoon.appointment(order).filing
    filing.needs = [Need.SIGN_LANGUAGE]
    filing.save(update_fields=["needs"])


def pin(afternoon: Afternoon, code: str = "bac-son") -> None:
    actions.appoint_sign_interpreter(seat=afternoon.seat(code), by=afternoon.cast.secretary)


def test_interpreter_joins_whose_citizen_needs_them(cast: People) -> None:
    """Called after the appointment, the turn should have the interpreter on its roster."""
    afternoon = opened(cast)
    needs_signs(afternoon, 1)
    pin(afternoon)
    afternoon.call(1)
    assert afternoon.roster() == {"hub", "huu-lung", "bac-son"}


def test_other_turns_stay_closed(cast: People) -> None:
    """A turn whose citizen needs no signs should be heard by hub and site alone."""
    afternoon = opened(cast)
    pin(afternoon)
    afternoon.call(1)
    assert afternoon.roster() == {"hub", "huu-lung"}


def test_appointed_and_dismissed_while_the_turn_runs(cast: People) -> None:
    """The interpreter should come in at once, and be cut off by the engine when dismissed."""
    afternoon = opened(cast)
    needs_signs(afternoon, 1)
    afternoon.call(1)
    assert "bac-son" not in afternoon.roster()
    pin(afternoon)
    assert "bac-son" in afternoon.roster()
    reconcile.apply(afternoon.sitting)
    room = afternoon.room()
    actions.note_token(queries.admission_for(afternoon.seat("bac-son"), room))
    Stub().enter(Stub().seat_token(room.name, "bac-son", ""))
    reconcile.apply(afternoon.sitting)
    assert "bac-son" in {one.identity for one in Stub().participants(room.name)}
    actions.dismiss_sign_interpreter(seat=afternoon.seat("bac-son"), by=cast.secretary)
    reconcile.apply(afternoon.sitting)
    assert "bac-son" not in afternoon.roster()
    assert "bac-son" not in {one.identity for one in Stub().participants(room.name)}


def test_everyone_is_told_whom_to_pin(cast: People) -> None:
    """Event and token should name the seat; doing it twice should say nothing new."""
    afternoon = opened(cast)
    browser = sat(afternoon, "huu-lung")
    pin(afternoon)
    pin(afternoon)
    told = [row.data for row in afternoon.sitting.events.filter(kind="sign_language")]
    assert told == [{"seats": "bac-son"}]
    assert ask(afternoon, browser, "huu-lung").json()["sign"] == "bac-son"
    actions.dismiss_sign_interpreter(seat=afternoon.seat("bac-son"), by=cast.secretary)
    actions.dismiss_sign_interpreter(seat=afternoon.seat("bac-son"), by=cast.secretary)
    assert afternoon.sitting.events.filter(kind="sign_language").count() == 2
    assert ask(afternoon, browser, "huu-lung").json()["sign"] == ""
    verbs = Entry.objects.filter(verb__contains="sign_interpreter")
    assert verbs.count() == 2


def test_who_may_appoint(cast: People) -> None:
    """A clerk should be refused; the hub cannot be pinned."""
    afternoon = opened(cast)
    with pytest.raises(RuleRefusedError):
        actions.appoint_sign_interpreter(seat=afternoon.seat("bac-son"), by=cast.clerk_b)
    with pytest.raises(RuleRefusedError):
        pin(afternoon, "hub")


def test_film_pins_who_signed_while_the_room_was_open(cast: People) -> None:
    """A seat dismissed later should still be pinned in the film of that room, and in no other."""
    afternoon = opened(cast)
    pin(afternoon)
    plenary = afternoon.room()
    actions.dismiss_sign_interpreter(seat=afternoon.seat("bac-son"), by=cast.secretary)
    assert queries.sign_seats_during(plenary) == {"bac-son"}
    plenary.opened_at = clock.real_now() + timedelta(seconds=1)
    assert queries.sign_seats_during(plenary) == set()


def test_secretary_pins_by_a_press(cast: People) -> None:
    """The secretary's page should pin and unpin; nobody else's should."""
    afternoon = opened(cast)
    secretary = as_user(cast.secretary)
    address = url(afternoon, "room:pin")
    assert as_user(cast.clerk_b).post(address, {"seat": "bac-son"}).status_code == 403
    secretary.post(address, {"seat": "bac-son"})
    assert queries.sign_seats(afternoon.sitting) == {"bac-son"}
    page = secretary.get(url(afternoon, "room:secretary")).content.decode()
    assert "Bỏ ghim" in page
    secretary.post(address, {"seat": "bac-son", "off": "1"})
    assert queries.sign_seats(afternoon.sitting) == set()


@pytest.mark.parametrize(
    ("up", "down", "enough"), [(1000, 1000, True), (999, 8000, False), (8000, 999, False)]
)
def test_line_for_signs(cast: People, up: int, down: int, *, enough: bool) -> None:
    """Below 1 Mbit/s either way the clerk's page should say that signs cannot be used."""
    afternoon = opened(cast)
    site = afternoon.seat("huu-lung").booking.site
    site.up_kbps, site.down_kbps = up, down
    site.save()
    assert rules.carries_signs(up, down) is enough
    page = as_user(cast.clerk_a).get(url(afternoon, "room:clerk", "huu-lung")).content.decode()
    assert ("không đủ cho ngôn ngữ ký hiệu" not in page) is enough


def says_no(cast: People, afternoon: Afternoon) -> bool:
    page = as_user(cast.clerk_a).get(url(afternoon, "room:clerk", "huu-lung")).content.decode()
    return "không đủ cho ngôn ngữ ký hiệu" in page


@pytest.mark.parametrize(("down", "enough"), [(1000, True), (940, False)])
def test_measured_line_for_signs(cast: People, down: int, *, enough: bool) -> None:
    """A line that was declared wide but measured narrow should be said not to carry signs."""
    afternoon = opened(cast)
    afternoon.seat("huu-lung").checks.create(
        by=cast.clerk_a, session_key="s", room_name="r", opened_at=clock.real_now(), score="usable",
        figures={"up_kbps": 2400, "down_kbps": down},
    )  # fmt: skip
    assert says_no(cast, afternoon) is not enough


def test_reduced_line_for_signs(cast: People) -> None:
    """A page that reduces pictures below 20 frames a second should say so while it does."""
    afternoon = opened(cast)
    seat = afternoon.seat("huu-lung")
    for step, no in ((1, False), (2, True), (0, False)):
        actions.note_report(seat=seat, told={"in_room": True, "step_down": step, "loudness": 5})
        assert says_no(cast, afternoon) is no
    long_ago = clock.real_now() - timedelta(minutes=2)
    actions.note_report(seat=seat, told={"in_room": True, "step_up": 3}, at=long_ago)
    assert not says_no(cast, afternoon)


@pytest.mark.parametrize("role", ["press", "observer", "agency"])
def test_only_an_interpreter_is_pinned(cast: People, role: str) -> None:
    """Another person's own seat should not come into a turn by being pinned."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.stranger, role)
    needs_signs(afternoon, 1)
    afternoon.call(1)
    with pytest.raises(RuleRefusedError, match="phiên dịch"):
        pin(afternoon, seat.code)
    assert seat.code not in afternoon.roster()
