"""What is told at once instead of at the next look, and reports that share one look."""

import asyncio
import threading
import time
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async

from tests.cast import People
from tests.room.test_stream import act, made, opened_stream, rows
from tests.sittings.factories import opened, waiting
from tiepdan.room.views import stream as streams
from tiepdan.sittings import reconcile
from tiepdan.sittings.models import Sitting


@pytest.mark.django_db(transaction=True)
def test_own_events_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events of this process should not wait for the next look."""
    monkeypatch.setattr(streams, "LOOK_EVERY", 60.0)

    async def story() -> None:
        afternoon = await made(waiting)
        await act(afternoon.take, "hub")
        stream = await opened_stream(afternoon, afternoon.cast.chair)
        assert [row["kind"] for row in await rows(stream, 1)] == ["seat_taken"]
        await asyncio.sleep(0.3)
        await sync_to_async(afternoon.open)()
        assert [row["kind"] for row in await rows(stream, 2)] == ["opened", "admitted"]

    asyncio.run(story())


@pytest.mark.django_db
def test_reports_at_once_share_a_look(cast: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen reports that come together should be looked at once more, not a dozen times."""
    afternoon = opened(cast)
    looks: list[float] = []

    def slow(_sitting: Sitting) -> bool:
        looks.append(time.monotonic())
        time.sleep(0.2)
        return True

    monkeypatch.setattr(reconcile, "apply", slow)
    told: dict[str, Any] = {"target": reconcile.apply_soon, "args": (afternoon.sitting,)}
    threads = [threading.Thread(**told) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looks) == 2
    assert not reconcile._wanted


@pytest.mark.django_db
def test_report_at_the_very_end_is_not_forgotten(
    cast: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that comes just when a look has ended should stay the one of who brought it."""
    afternoon, take = opened(cast), reconcile._take
    key = afternoon.sitting.pk

    def then_another_comes(sitting: UUID) -> bool:
        goes_on = take(sitting)
        if not goes_on:
            reconcile._wanted[sitting] = True  # another thread begins at this moment
        return goes_on

    monkeypatch.setattr(reconcile, "_take", then_another_comes)
    reconcile.apply_soon(afternoon.sitting)
    assert reconcile._wanted.pop(key, None) is True
