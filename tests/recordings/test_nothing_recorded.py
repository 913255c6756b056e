"""A seat that is in the room and of which nothing is recorded, with the real engine."""

from tests import cast as everyone
from tests.recordings.real import needs_engine, until
from tests.sittings.factories import waiting
from tiepdan.sittings import queries

pytestmark = needs_engine


def _alarms(afternoon):
    return [alarm.what for alarm in queries.alarms(afternoon.sitting)]


def test_a_seat_without_a_track_is_told(copy, settings):
    """The hub in the room, but no track of it: an alarm, and its end once something comes."""
    settings.VIDEO_PROVIDER = "livekit"
    copy.start_engine()
    afternoon = waiting(everyone.people())
    afternoon.take_all()
    afternoon.open()
    copy.start("custodian")
    until((copy.data / "run" / "custodian.alive").exists, "the heartbeat")
    room = until(lambda: afternoon.room().provisioned_at and afternoon.room(), "the room")
    silent = copy.publish(room, "hub", sends=False)
    until(lambda: _alarms(afternoon) == ["stalled:hub"], "the alarm")
    silent.terminate()
    silent.wait()
    copy.publish(room, "hub")
    until(lambda: not _alarms(afternoon), "the end of the alarm")
