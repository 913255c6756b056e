"""kill -9 of one of two clustered engines: its rooms go on on the other one, others untouched."""

import json
import sys
import time

import pytest

from tests import cast as everyone
from tests.recordings.real import needs_engine, until
from tests.sittings.factories import waiting
from tiepdan.recordings import folders
from tiepdan.recordings.models import Recording
from tiepdan.sittings import actions, queries
from tiepdan.sittings.reconcile import apply
from tiepdan.video import ending
from tiepdan.video.adapters.livekit import cluster
from tiepdan.video.adapters.livekit.provider import LiveKit

pytestmark = needs_engine
SEATS = ("hub", "huu-lung")


@pytest.fixture
def engines(copy, settings):
    """Redis and two engines, by number."""
    settings.VIDEO_PROVIDER, settings.ENGINES = "livekit", 2
    copy.extra["TIEPDAN_ENGINES"] = "2"
    found = {"redis": copy.start_redis()}
    return found | {number: copy.start_engine(number) for number in (1, 2)}


@pytest.fixture
def turn(copy, engines):
    """A turn that runs and is recorded; a trial of a machine on the other engine."""
    found = waiting(everyone.people())
    found.take_all()
    found.check(1)
    found.open()
    found.call(1)
    apply(found.sitting)
    at = cluster.holder(found.room().name)
    assert at in engines
    other = until(lambda: _trial_off(found, at), "a room on the other engine")
    copy.start("custodian")
    until((copy.data / "run" / "custodian.alive").exists, "the heartbeat")
    for seat in SEATS:
        copy.publish(found.room(), seat)
    until(lambda: _verified(found.room()), "the proof")
    return found, at, other


def _kill(process):
    process.kill()
    process.wait()


def _trial_off(afternoon, number):
    """A new trial's room, when the cluster has put it on another engine than this one."""
    check = actions.open_check(
        seat=afternoon.seat("bac-son"), session_key="trial", by=afternoon.cast.clerk_b
    )
    LiveKit().provision(check.room_name)
    return check.room_name if cluster.holder(check.room_name) == 3 - number else None


def _print(words):
    sys.stdout.write(f"{words}\n")


def _verified(room):
    room.refresh_from_db()
    return room.verified_at


def _counted(process, path):
    process.terminate()
    process.wait()
    return json.loads(path.read_text(encoding="utf-8"))


def _kinds(afternoon, after):
    return list(queries.events_after(afternoon.sitting.pk, after).values_list("kind", flat=True))


@pytest.mark.parametrize("is_told", [True, False], ids=["exit seen", "only the probe"])
def test_its_rooms_go_on_on_the_other_engine(copy, turn, engines, is_told):
    """Everybody should be recorded in the turn's next room; the other room should not notice."""
    afternoon, at, other = turn
    visit, lost = queries.running_visit(afternoon.sitting), afternoon.room()
    files = {seat: copy.data / f"{seat}.json" for seat in ("a", "b", "late")}
    trial = {seat: copy.send(other, seat, told=files[seat]) for seat in ("a", "b")}
    until(lambda: len(LiveKit().participants(other)) == 2, "the trial")
    afternoon.sitting.refresh_from_db()
    before = afternoon.sitting.last_sequence

    _kill(engines[at])
    killed = time.monotonic()
    if is_told:
        ending.tell(at)
    fresh = until(lambda: afternoon.room() != lost and afternoon.room(), "the next room")
    _print(f"next room {time.monotonic() - killed:.2f} s after the kill")
    until(lambda: cluster.holder(fresh.name) == 3 - at, "the room on the engine that lives")
    for seat in SEATS:
        copy.publish(fresh, seat)
    until(lambda: _verified(fresh), "the proof of the second part")
    _print(f"both seats on disk again {time.monotonic() - killed:.2f} s after the kill")
    until(lambda: not queries.alarms(afternoon.sitting), "the end of the alarms")
    kinds = _kinds(afternoon, before)
    assert kinds.index("engine_ended") < kinds.index("admitted")
    assert (fresh.visit, fresh.generation) == (visit, 2)
    assert queries.running_visit(afternoon.sitting) == visit
    parts = Recording.objects.filter(room__visit=visit)
    assert {part.room for part in parts} == {lost, fresh}
    assert all(folders.tracks(folders.path_of(part.folder)) for part in parts)

    until(lambda: _hears(copy, other, files["late"]), "media in the other room")
    for seat in ("a", "b"):
        counted = _counted(trial[seat], files[seat])
        assert (counted["reconnects"], counted["disconnected"]) == (0, "")
        assert counted["received_bytes"] > 0
    assert LiveKit().rooms() == {fresh.name, other}

    engines[at] = copy.start_engine(at)
    until(lambda: _trial_off(afternoon, 3 - at), "a room on the engine that came back")


def test_redis_dies_alone(copy, turn, engines):
    """A room should outlive Redis: nobody is led into another one, and it can be entered again."""
    afternoon, _, other = turn
    room, late = afternoon.room(), copy.data / "late.json"
    _kill(engines["redis"])
    until(lambda: queries.alarms(afternoon.sitting), "the alarm that the engines cannot be asked")
    copy.start_redis()
    until(lambda: not queries.alarms(afternoon.sitting), "the end of the alarm")
    assert afternoon.room() == room
    assert LiveKit().rooms() == {room.name, other}
    until(lambda: _hears(copy, other, late, tracks=0), "the way into the other room")
    copy.send(other, "a")
    until(lambda: _hears(copy, other, late, tracks=2), "media in the other room")


def _hears(copy, room, path, tracks=4):
    """Whether one who comes for a second receives packets of those who were there before."""
    with_ears = copy.send(room, "late", 1, sends=False, told=path)
    with_ears.wait()
    told = path.read_text(encoding="utf-8")  # nothing when it could not join
    return told and json.loads(told)["tracks"] == tracks
