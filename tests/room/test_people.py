"""The page of who takes part, the page of a person's seat, and the invited guest's door."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import People
from tests.room.test_media import knock
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened
from tiepdan.accounts.models import User
from tiepdan.audit.models import Entry
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.models import TurnInvite
from tiepdan.sittings.states import SittingRole
from tiepdan.video.adapters.stub.provider import Stub

pytestmark = pytest.mark.django_db

PHONE = "0912 345 678"


def press(afternoon: Afternoon, client: Client, act: str, **told: Any) -> Any:
    return client.post(url(afternoon, "room:people_act", act), told)


def link_from(afternoon: Afternoon, client: Client, phone: str = "") -> str:
    told = {"name": "Chuyên gia đo đạc", "role": "agency", "phone": phone}
    answer = client.post(url(afternoon, "room:invite"), told)
    assert answer.status_code == 200
    link: str = answer.context["link"]["url"]
    assert link in answer.content.decode()
    return link


def token_of(afternoon: Afternoon, client: Client, code: str) -> str:
    answer = client.post(url(afternoon, "room:token", code))
    return str(answer.json()["token"]) if answer.status_code == 200 else ""


def test_an_agency_is_added_and_named(cast: People) -> None:
    """The secretary should add somebody and name them; their page tells the case and the time."""
    afternoon, secretary = opened(cast), as_user(cast.secretary)
    told = {"user": cast.department_officer.pk, "role": "agency", "label": "Sở NN&MT"}
    assert press(afternoon, secretary, "them", **told).status_code == 302
    part = queries.participants(afternoon.sitting).get()
    second = afternoon.appointment(2)
    press(afternoon, secretary, "vu-viec", seat=part.seat.pk, appointment=second.pk)
    page = secretary.get(url(afternoon, "room:people")).content.decode()
    assert "Bế Thị Oanh" in page
    assert "Thôi dự lượt này" in page
    own = as_user(cast.department_officer)
    page = own.get(url(afternoon, "room:seat", part.seat.code)).content.decode()
    assert "Lượt 2" in page
    assert "khoảng" in page
    assert second.filing.shown_name in page
    assert afternoon.appointment(1).filing.shown_name not in page
    door = reverse("room:seat", args=[afternoon.sitting.pk, part.seat.code])
    assert door in own.get(reverse("desk:rooms")).content.decode()
    assert as_user(cast.other_department_officer).get(reverse("desk:rooms")).status_code == 403


@pytest.mark.parametrize(("role", "watches"), [("observer", True), ("council", False)])
def test_who_only_watches_is_asked_for_no_camera(cast: People, role: str, watches: bool) -> None:
    """A page whose seat may send nothing should say so to its script."""
    afternoon, browser = opened(cast), as_user(cast.department_officer)
    seat = afternoon.add(cast.department_officer, role)
    browser.post(url(afternoon, "room:seat_take", seat.code))
    page = browser.get(url(afternoon, "room:seat", seat.code)).content.decode()
    assert "<sitting-stage" in page
    assert ("data-watches" in page) == watches


def test_refusals_are_told(cast: People) -> None:
    """A form that is incomplete, and a rule that refuses, should be told on the page."""
    afternoon, secretary = opened(cast), as_user(cast.secretary)
    assert press(afternoon, secretary, "them", role="agency").status_code == 409
    answer = press(afternoon, secretary, "them", user=cast.department_officer.pk,
                   role="commune_chair")  # fmt: skip
    assert "Hãy chọn điểm cầu" in answer.content.decode()
    assert press(afternoon, secretary, "unknown").status_code == 404
    assert as_user(cast.clerk_a).get(url(afternoon, "room:people")).status_code == 403


def test_a_removed_agency_cannot_come_back(cast: People) -> None:
    """Taken from the case it should be cut off, and neither its token nor a fresh one let it in."""
    afternoon, browser = opened(cast), as_user(cast.department_officer)
    key = browser.session.session_key or ""
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY, 1, session=key)
    afternoon.started(1)
    token = token_of(afternoon, browser, seat.code)
    Stub().enter(token)
    name = afternoon.room().name
    assert seat.code in {one.identity for one in Stub().participants(name)}
    case = queries.cases(seat).get()
    press(afternoon, as_user(cast.secretary), "thoi-vu-viec", case=case.pk)
    assert seat.code not in {one.identity for one in Stub().participants(name)}
    refreshed = Stub().seat_token(name, seat.code, "")
    assert [knock(browser, one) for one in (token, refreshed)] == [403, 403]
    browser.post(url(afternoon, "room:seat_take", seat.code))
    assert token_of(afternoon, browser, seat.code) == ""


def test_between_its_cases_an_agency_is_nowhere(cast: People) -> None:
    """With its turn's end its tokens should be worthless, and be good again in its next turn."""
    afternoon, browser = opened(cast), as_user(cast.department_officer)
    key = browser.session.session_key or ""
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY, 1, 3, session=key)
    afternoon.started(1)
    first = token_of(afternoon, browser, seat.code)
    actions.end_and_call_next(visit=afternoon.sitting.visits.get(), by=cast.chair)
    reconcile.apply(afternoon.sitting)
    assert knock(browser, first) == 403
    assert token_of(afternoon, browser, seat.code) == ""
    afternoon.prove()
    actions.end_and_call_next(visit=afternoon.sitting.visits.get(number=2), by=cast.chair)
    reconcile.apply(afternoon.sitting)
    assert knock(browser, token_of(afternoon, browser, seat.code)) == 200


def test_a_guest_comes_by_link(cast: People) -> None:
    """The link should lead through the device check into the turn, once, and end with it."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    link = link_from(afternoon, as_user(cast.chair))
    guest = Client()
    assert "Tham dự bằng máy này" in guest.get(link).content.decode()
    assert not queries.participants(afternoon.sitting).exists(), "reading must not use it up"
    answer = guest.post(link)
    code = queries.participants(afternoon.sitting).get().seat.code
    assert answer["Location"] == url(afternoon, "room:device_check", code)
    assert guest.get(answer["Location"]).status_code == 200
    guest.post(url(afternoon, "room:seat_take", code))
    token = token_of(afternoon, guest, code)
    assert knock(guest, token) == 200
    assert Client().post(link).status_code == 409
    for page in ("desk:today", "desk:receptions", "desk:sites"):
        assert guest.get(reverse(page)).status_code == 403
    actions.end_visit(visit=visit, by=cast.chair)
    assert knock(guest, token) == 403
    is_told_to_be_out(guest, url(afternoon, "room:seat", code))


def test_who_takes_part_no_more_is_told(cast: People) -> None:
    """Somebody whose part was ended should read that, and not that they were never allowed."""
    afternoon, browser = opened(cast), as_user(cast.department_officer)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY)
    part = queries.participants(afternoon.sitting).get()
    press(afternoon, as_user(cast.secretary), "thoi", part=part.pk)
    is_told_to_be_out(browser, url(afternoon, "room:seat", seat.code))
    stranger = as_user(cast.other_department_officer)
    assert stranger.get(url(afternoon, "room:seat", seat.code)).status_code == 403


def is_told_to_be_out(browser: Client, page: str) -> None:
    told = browser.get(page)
    assert told.status_code == 410
    assert "Không còn tham dự" in told.content.decode()
    script = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    told = browser.get(page, headers=script)
    assert (told.status_code, told["HX-Redirect"]) == (410, page)
    assert "no-store" in told["Cache-Control"]


def test_somebody_signed_in_keeps_their_seat(cast: People) -> None:
    """A link opened in an official's browser should not sign the official out."""
    afternoon = opened(cast)
    afternoon.started(1)
    link = link_from(afternoon, as_user(cast.chair))
    official = as_user(cast.clerk_a)
    assert official.post(link).status_code == 409
    assert official.get(url(afternoon, "room:clerk", "huu-lung")).status_code == 200


def test_a_link_goes_by_text_message(cast: People, settings: Any, tmp_path: Path) -> None:
    """The provider should get number and link; the number should stand nowhere else."""
    settings.RUN_DIR = tmp_path
    afternoon = opened(cast)
    afternoon.started(1)
    link = link_from(afternoon, as_user(cast.secretary), PHONE)
    sent = json.loads((tmp_path / "sms.jsonl").read_text(encoding="utf-8"))
    assert sent["to"] == "0912345678"
    assert link in sent["text"]
    kept = [json.dumps(row.data) for row in afternoon.sitting.events.all()]
    kept += [json.dumps(entry.detail) for entry in Entry.objects.all()]
    kept += [str(vars(row)) for row in [*TurnInvite.objects.all(), *User.objects.all()]]
    assert all("345678" not in text and "345 678" not in text for text in kept)


def test_a_wrong_number_is_refused(cast: People) -> None:
    """A number no gateway can take should be told at its field, and no link made."""
    afternoon = opened(cast)
    afternoon.started(1)
    told = {"name": "X", "role": "agency", "phone": "12"}
    answer = as_user(cast.chair).post(url(afternoon, "room:invite"), told)
    assert answer.status_code == 409
    assert not TurnInvite.objects.exists()


def test_an_invitation_is_taken_back(cast: People) -> None:
    """The page should offer it, and afterwards the link be worth nothing."""
    afternoon, chair = opened(cast), as_user(cast.chair)
    afternoon.started(1)
    link = link_from(afternoon, chair)
    made = TurnInvite.objects.get()
    assert str(made.pk) in chair.get(url(afternoon, "room:people")).content.decode()
    chair.post(url(afternoon, "room:uninvite"), {"invite": str(made.pk)})
    assert Client().post(link).status_code == 409
