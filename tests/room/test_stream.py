"""The event stream: every row once, in order, to whom it may concern."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test import AsyncClient, Client
from django.urls import reverse

from tests.cast import people
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.accounts.models import User
from tiepdan.room.views.stream import Feed, _stream

pytestmark = pytest.mark.django_db(transaction=True)


async def opened_stream(afternoon: Afternoon, user: User, **ask: Any) -> AsyncIterator[bytes]:
    client = AsyncClient()
    await sync_to_async(client.force_login)(user)
    address = reverse("room:events", args=[afternoon.sitting.pk])
    answer = await client.get(address, **ask)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/event-stream"
    return aiter(answer.streaming_content)


async def rows(stream: AsyncIterator[bytes], number: int) -> list[dict[str, Any]]:
    """The next rows; heartbeats do not count."""
    found: list[dict[str, Any]] = []
    while len(found) < number:
        text = (await asyncio.wait_for(anext(stream), 10)).decode()
        if text.startswith("id: "):
            told = json.loads(text.split("data: ", 1)[1])
            assert text.startswith(f"id: {told['sequence']}\n")
            found.append(told)
    return found


async def made(factory: Any) -> Afternoon:
    made_now: Afternoon = await sync_to_async(lambda: factory(people()))()
    return made_now


async def act(what: Any, *arguments: Any) -> Any:
    def acted() -> Any:
        try:
            return what(*arguments)
        finally:
            connection.close()

    return await sync_to_async(acted)()


def test_past_and_future() -> None:
    """The past should come first, then what happens, without a gap or a repeat."""

    async def story() -> None:
        afternoon = await made(waiting)
        await act(afternoon.take, "hub")
        stream = await opened_stream(afternoon, afternoon.cast.chair)
        assert [row["kind"] for row in await rows(stream, 1)] == ["seat_taken"]
        await act(afternoon.open)
        told = await rows(stream, 2)
        assert [(row["sequence"], row["kind"]) for row in told] == [(2, "opened"), (3, "admitted")]

    asyncio.run(story())


def test_resuming() -> None:
    """`Last-Event-ID` should win over `?after=`, and both over the beginning."""

    async def story() -> None:
        afternoon = await made(opened)
        last = await act(afternoon.sitting.events.count)
        chair = afternoon.cast.chair
        stream = await opened_stream(afternoon, chair, query_params={"after": last - 2})
        assert [row["sequence"] for row in await rows(stream, 2)] == [last - 1, last]
        newer = {"Last-Event-ID": str(last - 1)}
        stream = await opened_stream(afternoon, chair, query_params={"after": 1}, headers=newer)
        assert [row["sequence"] for row in await rows(stream, 1)] == [last]

    asyncio.run(story())


def test_each_hears_their_own() -> None:
    """A site should hear what is for all and for itself; the audience itself is not told."""

    async def story() -> None:
        afternoon = await made(opened)
        await act(afternoon.call)
        stream = await opened_stream(afternoon, afternoon.cast.clerk_b)
        told = await rows(stream, 6)
        assert [row["kind"] for row in told] == [
            "seat_taken", "identity_checked", "opened", "admitted", "withdrawn", "called",
        ]  # fmt: skip
        assert {row["data"].get("seat", "bac-son") for row in told} == {"bac-son"}
        assert told[-1]["data"]["title"] == "Lượt 1"
        assert "Nguyễn" not in json.dumps(told, ensure_ascii=False)
        assert all("audience" not in row for row in told)

    asyncio.run(story())


def test_a_stream_holds_nothing_when_left() -> None:
    """When the last listener has gone, nobody should go on reading."""

    async def story() -> None:
        afternoon = await made(waiting)
        await act(afternoon.take, "hub")
        stream = _stream(afternoon.sitting.pk, 0, None, "")
        await rows(stream, 1)
        assert len(Feed._all) == 1
        await stream.aclose()  # type: ignore[attr-defined]
        assert not Feed._all

    asyncio.run(story())


def test_streams_end_with_the_server() -> None:
    """When the server stops, an open stream should end by itself."""

    async def story() -> None:
        afternoon = await made(waiting)
        await act(afternoon.take, "hub")
        stream = await opened_stream(afternoon, afternoon.cast.chair)
        await rows(stream, 1)
        Feed.end_all()
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(anext(stream), 5)

    asyncio.run(story())


def test_who_may_listen() -> None:
    """Somebody without a part in the sitting should get 403."""
    afternoon = waiting(people())
    address = reverse("room:events", args=[afternoon.sitting.pk])
    for user in (afternoon.cast.stranger, afternoon.cast.outsider, afternoon.cast.officer):
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code == 403
    assert Client().get(address).status_code == 403
