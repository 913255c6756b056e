"""Trying a site's machine: its own private room, its result, and never a closed door."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened, waiting
from tests.sittings.test_check_rules import GOOD
from tiepdan.common import clock
from tiepdan.sittings import queries, reconcile
from tiepdan.sittings.models import DeviceCheck, MediaRoom
from tiepdan.video.providers import provider

pytestmark = pytest.mark.django_db
AGENT = {"User-Agent": "Mozilla/5.0 (X11; Linux) Chrome/138.0.0.0 Safari/537.36"}


def enter(client: Client, afternoon: Afternoon) -> dict[str, str]:
    answer = client.post(url(afternoon, "room:check_enter", "huu-lung"))
    assert answer.status_code == 200
    told: dict[str, str] = answer.json()
    return told


def passes(client: Client, token: str) -> bool:
    original = f"/rtc?access_token={token}"
    headers = {"X-Original-URI": original}
    return client.get("/phong/engine/gate", headers=headers).status_code == 200


def tell(client: Client, afternoon: Afternoon, check: str, told: object) -> int:
    to = url(afternoon, "room:check_result", "huu-lung", check)
    body = told if isinstance(told, str) else json.dumps(told)
    answer = client.post(to, body, content_type="application/json", headers=AGENT)
    return answer.status_code


def test_private_room(cast: People) -> None:
    """Both tokens should pass for the page that tries, and for no other web session."""
    afternoon = waiting(cast)
    clerk = as_user(cast.clerk_a)
    told = enter(clerk, afternoon)
    assert passes(clerk, told["send"])
    assert passes(clerk, told["listen"])
    assert not passes(as_user(cast.clerk_a), told["send"])
    assert not passes(as_user(cast.clerk_b), told["send"])


def test_room_is_not_recorded_and_ends(cast: People) -> None:
    """The room should live through a look at the engine, not be recorded, and end by itself."""
    afternoon = opened(cast)
    clerk = as_user(cast.clerk_a)
    told = enter(clerk, afternoon)
    check = DeviceCheck.objects.get()
    engine = provider(afternoon.sitting.provider)
    reconcile.apply(afternoon.sitting)
    assert check.room_name in engine.rooms()
    assert not MediaRoom.objects.filter(name=check.room_name).exists()
    DeviceCheck.objects.update(opened_at=clock.real_now() - timedelta(minutes=3))
    reconcile.apply(afternoon.sitting)
    assert check.room_name not in engine.rooms()
    assert not passes(clerk, told["send"])


def test_result_is_kept_and_shown(cast: People) -> None:
    """The verdict should stand on the site's, the operator's and the chair's page."""
    afternoon = waiting(cast)
    clerk = as_user(cast.clerk_a)
    told = enter(clerk, afternoon)
    assert tell(clerk, afternoon, told["check"], GOOD | {"camera": False, "path": "tcp"}) == 204
    check = queries.last_check(afternoon.seat("huu-lung"))
    assert check
    assert (check.score, check.browser) == ("usable", "Chromium 138")
    shown = "Máy dùng được, có hạn chế"
    pages = {
        "room:device_check": cast.clerk_a, "room:seat": cast.clerk_a,
    }  # fmt: skip
    for name, user in pages.items():
        page = as_user(user).get(url(afternoon, name, "huu-lung")).content.decode()
        assert shown in page
    for name, user in {"room:operator": cast.operator, "room:chair": cast.chair}.items():
        assert shown in as_user(user).get(url(afternoon, name)).content.decode()
    desk = as_user(cast.officer).get(
        reverse("desk:reception", args=[afternoon.sitting.reception_id])
    )
    assert shown in desk.content.decode()
    page = clerk.get(url(afternoon, "room:device_check", "huu-lung")).content.decode()
    assert "Mạng chặn UDP" in page
    assert "Không thấy camera" in page
    assert not passes(clerk, told["send"])


def test_never_forced(cast: People) -> None:
    """A site that did not try its machine should be told so, and open at once all the same."""
    afternoon = waiting(cast)
    clerk = as_user(cast.clerk_a)
    page = clerk.get(url(afternoon, "room:seat", "huu-lung")).content.decode()
    assert "Chưa thử camera, micro, loa và đường truyền" in page
    clerk.post(url(afternoon, "room:seat_take", "huu-lung"))
    assert afternoon.seat("huu-lung").holder == cast.clerk_a


@pytest.mark.parametrize("who", ["clerk_b", "chair", "outsider", "stranger"])
def test_of_ones_own_site_only(cast: People, who: str) -> None:
    """Nobody should try or report for a site that is not theirs."""
    afternoon = waiting(cast)
    told = enter(as_user(cast.clerk_a), afternoon)
    client = as_user(getattr(cast, who))
    assert client.get(url(afternoon, "room:device_check", "huu-lung")).status_code == 403
    assert client.post(url(afternoon, "room:check_enter", "huu-lung")).status_code == 403
    assert client.get(url(afternoon, "room:check_probe", "huu-lung")).status_code == 403
    assert tell(client, afternoon, told["check"], GOOD) == 403


@pytest.mark.parametrize("body", ["", "[]", "{", json.dumps({"path": "x" * 9000})])
def test_bad_results(cast: People, body: str) -> None:
    """A result that is none should be refused."""
    afternoon = waiting(cast)
    clerk = as_user(cast.clerk_a)
    told = enter(clerk, afternoon)
    assert tell(clerk, afternoon, told["check"], body) == 400
    assert queries.last_check(afternoon.seat("huu-lung")) is None


def test_probe(cast: People) -> None:
    """The line's probe should give as many bytes as it takes."""
    afternoon = waiting(cast)
    clerk = as_user(cast.clerk_a)
    to = url(afternoon, "room:check_probe", "huu-lung")
    got = clerk.get(to).content
    assert len(got) == 512 * 1024
    sent = clerk.post(to, got, content_type="application/octet-stream")
    assert sent.json() == {"bytes": len(got)}


def test_over_is_over(cast: People) -> None:
    """After the sitting no private room should open."""
    afternoon = opened(cast)
    afternoon.close()
    answer = as_user(cast.clerk_a).post(url(afternoon, "room:check_enter", "huu-lung"))
    assert answer.status_code == 409
