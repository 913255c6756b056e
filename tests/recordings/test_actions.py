"""Recordings: their life, who may watch, what is remembered of it."""

import json

import pytest

from tests.recordings.small import grow
from tests.sittings.factories import opened
from tiepdan.audit.queries import entries_of
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.recordings import folders, package, queries
from tiepdan.recordings.actions import (
    ask_to_watch,
    mark_sealed,
    mark_stored,
    start_recording,
)
from tiepdan.recordings.duties import PATIENCE, seal_again
from tiepdan.recordings.jobs import finish
from tiepdan.recordings.permissions import can_watch
from tiepdan.recordings.sealed import Sealed
from tiepdan.recordings.states import RecordingState
from tiepdan.sittings.actions import mark_moment

SEALED = Sealed("x/y-evidence", "x/y-evidence/playable.mp4", 61_000, 5, "a" * 64, "b" * 64)


@pytest.fixture
def afternoon(cast, settings, tmp_path):
    """A sitting whose plenary is open."""
    settings.VIDEO_PROVIDER = "stub"
    settings.RUN_DIR, settings.RECORDINGS_DIR = tmp_path / "run", tmp_path / "recordings"
    return opened(cast)


@pytest.fixture
def recording(afternoon):
    """The plenary's recording, running."""
    room = afternoon.room()
    return start_recording(room=room, folder=folders.name_for(room))


def test_starting_twice_is_once(afternoon, recording):
    """A second start of the same room should give the same recording."""
    room = afternoon.room()
    assert start_recording(room=room, folder=folders.name_for(room)) == recording
    assert [entry.verb for entry in entries_of(recording)] == ["start_recording"]


def test_from_running_to_sealed(recording):
    """A recording should be stored, then sealed, once."""
    stored = mark_stored(recording=recording, size=7)
    assert stored.state == RecordingState.STORED
    sealed = mark_sealed(recording=stored, sealed=SEALED)
    assert sealed.playable == SEALED.playable
    assert mark_sealed(recording=stored, sealed=SEALED).sealed_at == sealed.sealed_at
    with pytest.raises(RuleRefusedError):
        mark_stored(recording=sealed, size=7)
    verbs = [entry.verb for entry in entries_of(recording)]
    assert verbs == ["start_recording", "store_recording", "seal_recording"]


def test_finish_with_tracks(recording):
    """With tracks it should be stored and its sealing be enqueued in the same transaction."""
    folder = folders.path_of(recording.folder)
    grow(folder / "originals" / "1" / "01-hub-camera.rtpdump", 10, 1)
    assert finish(recording=recording, folder=folder).state == RecordingState.STORED
    assert queries.to_seal().count() == 1
    assert seal_again() == 0


def test_finish_without_tracks(recording):
    """A room in which nobody sent anything should end as failed, with a reason for people."""
    failed = finish(recording=recording, folder=folders.path_of(recording.folder))
    assert failed.state == RecordingState.FAILED
    assert "Không nhận được" in failed.failure


def test_forgotten_seal_is_taken_up(recording):
    """A stored recording without a waiting job should be enqueued again after a while."""
    mark_stored(recording=recording, size=7, at=clock.real_now() - 2 * PATIENCE)
    assert seal_again() == 1
    assert seal_again() == 0


def test_watching_needs_a_purpose_and_is_logged(cast, recording):
    """Whoever watches should say for what, and be remembered."""
    mark_stored(recording=recording, size=7)
    sealed = mark_sealed(recording=recording, sealed=SEALED)
    with pytest.raises(RuleRefusedError):
        ask_to_watch(recording=sealed, purpose="  ", by=cast.chair)
    viewing = ask_to_watch(recording=sealed, purpose="Đối chiếu biên bản", by=cast.chair)
    entry = entries_of(recording).last()
    assert (entry.verb, entry.by, entry.facts["detail"]) == (
        "watch_recording", cast.chair, {"purpose": viewing.purpose},
    )  # fmt: skip


def test_who_may_watch(cast, recording):
    """Only roles with the ability should see or ask for recordings."""
    sealed = mark_sealed(recording=mark_stored(recording=recording, size=7), sealed=SEALED)
    for user in (cast.chair, cast.head, cast.secretary, cast.inspector):
        assert can_watch(user, sealed)
        assert list(queries.recordings_for(user)) == [sealed]
    for user in (cast.clerk_a, cast.officer, cast.operator, cast.stranger):
        assert not can_watch(user, sealed)
        assert not queries.recordings_for(user).exists()
        with pytest.raises(RuleRefusedError):
            ask_to_watch(recording=sealed, purpose="Tò mò", by=user)


def test_not_playable_yet(cast, recording):
    """A recording without a film should not be offered for watching."""
    with pytest.raises(RuleRefusedError, match="chưa có tệp"):
        ask_to_watch(recording=recording, purpose="Xem", by=cast.chair)
    assert queries.playable_path(recording) is None
    assert queries.protected_url(recording) == ""


def test_rooms_to_keep(afternoon, recording):
    """Rooms without media need no recorder; a running recording is kept until it is stored."""
    assert list(queries.rooms_to_keep()) == []
    afternoon.sitting.provider = "livekit"
    afternoon.sitting.save()
    assert [room.name for room in queries.rooms_to_keep()] == [recording.room.name]


@pytest.mark.parametrize("name", ["../x", "/etc", "", "a/../.."])
def test_names_that_lead_out(settings, tmp_path, name):
    """A stored name should never lead out of the recordings' folder."""
    settings.RECORDINGS_DIR = tmp_path
    with pytest.raises(ValueError, match="is not the name"):
        folders.path_of(name)


def test_log_of_the_package_has_the_words_of_marks(cast, afternoon, recording, tmp_path):
    """The operator may not read them in the event; the archive must have them."""
    mark_moment(sitting=afternoon.sitting, words="Ý kiến Sở", by=cast.secretary)
    package._write_log(recording, tmp_path / "log.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    [mark] = [line for line in lines if line["kind"] == "mark"]
    assert mark["data"]["words"] == "Ý kiến Sở"
    assert all("words" not in line["data"] for line in lines if line is not mark)
