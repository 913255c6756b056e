"""The token, the door and the engine's reports."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.sittings import actions, reconcile
from tiepdan.video.adapters.livekit.provider import LiveKit
from tiepdan.video.adapters.stub.provider import Stub

pytestmark = pytest.mark.django_db


@pytest.fixture
def stub(settings: Any, tmp_path: Path) -> Stub:
    settings.RUN_DIR = tmp_path
    return Stub()


def sat(afternoon: Afternoon, code: str) -> Client:
    """A browser that holds the seat."""
    who = {"hub": afternoon.cast.secretary, "huu-lung": afternoon.cast.clerk_a}
    client = as_user(who.get(code, afternoon.cast.clerk_b))
    client.post(url(afternoon, "room:seat_take", code))
    return client


def ask(afternoon: Afternoon, client: Client, code: str, room: str = "") -> Any:
    return client.post(url(afternoon, "room:token", code), {"room": room})


def knock(client: Client, token: str, more: str = "", **headers: str) -> int:
    """What nginx asks before a connection."""
    address = f"/rtc/v1?access_token={quote(token)}&join_request=x{more}"
    answer = client.get(reverse("room:gate"), headers={"X-Original-URI": address, **headers})
    return answer.status_code


def in_turn(cast: People) -> tuple[Afternoon, Client, str]:
    """A turn of A, its browser, its token."""
    afternoon = opened(cast)
    browser = sat(afternoon, "huu-lung")
    sat(afternoon, "hub")
    afternoon.call()
    return afternoon, browser, ask(afternoon, browser, "huu-lung").json()["token"]


def test_a_token_for_the_open_room(cast: People, stub: Stub) -> None:
    """An admitted seat should get a token of the open room, which exists by then."""
    afternoon = opened(cast)
    browser = sat(afternoon, "huu-lung")
    answer = ask(afternoon, browser, "huu-lung", afternoon.room().name)
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0") or "no-store" in answer["Cache-Control"]
    told = answer.json()
    assert told | {"token": ""} == {
        "url": "", "token": "", "room": afternoon.room().name, "part": "plenary",
        "title": "Phiên chung", "main": "hub", "sign": "", "cap_kbps": 4250,
        "sharable": False, "layout": "speaker", "spotlight": "",
    }  # fmt: skip
    assert stub.rooms() == {afternoon.room().name}
    stub.enter(told["token"])


def test_the_turns_title_names_nobody(cast: People) -> None:
    """In a turn the answer should name the turn, and show the hub the citizen's site."""
    afternoon = opened(cast)
    hub = sat(afternoon, "hub")
    afternoon.call()
    told = ask(afternoon, hub, "hub").json()
    assert (told["title"], told["part"], told["main"]) == ("Lượt 1", "visit", "huu-lung")
    assert told["sharable"]


def test_no_token_when_not_admitted(cast: People) -> None:
    """Before the opening, for another room or another's turn, the answer should be 409."""
    afternoon = waiting(cast)
    browser = sat(afternoon, "bac-son")
    assert ask(afternoon, browser, "bac-son").status_code == 409
    afternoon.take("hub")
    afternoon.take("huu-lung")
    afternoon.check(1)
    afternoon.open()
    assert ask(afternoon, browser, "bac-son", "another").status_code == 409
    assert ask(afternoon, browser, "bac-son").status_code == 200
    afternoon.call()
    assert ask(afternoon, browser, "bac-son").status_code == 409


def test_no_token_for_another_session(cast: People) -> None:
    """The same person in another browser, or anybody else, should get 403."""
    afternoon = opened(cast)
    sat(afternoon, "huu-lung")
    for user in (cast.clerk_a, cast.clerk_b, cast.operator, cast.stranger):
        assert ask(afternoon, as_user(user), "huu-lung").status_code == 403
    assert ask(afternoon, Client(), "huu-lung").status_code == 403


def test_the_door_opens(cast: People) -> None:
    """A fresh token in the browser that holds the seat should pass."""
    _, browser, token = in_turn(cast)
    assert knock(browser, token) == 200


def test_the_door_refuses_rights_of_before(cast: People) -> None:
    """A token from before a lock should not pass; a fresh one does, the old again once unlocked."""
    afternoon, browser, token = in_turn(cast)
    seat = actions.lock_microphone(seat=afternoon.seat("huu-lung"), by=cast.chair)
    assert knock(browser, token) == 403
    assert knock(browser, ask(afternoon, browser, "huu-lung").json()["token"]) == 200
    actions.unlock_microphone(seat=seat, by=cast.chair)
    assert knock(browser, token) == 200


def test_the_door_stays_shut(cast: People) -> None:
    """No token, two, a forged one, a header, or a second participant should not pass."""
    _, browser, token = in_turn(cast)
    assert knock(browser, "forged") == 403
    assert knock(browser, token, "&access_token=x") == 403
    assert knock(browser, token, f"&%61ccess_token={token}") == 403
    assert knock(browser, token, "&publish=x") == 403
    assert knock(browser, token, "&%70ublish=x") == 403
    assert knock(browser, token, ";x=1") == 403
    assert knock(browser, token, Authorization=f"Bearer {token}") == 403
    assert browser.get(reverse("room:gate")).status_code == 403


def test_the_door_knows_the_browser(cast: People) -> None:
    """A valid token in another session, or of somebody put out of office, should not pass."""
    _, browser, token = in_turn(cast)
    assert knock(as_user(cast.clerk_a), token) == 403
    assert knock(as_user(cast.operator), token) == 403
    assert knock(Client(), token) == 403
    cast.clerk_a.is_active = False
    cast.clerk_a.save()
    assert knock(browser, token) == 403


def test_the_door_knows_the_roster(cast: People) -> None:
    """A token of a removed seat, of an ended room, or of a room not the seat's, is worthless."""
    afternoon, browser, token = in_turn(cast)
    actions.remove_seat(seat=afternoon.seat("huu-lung"), reason="Thử", by=cast.chair)
    assert knock(browser, token) == 403
    browser.post(url(afternoon, "room:seat_take", "huu-lung"))
    assert knock(browser, token) == 403
    actions.admit_seat(seat=afternoon.seat("huu-lung"), by=cast.chair)
    assert knock(browser, token) == 200
    name = afternoon.room().name
    afternoon.prove()
    actions.end_visit(visit=afternoon.sitting.visits.get(), by=cast.chair)
    assert knock(browser, token) == 403
    other = sat(afternoon, "bac-son")
    assert knock(other, Stub().seat_token(name, "bac-son", "")) == 403


def test_a_refreshed_token_of_a_removed_page(cast: People, settings: Any) -> None:
    """What the engine hands a connected page should not bring it back after its removal."""
    settings.VIDEO_PROVIDER = "livekit"
    afternoon = opened(cast)
    seat = afternoon.seat("bac-son")
    browser = as_user(cast.clerk_b)
    actions.take_seat(seat=seat, session_key=browser.session.session_key, by=cast.clerk_b)
    refreshed = LiveKit().seat_token(afternoon.room().name, "bac-son", "")
    assert knock(browser, refreshed) == 200
    afternoon.call()
    assert knock(browser, refreshed) == 403


def test_a_displaced_pages_token(cast: People) -> None:
    """Once the site is open elsewhere, the first page's valid token should not pass."""
    afternoon, browser, token = in_turn(cast)
    sat(afternoon, "huu-lung")
    assert knock(browser, token) == 403


def report(told: dict[str, str], client: Client, signature: str | None = None) -> int:
    body = json.dumps(told)
    signed = signing.Signer(salt="stub-event").sign(body) if signature is None else signature
    address = reverse("room:webhook")
    return client.post(
        address, body, content_type="application/json", headers={"Authorization": signed}
    ).status_code


def test_reports_make_us_look(cast: People, stub: Stub) -> None:
    """A report should record who joined and who left, however often it comes."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    name, client = afternoon.room().name, Client(enforce_csrf_checks=True)
    browser = sat(afternoon, "bac-son")
    stub.enter(ask(afternoon, browser, "bac-son").json()["token"])
    for _ in range(3):
        assert report({"kind": "joined", "room": name, "identity": "bac-son"}, client) == 200
    assert afternoon.kinds().count("joined") == 1
    stub.leave(name, "bac-son")
    left = {"kind": "left", "room": name, "identity": "bac-son", "reason": "line"}
    assert report(left, client) == 200
    assert report(left | {"reason": "page"}, client) == 200
    assert afternoon.kinds().count("left") == 1
    assert afternoon.sitting.events.get(kind="left").data["reason"] == "line"
    assert "engine_at" in afternoon.sitting.events.get(kind="joined").data
    assert report({"kind": "left", "room": "unknown"}, client) == 200


def test_a_report_that_the_engine_denies(cast: People, stub: Stub) -> None:
    """An old report of somebody's leaving should not put out who is there again."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    stub.enter(ask(afternoon, sat(afternoon, "bac-son"), "bac-son").json()["token"])
    told = {"kind": "left", "room": afternoon.room().name, "identity": "bac-son", "reason": "line"}
    assert report(told, Client(enforce_csrf_checks=True)) == 200
    assert "left" not in afternoon.kinds()


def test_forged_reports_are_refused(cast: People) -> None:
    """A report the engine did not sign should answer 401 and change nothing."""
    afternoon = opened(cast)
    before = afternoon.kinds()
    told = {"kind": "joined", "room": afternoon.room().name, "identity": "bac-son"}
    assert report(told, Client(), "forged") == 401
    assert report(told, Client(), "") == 401
    assert afternoon.kinds() == before


def test_tokens_stay_in_their_minute(cast: People, settings: Any) -> None:
    """The time a token was handed out should be kept, the token nowhere."""
    afternoon, _, token = in_turn(cast)
    admission = afternoon.room().admissions.get(seat__code="huu-lung")
    assert admission.token_issued_at is not None
    assert admission.token_issued_at - admission.admitted_at < timedelta(seconds=30)
    for event in afternoon.sitting.events.all():
        assert token not in json.dumps(event.data)
