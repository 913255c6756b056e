"""kill -9 of the real engine in a turn: the custodian leads everybody into the next room."""

import pytest

from tests import cast as everyone
from tests.recordings.real import needs_engine, until
from tests.sittings.factories import waiting
from tiepdan.recordings import folders
from tiepdan.recordings.models import Recording
from tiepdan.sittings import queries
from tiepdan.sittings.actions import recovery
from tiepdan.sittings.reconcile import apply
from tiepdan.video import ending

pytestmark = needs_engine


@pytest.fixture
def turn(copy, settings):
    """A turn that runs, recorded by a custodian of its own: the afternoon and its engine."""
    settings.VIDEO_PROVIDER = "livekit"
    copy.start_engine()
    engine = copy.running[-1]
    found = waiting(everyone.people())
    found.take_all()
    found.check(1)
    found.open()
    found.call(1)
    apply(found.sitting)
    copy.start("custodian")
    until((copy.data / "run" / "custodian.alive").exists, "the heartbeat")
    for seat in ("hub", "huu-lung"):
        copy.publish(found.room(), seat)
    until(lambda: _verified(found.room()), "the proof")
    return found, engine


def _verified(room):
    room.refresh_from_db()
    return room.verified_at


def _kinds(afternoon, after):
    return list(queries.events_after(afternoon.sitting.pk, after).values_list("kind", flat=True))


def test_everybody_goes_on_in_the_next_room(copy, turn):
    """Pages should be told while it is away; turn and roster stay, the recording goes on."""
    afternoon, engine = turn
    visit, lost = queries.running_visit(afternoon.sitting), afternoon.room()
    roster = afternoon.roster()
    afternoon.sitting.refresh_from_db()
    before = afternoon.sitting.last_sequence
    engine.kill()
    engine.wait()
    ending.tell()
    until(lambda: "engine_ended" in _kinds(afternoon, before), "the notice")
    assert afternoon.room() == lost, "no room can be opened while there is no engine"
    assert [alarm.what for alarm in queries.alarms(afternoon.sitting)] == ["engine_down"]

    copy.start_engine()
    fresh = until(lambda: afternoon.room() != lost and afternoon.room(), "the next room")
    assert (fresh.visit, fresh.generation) == (visit, 2)
    assert afternoon.roster() == roster
    for seat in ("hub", "huu-lung"):
        copy.publish(fresh, seat)
    until(lambda: _verified(fresh), "the proof of the second part")
    until(lambda: not queries.alarms(afternoon.sitting), "the end of the alarms")
    kinds = _kinds(afternoon, before)
    assert kinds.index("engine_ended") < kinds.index("admitted")
    assert queries.running_visit(afternoon.sitting) == visit
    parts = Recording.objects.filter(room__visit=visit)
    assert {part.room for part in parts} == {lost, fresh}
    assert all(folders.tracks(folders.path_of(part.folder)) for part in parts)


def test_a_room_made_after_the_end_is_left_alone(turn):
    """A notice that is read late should not send anybody out of the next room."""
    afternoon, _ = turn
    room = afternoon.room()
    recovery.note_engine_end(room=room, ended=room.opened_at)
    assert "engine_ended" not in _kinds(afternoon, 0)
