"""What a hall's display is told while the sitting goes on."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient
from django.urls import reverse

from tests.room.test_stream import act, made, rows
from tests.sittings.factories import Afternoon, opened
from tiepdan.room.views.display import display_key
from tiepdan.sittings import actions

pytestmark = pytest.mark.django_db(transaction=True)


def pause(afternoon: Afternoon) -> None:
    reason = "Công dân Nguyễn Thị Thuỳ An mệt"
    actions.pause_sitting(sitting=afternoon.sitting, reason=reason, by=afternoon.cast.chair)


def test_display_hears_nothing_but_changes() -> None:
    """With the display's key the stream should say that something happened, and nothing of it."""

    async def story() -> tuple[list[dict[str, Any]], int]:
        afternoon = await made(opened)
        await act(pause, afternoon)
        key = display_key(afternoon.sitting)
        address = reverse("room:events", args=[afternoon.sitting.pk])
        answer = await AsyncClient().get(f"{address}?khoa={key}")
        public = await sync_to_async(afternoon.sitting.events.filter(audience="").count)()
        return await rows(aiter(answer.streaming_content), public), public

    told, public = asyncio.run(story())
    assert public > 0
    assert [(row["kind"], row["data"]) for row in told] == [("changed", {})] * public


def test_stream_without_a_key() -> None:
    """A stranger with a wrong key should be refused."""

    async def story() -> int:
        afternoon = await made(opened)
        address = reverse("room:events", args=[afternoon.sitting.pk])
        answer = await AsyncClient().get(f"{address}?khoa=x")
        return int(answer.status_code)

    assert asyncio.run(story()) == 403
