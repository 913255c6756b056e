"""Signing out, being deactivated, confirming what was not shown, forms with nonsense in them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse

from tests.cast import AFTERNOON, People
from tests.room.test_media import ask, knock, sat
from tests.room.test_pages import as_user, url
from tests.room.test_stream import act, made, opened_stream, rows
from tests.sittings.factories import opened, waiting
from tests.sittings.test_course import refused
from tests.sittings.test_reconcile import enter, inside
from tiepdan.room.views import stream as streams
from tiepdan.sittings import actions, reconcile
from tiepdan.sittings.actions.minutes import mark_of, points_of


@pytest.fixture(autouse=True)
def _run_folder(settings: Any, tmp_path: Path) -> None:
    settings.RUN_DIR = tmp_path


@pytest.mark.django_db
def test_signing_out_leaves_the_seat(cast: People) -> None:
    """Who signs out should be out of the room, and the token be refused at the door."""
    afternoon = opened(cast)
    browser = sat(afternoon, "bac-son")
    token = ask(afternoon, browser, "bac-son").json()["token"]
    assert knock(browser, token) == 200
    browser.post(reverse("desk:sign_out"))
    seat = afternoon.seat("bac-son")
    assert (seat.session_key, seat.holder) == ("", None)
    assert "bac-son" not in afternoon.roster()
    assert knock(browser, token) == 403


@pytest.mark.django_db
def test_deactivated_official_is_cut_off(cast: People) -> None:
    """Media of an account that was closed should end at the next look."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    enter(afternoon, "bac-son")
    cast.clerk_b.is_active = False
    cast.clerk_b.save()
    reconcile.apply(afternoon.sitting)
    assert inside(afternoon) == set()


@pytest.mark.django_db
def test_late_release_leaves_the_new_holder(cast: People) -> None:
    """A page that lost its seat should not empty it for the one who has it now."""
    afternoon = opened(cast)
    seat = afternoon.take("bac-son", "newer")
    actions.release_seat(seat=seat, by=cast.clerk_b, session_key="older")
    assert afternoon.seat("bac-son").session_key == "newer"


@pytest.mark.django_db
def test_only_what_was_shown_is_confirmed(cast: People) -> None:
    """A conclusion should not be confirmed from a page that showed other points."""
    afternoon = opened(cast)
    visit = afternoon.started()
    first = actions.ItemDraft("Trả lời công dân tại chỗ", None, None)
    actions.draft_point(visit=visit, item=first, by=cast.secretary, at=AFTERNOON)
    seen = mark_of([first])
    second = actions.ItemDraft("Giải thích thêm", None, None)
    visit = actions.draft_point(visit=visit, item=second, by=cast.secretary, at=AFTERNOON)
    told = {"visit": visit, "items": points_of(visit), "by": cast.chair}
    refused("conclusion_changed", actions.record_conclusion, shown=seen, **told)
    newer = mark_of(points_of(visit))
    assert actions.record_conclusion(shown=newer, **told).items.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x", "0", "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize(
    ("page", "rest", "field"),
    [
        ("room:chair_act", ["call"], "appointment"),
        ("room:chair_act", ["conclude"], "visit"),
        ("room:secretary_act", ["conclude"], "visit"),
        ("room:secretary_act", ["entry"], "visit"),
        ("room:clerk_identity", ["huu-lung"], "appointment"),
    ],
)
def test_nonsense_is_not_found(
    cast: People, page: str, rest: list[str], field: str, key: str
) -> None:
    """A form that names no row of ours should be answered with 404 or asked again, never 500."""
    afternoon = opened(cast)
    who = {"room:chair_act": cast.chair, "room:secretary_act": cast.secretary}
    browser = as_user(who.get(page, cast.clerk_a))
    told = {field: key, "kind": "note", "text": "x", "speaker": "y"}
    assert browser.post(url(afternoon, page, *rest), told).status_code in {404, 409}


@pytest.mark.django_db(transaction=True)
def test_stream_ends_with_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream should end soon after its person has signed out."""
    monkeypatch.setattr(streams, "HEARTBEAT", 0.2)

    async def story() -> None:
        afternoon = await made(waiting)
        await act(afternoon.take, "hub")
        stream = await opened_stream(afternoon, afternoon.cast.chair)
        await rows(stream, 1)
        await sync_to_async(_sign_everybody_out)()
        await asyncio.wait_for(_read_to_the_end(stream), 5)

    asyncio.run(story())


async def _read_to_the_end(stream: AsyncIterator[bytes]) -> None:
    async for _ in stream:
        pass


def _sign_everybody_out() -> None:
    from django.contrib.sessions.models import Session  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    Session.objects.all().delete()
    connection.close()
