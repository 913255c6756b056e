"""Why a seat was away, told from the sitting's events."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cast import People
from tests.sittings.factories import Afternoon, opened
from tiepdan.common import clock
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.actions import recovery
from tiepdan.video.adapters.stub.provider import Stub
from tiepdan.video.port import Event, EventKind, Leaving

pytestmark = pytest.mark.django_db


@pytest.fixture
def afternoon(cast: People, tmp_path: Path, settings: Any) -> Iterator[Afternoon]:
    settings.RUN_DIR, settings.VIDEO_PROVIDER = tmp_path, "stub"
    found = opened(cast)
    reconcile.apply(found.sitting)
    return found


def come(afternoon: Afternoon, code: str) -> None:
    admission = queries.admission_for(afternoon.seat(code), afternoon.room())
    assert admission
    actions.note_token(admission)
    Stub().enter(Stub().seat_token(afternoon.room().name, code, code))
    reconcile.apply(afternoon.sitting)


def go(afternoon: Afternoon, code: str, reason: Leaving) -> None:
    Stub().leave(afternoon.room().name, code)
    told = Event(EventKind.LEFT, afternoon.room().name, code, reason)
    reconcile.left(afternoon.room(), told)


def told(afternoon: Afternoon) -> list[tuple[str, str, bool]]:
    found = queries.interruptions(afternoon.room())
    return [(one.seat, one.words, one.ended is not None) for one in found]


def test_each_absence_has_its_reason(afternoon: Afternoon) -> None:
    """A cut line, a page loaded again and a page that was closed should be told apart."""
    for code in ("hub", "bac-son"):
        come(afternoon, code)
    go(afternoon, "bac-son", Leaving.LINE)
    come(afternoon, "bac-son")
    go(afternoon, "hub", Leaving.PAGE)
    come(afternoon, "hub")
    go(afternoon, "bac-son", Leaving.PAGE)
    assert told(afternoon) == [
        ("bac-son", "Điểm cầu mất đường truyền", True),
        ("hub", "Mở lại trang", True),
        ("bac-son", "Đóng trang, rời phòng", False),
    ]


@pytest.mark.parametrize("is_noticed", [True, False], ids=["end noticed", "only its loss"])
def test_pause_and_lost_engine_are_everybodys(afternoon: Afternoon, is_noticed: bool) -> None:
    """A pause lasts until the sitting goes on; the room an engine lost ends with that."""
    by = afternoon.cast.chair
    actions.pause_sitting(sitting=afternoon.sitting, reason="Nghỉ", by=by)
    assert told(afternoon) == [("", "Tạm dừng: Nghỉ", False)]
    actions.resume_sitting(sitting=afternoon.sitting, by=by)
    lost = afternoon.room()
    if is_noticed:
        recovery.note_engine_end(room=lost, ended=clock.real_now())
    assert told(afternoon)[0] == ("", "Tạm dừng: Nghỉ", True)
    Stub().close(lost.name)
    reconcile.apply(afternoon.sitting)
    come(afternoon, "hub")
    _, last = queries.interruptions(lost)
    assert (last.seat, last.words) == ("", "Máy chủ hình và tiếng khởi động lại")
    assert last.ended is not None
    assert queries.interruptions(afternoon.room()) == []
