"""The engine is brought in line with the database."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction

from tests import cast as everyone
from tests.cast import People
from tests.sittings.factories import Afternoon, opened, waiting
from tests.video.engine import address, free_port, recorder, running, seat_browser, wait_until
from tiepdan.common import clock
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.models import Sitting, SittingEvent
from tiepdan.video.adapters.livekit.provider import LiveKit
from tiepdan.video.adapters.stub.provider import Stub
from tiepdan.video.port import RECORDER_IDENTITY

pytestmark = pytest.mark.django_db


def enter(afternoon: Afternoon, code: str) -> str:
    """A browser of that seat goes in, as its page would; its token."""
    room = afternoon.room()
    admission = queries.admission_for(afternoon.seat(code), room)
    if admission:
        actions.note_token(admission)
    token = Stub().seat_token(room.name, code, code)
    Stub().enter(token)
    return token


def inside(afternoon: Afternoon) -> set[str]:
    return {one.identity for one in Stub().participants(afternoon.room().name)}


class CalledRoom:
    """A room as five who were called at once read it; the first one's `apply` makes it."""

    made: ClassVar[list[str]] = []
    closed_at = None
    sitting = "sitting"

    def __init__(self) -> None:
        self.provisioned_at: str | None = None

    def refresh_from_db(self) -> None:
        self.provisioned_at = self.made[0] if self.made else None


def test_a_room_is_made_once_for_all_who_were_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five who ask for a room at once one should make it, the others wait for that."""
    begun = []

    def slowly(sitting: str) -> None:
        begun.append(sitting)
        time.sleep(0.2)
        CalledRoom.made.append("now")

    monkeypatch.setattr(reconcile, "apply", slowly)
    with ThreadPoolExecutor(5) as pool:
        told = list(pool.map(reconcile.provisioned, [CalledRoom() for _ in range(5)]))  # type: ignore[arg-type]
    assert told == [True] * 5
    assert begun == ["sitting"]


def test_rooms_follow(cast: People) -> None:
    """After each act exactly the open room should exist in the engine."""
    afternoon = opened(cast)
    Stub().provision("unknown")
    assert reconcile.apply(afternoon.sitting)
    assert Stub().rooms() == {afternoon.room().name}
    assert afternoon.room().provisioned_at is not None
    visit = afternoon.started()
    reconcile.apply(afternoon.sitting)
    assert Stub().rooms() == {afternoon.room().name}
    actions.end_visit(visit=visit, by=cast.chair)
    reconcile.apply(afternoon.sitting)
    assert Stub().rooms() == set()


def test_only_the_roster_stays(cast: People) -> None:
    """Strangers and withdrawn seats should be cut off, the recorder should stay."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    name = afternoon.room().name
    enter(afternoon, "bac-son")
    for identity in ("hub#2", "stranger", RECORDER_IDENTITY):
        Stub().enter(Stub().seat_token(name, identity, ""))
    reconcile.apply(afternoon.sitting)
    assert inside(afternoon) == {"bac-son", RECORDER_IDENTITY}
    actions.remove_seat(seat=afternoon.seat("bac-son"), reason="Thử", by=cast.chair)
    reconcile.apply(afternoon.sitting)
    assert inside(afternoon) == {RECORDER_IDENTITY}


def test_a_displaced_page_is_cut_off(cast: People) -> None:
    """Who entered by the earlier admission should go, although the seat is on the roster."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    enter(afternoon, "bac-son")
    afternoon.take("bac-son", "another-session")
    reconcile.apply(afternoon.sitting)
    assert inside(afternoon) == set()
    enter(afternoon, "bac-son")
    reconcile.apply(afternoon.sitting)
    assert inside(afternoon) == {"bac-son"}


def test_presence_is_the_engines_word(cast: People) -> None:
    """Who is in the engine should be told as joined, who has gone as left."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    enter(afternoon, "hub")
    reconcile.apply(afternoon.sitting)
    Stub().leave(afternoon.room().name, "hub")
    reconcile.apply(afternoon.sitting)
    reconcile.apply(afternoon.sitting)
    assert afternoon.kinds()[-2:] == ["joined", "left"]


def test_a_lost_room_comes_back(cast: People) -> None:
    """A room the engine has forgotten should be made again under another name."""
    afternoon = opened(cast)
    visit = afternoon.started()
    reconcile.apply(afternoon.sitting)
    lost = afternoon.room()
    Stub().close(lost.name)
    reconcile.apply(afternoon.sitting)
    fresh = afternoon.room()
    assert (fresh.visit, fresh.generation) == (visit, 2)
    assert Stub().rooms() == {fresh.name}
    assert afternoon.roster() == {"hub", "huu-lung"}


def test_never_in_a_transaction(cast: People) -> None:
    """Asking the engine inside a transaction should fail loudly."""
    afternoon = waiting(cast)
    with transaction.atomic(), pytest.raises(RuntimeError):
        reconcile.apply(afternoon.sitting)


def test_a_dead_engine_is_told(cast: People, settings: Any) -> None:
    """Two looks without an answer should raise one alarm; an answer should end it."""
    settings.VIDEO_PROVIDER = "livekit"
    settings.ENGINE_URL = address(free_port())
    afternoon = opened(cast)
    assert not reconcile.apply(afternoon.sitting)
    reconcile.reconcile_all()
    assert queries.alarms(afternoon.sitting) == []
    reconcile.reconcile_all()
    reconcile.reconcile_all()
    assert [alarm.what for alarm in queries.alarms(afternoon.sitting)] == ["engine_down"]
    Sitting.objects.update(provider="stub")
    reconcile._missed["stub"] = 2
    reconcile.reconcile_all()
    assert queries.alarms(afternoon.sitting) == []
    reconcile._missed.clear()


def test_what_nobody_wants_is_ended(cast: People) -> None:
    """The look of each second should end rooms that an act could not, also with no sitting on."""
    Stub().provision("left over")
    reconcile.reconcile_all()
    assert Stub().rooms() == set()
    reconcile._missed.clear()


@pytest.mark.engine
def test_with_the_real_engine(cast: People, settings: Any, tmp_path: Path) -> None:
    """B should be out of the plenary when A is called, the recorder in; a restart loses nobody."""
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "livekit", tmp_path
    port = free_port()
    settings.ENGINE_URL = address(port)
    afternoon = opened(cast)

    def seen() -> set[str]:
        reconcile.apply(afternoon.sitting)
        return {one.identity for one in LiveKit().participants(afternoon.room().name)}

    def token(code: str) -> str:
        admission = queries.admission_for(afternoon.seat(code), afternoon.room())
        assert admission
        actions.note_token(admission)
        return LiveKit().seat_token(afternoon.room().name, code, code)

    with running(tmp_path, port):
        reconcile.apply(afternoon.sitting)
        plenary, folder = afternoon.room().name, tmp_path / "originals"
        folder.mkdir()
        with (
            seat_browser(token("bac-son")),
            recorder(LiveKit().recorder_token(plenary), folder, plenary),
        ):
            wait_until(lambda: seen() == {"bac-son", RECORDER_IDENTITY})
            afternoon.call()
            reconcile.apply(afternoon.sitting)
            assert LiveKit().rooms() == {afternoon.room().name}
            assert LiveKit().participants(plenary) == []
        called = afternoon.room()
    with running(tmp_path, port):
        reconcile.apply(afternoon.sitting)
        assert LiveKit().rooms() == {afternoon.room().name} != {called.name}
        assert afternoon.roster() == {"hub", "huu-lung"}


@pytest.mark.django_db(transaction=True)
def test_numbers_are_in_order_of_commit() -> None:
    """Acts of many at once should number their rows without gap, repeat or disorder."""
    afternoon = opened(everyone.people())
    rounds, workers = 5, 4
    seen: list[list[int]] = []
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(rounds):
                actions.write_entry(
                    sitting=afternoon.sitting, visit=None, kind="note", speaker="",
                    text=f"{number}-{turn}", by=afternoon.cast.secretary,
                )  # fmt: skip
        except BaseException as error:  # noqa: BLE001 - told by the test itself
            failures.append(error)
        finally:
            connection.close()

    def read() -> None:
        try:
            begin = clock.real_now()
            while clock.real_now() - begin < timedelta(seconds=2):
                rows = SittingEvent.objects.filter(sitting=afternoon.sitting)
                seen.append(list(rows.values_list("sequence", flat=True)))
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        pytest.skip("tests on SQLite share one database in memory: one writer at a time anyway")
    threads = [threading.Thread(target=write, args=(n,)) for n in range(workers)]
    threads.append(threading.Thread(target=read))
    before = afternoon.sitting.events.count()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert afternoon.sitting.events.count() == before + rounds * workers
    for numbers in seen:
        assert numbers == list(range(1, len(numbers) + 1)), "a number was seen before one below it"
