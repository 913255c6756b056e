"""Small pictures of the sites on the operator's wall, and whom the wall must not see."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.sittings import actions, stills

pytestmark = pytest.mark.django_db

PICTURE = b"\xff\xd8\xff\xe0" + b"x" * 4000


def holder(afternoon: Afternoon, code: str = "huu-lung") -> Client:
    """The page that holds the seat."""
    who = {"huu-lung": afternoon.cast.clerk_a, "hub": afternoon.cast.secretary}[code]
    client = as_user(who)
    client.post(url(afternoon, "room:seat_take", code))
    return client


def send(
    client: Client, afternoon: Afternoon, code: str = "huu-lung", sent: bytes = PICTURE
) -> int:
    to = url(afternoon, "room:still_send", code)
    return client.post(to, sent, content_type="image/jpeg").status_code


def seen(afternoon: Afternoon, who: str = "operator", code: str = "huu-lung") -> int:
    desk = as_user(getattr(afternoon.cast, who))
    return desk.get(url(afternoon, "room:still", code)).status_code


def test_wall_shows_a_waiting_site(cast: People) -> None:
    """Before the opening the operator should see what the site's camera sees."""
    afternoon = waiting(cast)
    assert send(holder(afternoon), afternoon) == 204
    desk = as_user(cast.operator)
    answer = desk.get(url(afternoon, "room:still", "huu-lung"))
    assert (answer.content, answer.headers["Content-Type"]) == (PICTURE, "image/jpeg")
    assert "Ảnh ở xã Hữu Lũng" in desk.get(url(afternoon, "room:operator")).content.decode()
    assert seen(afternoon, code="hub") == 404


def test_nobody_looks_into_a_turn(cast: People) -> None:
    """In a turn neither side should be kept or shown, not even the still of a moment before."""
    afternoon = opened(cast)
    site, hub = holder(afternoon), holder(afternoon, "hub")
    assert (send(site, afternoon), send(hub, afternoon, "hub")) == (204, 204)
    afternoon.started(1)
    assert (send(site, afternoon), send(hub, afternoon, "hub")) == (409, 409)
    assert (seen(afternoon), seen(afternoon, code="hub")) == (404, 404)
    page = as_user(cast.operator).get(url(afternoon, "room:operator")).content.decode()
    assert page.count("kỹ thuật viên không xem hình") == 2
    assert "Ảnh ở xã Hữu Lũng" not in page


def test_nobody_looks_into_a_deliberation(cast: People) -> None:
    """The hub that has withdrawn should not be seen either, nor a site once the sitting is over."""
    afternoon = opened(cast)
    hub = holder(afternoon, "hub")
    afternoon.started(1)
    actions.begin_deliberation(sitting=afternoon.sitting, by=cast.chair)
    assert send(hub, afternoon, "hub") == 409
    actions.end_deliberation(sitting=afternoon.sitting, by=cast.chair)
    actions.end_visit(visit=afternoon.sitting.visits.get(), by=cast.chair)
    assert send(hub, afternoon, "hub") == 204
    afternoon.close()
    assert seen(afternoon, code="hub") == 404


@pytest.mark.parametrize("who", ["clerk_a", "clerk_b", "stranger", "officer"])
def test_stills_are_the_operators(cast: People, who: str) -> None:
    """Nobody else should get a site's still."""
    afternoon = waiting(cast)
    send(holder(afternoon), afternoon)
    assert seen(afternoon, who) == 403


def test_only_the_holder_sends(cast: People) -> None:
    """A page that does not hold the seat should put nothing on the wall."""
    afternoon = waiting(cast)
    for who in ("clerk_a", "operator", "stranger"):
        assert send(as_user(getattr(cast, who)), afternoon) == 403


@pytest.mark.parametrize("sent", [b"", b"<svg>", PICTURE * 7, b"\x89PNG"])
def test_only_small_pictures(cast: People, sent: bytes) -> None:
    """Anything but a small JPEG should be refused and kept nowhere."""
    afternoon = waiting(cast)
    assert send(holder(afternoon), afternoon, sent=sent) == 400
    assert seen(afternoon) == 404


def test_old_stills_go(cast: People, settings: Any) -> None:
    """A still that is old should not be shown, and be swept away."""
    afternoon = opened(cast)
    send(holder(afternoon), afternoon)
    [path] = Path(settings.RUN_DIR).glob("stills/*")
    old = path.stat().st_mtime - stills.FRESH.total_seconds() - 1
    os.utime(path, (old, old))
    assert seen(afternoon) == 404
    assert stills.sweep() == 1
    assert not path.exists()
