"""Papers through the pages: who may show, who may look, and when nobody may any more."""

import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from tests.cast import People, people
from tests.matters import scans
from tests.room.test_media import ask, knock, sat
from tests.room.test_pages import WHO, as_user, url
from tests.room.test_stream import act, opened_stream
from tests.sittings.factories import Afternoon
from tests.sittings.test_papers import slips, with_paper
from tiepdan.documents.jobs import render_document
from tiepdan.documents.pages import page_file
from tiepdan.org.models import VideoSite
from tiepdan.sittings import actions, queries
from tiepdan.sittings.jobs import draw_pages
from tiepdan.sittings.models import ShownPaper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path: Any, settings: Any) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"


def on_screens(cast: People, content: bytes = b"") -> tuple[Afternoon, ShownPaper]:
    """The secretary has pressed, the worker has drawn."""
    afternoon, _, paper = with_paper(cast, content)
    press(afternoon, "chieu", paper=paper.pk)
    shown = queries.shown_paper(afternoon.sitting)
    assert shown
    draw_pages.func(str(shown.pk))
    shown.refresh_from_db()
    return afternoon, shown


def press(afternoon: Afternoon, what: str, by: Any = None, **told: Any) -> Any:
    client = as_user(by or afternoon.cast.secretary)
    return client.post(url(afternoon, "room:paper_act", what), told)


def look(afternoon: Afternoon, client: Client, shown: ShownPaper, number: int = 1) -> int:
    address = url(afternoon, "room:paper_page", shown.pk, number)  # type: ignore[arg-type]
    return client.get(address).status_code


def told(afternoon: Afternoon, client: Client) -> dict[str, Any]:
    answer = client.get(url(afternoon, "room:paper_state"))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    found: dict[str, Any] = answer.json()
    return found


def test_who_may_look(cast: People) -> None:
    """People of the running turn should get its pages; another site, the wall, strangers not."""
    afternoon, shown = on_screens(cast, scans.jpeg())
    answers = {who: look(afternoon, as_user(pick(cast)), shown) for who, pick in WHO.items()}
    assert answers == {
        "chair": 200, "secretary": 200, "clerk_a": 200, "clerk_b": 404, "operator": 404,
        "outsider": 403, "stranger": 403, "officer": 403,
    }  # fmt: skip
    assert look(afternoon, Client(), shown) == 302
    assert look(afternoon, as_user(cast.chair), shown, 2) == 404
    assert told(afternoon, as_user(cast.clerk_b)) == {"showing": ""}
    assert told(afternoon, as_user(cast.operator)) == {"showing": ""}


def test_a_seat_sees_it_as_at_the_door(cast: People) -> None:
    """Whoever holds a seat of the room sees it in that very session, until put out of the room."""
    afternoon, shown = on_screens(cast, scans.jpeg())
    seat = afternoon.seat("huu-lung")
    machine = as_user(cast.operator)
    assert look(afternoon, machine, shown) == 404
    machine.post(url(afternoon, "room:seat_take", "huu-lung"))
    assert look(afternoon, machine, shown) == 200
    assert look(afternoon, as_user(cast.operator), shown) == 404  # another session of his
    actions.remove_seat(seat=seat, reason="Người lạ", by=cast.chair)
    assert look(afternoon, machine, shown) == 404
    assert look(afternoon, as_user(cast.clerk_a), shown) == 404


def test_nobody_looks_when_it_is_over(cast: People) -> None:
    """Hidden, or its turn ended, a page should be refused to everybody, the chair included."""
    afternoon, shown = on_screens(cast, scans.jpeg())
    clerk, chair = as_user(cast.clerk_a), as_user(cast.chair)
    assert press(afternoon, "thoi").status_code == 204
    assert {look(afternoon, clerk, shown), look(afternoon, chair, shown)} == {404}
    again = actions.show_paper(visit=shown.visit, paper=shown.attachment, by=cast.secretary)
    assert {look(afternoon, clerk, again), look(afternoon, chair, again)} == {200}
    assert look(afternoon, clerk, shown) == 404
    actions.end_visit(visit=shown.visit, by=cast.chair)
    actions.return_to_plenary(sitting=afternoon.sitting, by=cast.chair)
    assert {look(afternoon, clerk, again), look(afternoon, chair, again)} == {404}
    assert told(afternoon, clerk) == {"showing": ""}


def test_turning(cast: People) -> None:
    """A page turned on one page should be the page of all; late-comers get the present one."""
    afternoon, shown = on_screens(cast)
    site = sat(afternoon, "huu-lung")
    before = told(afternoon, site)
    assert (before["page"], before["pages"], before["layout"]) == (1, 2, "document")
    assert before["name"] == shown.attachment.name
    picture = site.get(f"{before['address']}2/{before['query']}")
    assert picture["Content-Type"] == "image/webp"
    assert "no-store" in picture["Cache-Control"]
    assert press(afternoon, "lat", showing=shown.pk, page=2).status_code == 204
    assert told(afternoon, site)["page"] == 2
    refusal = press(afternoon, "lat", showing=shown.pk, page=3)
    assert "2 trang" in refusal.content.decode()
    assert "không còn" in press(afternoon, "lat", showing="x", page=1).content.decode()
    for page in ("-1", "x", "9" * 30):
        assert press(afternoon, "lat", showing=shown.pk, page=page).status_code == 200
    assert told(afternoon, site)["page"] == 2


def test_a_page_that_is_not_drawn_yet(cast: People) -> None:
    """It should be asked for again: no picture, and no fault either."""
    afternoon, shown = on_screens(cast)
    page_file(queries.pages_folder(shown), 2, light=False).unlink()
    assert look(afternoon, as_user(cast.clerk_a), shown, 2) == 202


def test_a_weak_line_gets_the_light_page(cast: People) -> None:
    """A site whose line was declared weak should be sent to the grey, smaller picture."""
    afternoon, _ = on_screens(cast)
    site, hub = sat(afternoon, "huu-lung"), sat(afternoon, "hub")
    VideoSite.objects.filter(pk=cast.site_a.pk).update(down_kbps=300)
    assert told(afternoon, hub)["query"] == ""
    now = told(afternoon, site)
    full, light = (site.get(f"{now['address']}1/{more}") for more in ("", now["query"]))
    assert len(light.content) < len(full.content)
    assert now["query"]


def test_who_may_show(cast: People) -> None:
    """Chair, secretary and the clerk of the turn get further than the door of the showing part."""
    afternoon, _, paper = with_paper(cast)
    for who, pick in WHO.items():
        allowed = who in {"chair", "secretary", "clerk_a"}
        for what in ("chieu", "lat", "chi", "thoi"):
            answer = press(afternoon, what, by=pick(cast), paper=paper.pk)
            assert (answer.status_code != 403) == allowed, (who, what)
    assert press(afternoon, "xoa").status_code == 404
    assert press(afternoon, "chieu", paper="x").status_code == 404


def test_the_showing_part(cast: People) -> None:
    """Chair and secretary should find the case's papers, what is shown, and how to end it."""
    afternoon, shown = on_screens(cast)
    pages: list[tuple[Any, ...]] = [
        (cast.chair, "room:chair"),
        (cast.secretary, "room:secretary"),
        (cast.clerk_a, "room:clerk", "huu-lung"),
    ]
    for user, *page in pages:
        text = as_user(user).get(url(afternoon, *page)).content.decode()
        for words in ("Trình chiếu giấy tờ", shown.attachment.name, "Thôi chiếu"):
            assert words in text
    other = as_user(cast.clerk_b).get(url(afternoon, "room:clerk", "bac-son")).content.decode()
    assert shown.attachment.name not in other
    back = press(afternoon, "thoi", back="room:secretary")
    assert back["Location"] == url(afternoon, "room:secretary")
    text = as_user(cast.secretary).get(url(afternoon, "room:secretary")).content.decode()
    assert "Thôi chiếu" not in text


def test_sharing_a_picture(cast: People) -> None:
    """Only the page that holds the seat should begin it; the token then carries it and no page."""
    afternoon, _, _ = with_paper(cast)
    site, hub = sat(afternoon, "huu-lung"), sat(afternoon, "hub")
    address = url(afternoon, "room:paper_act", "chia-se")
    told_now = {"seat": "huu-lung", "kind": "camera"}
    assert as_user(cast.clerk_a).post(address, told_now).status_code == 403  # another session
    assert hub.post(address, told_now).status_code == 403
    assert (
        "không trình chiếu" in site.post(address, told_now | {"kind": "x"}).content.decode().lower()
    )
    assert site.post(address, told_now).status_code == 204
    token = ask(afternoon, site, "huu-lung").json()["token"]
    assert knock(site, token) == 200
    assert told(afternoon, hub) == {"showing": ""}
    text = as_user(cast.chair).get(url(afternoon, "room:chair")).content.decode()
    assert "Camera soi giấy tờ" in text
    assert "Tài liệu" in text
    assert press(afternoon, "thoi").status_code == 204
    assert knock(site, token) == 403


@pytest.mark.django_db(transaction=True)
def test_the_pointer_is_told_and_not_kept() -> None:
    """Where somebody points should reach the turn's site and no other, and leave no row."""

    async def story() -> None:
        afternoon, shown = await sync_to_async(lambda: on_screens(people(), scans.jpeg()))()
        count = await act(afternoon.sitting.events.count)
        own = await opened_stream(afternoon, afternoon.cast.clerk_a, query_params={"after": count})
        other = await opened_stream(
            afternoon, afternoon.cast.clerk_b, query_params={"after": count}
        )
        for stream in (own, other):
            assert b"heartbeat" in await anext(stream)
        waiting = [asyncio.create_task(anext(stream)) for stream in (own, other)]  # type: ignore[arg-type]
        await asyncio.sleep(0)
        told = {"showing": str(shown.pk), "x": "0.25", "y": "7"}
        await act(lambda: press(afternoon, "chi", **told))
        text = (await asyncio.wait_for(waiting[0], 10)).decode()
        assert text.startswith("event: pointer\n")
        assert json.loads(text.split("data: ")[1]) == told | {"x": 0.25, "y": 1.0}
        assert not waiting[1].done()
        waiting[1].cancel()
        assert await act(afternoon.sitting.events.count) == count

    asyncio.run(story())


def test_issued_papers_have_their_own_group(cast: People) -> None:
    """The page should offer what was issued beside what was handed in, and show it when pressed."""
    afternoon, visit, _ = with_paper(cast, scans.jpeg())
    page = as_user(cast.secretary).get(url(afternoon, "room:secretary")).content.decode()
    assert "Văn bản đã ban hành" not in page
    [slip] = slips(cast, afternoon, 1)
    for issued in (slip, visit.appointment.filing.receipt):
        assert issued
        render_document.func(str(issued.pk))
    page = as_user(cast.secretary).get(url(afternoon, "room:secretary")).content.decode()
    assert f"Phiếu hẹn {slip.number_text}" in page.split("Văn bản đã ban hành")[1]
    assert "Giấy biên nhận" not in page.split("Văn bản đã ban hành")[1]
    press(afternoon, "chieu", document=slip.pk)
    shown = queries.shown_paper(afternoon.sitting)
    assert shown
    draw_pages.func(str(shown.pk))
    site = sat(afternoon, "huu-lung")
    assert told(afternoon, site)["name"] == f"Phiếu hẹn {slip.number_text}"
    assert look(afternoon, site, shown) == 200
