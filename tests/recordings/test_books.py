"""What the custodian writes down, and taking up what was cut off: without running programs."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from tests.recordings.small import small_package
from tests.sittings.factories import opened
from tiepdan.recordings import custodian, folders
from tiepdan.recordings.actions import mark_stored, start_recording
from tiepdan.recordings.custodian import Custodian
from tiepdan.recordings.jobs import seal_recording
from tiepdan.recordings.models import Recording
from tiepdan.recordings.recorder import Recorder
from tiepdan.recordings.states import RecordingState
from tiepdan.recordings.watch import Watch
from tiepdan.sittings import actions, disk
from tiepdan.sittings.queries import alarms

pytestmark = pytest.mark.django_db


@pytest.fixture
def afternoon(cast, settings, tmp_path):
    """A sitting with media whose plenary is open and known to the engine."""
    settings.VIDEO_PROVIDER = "livekit"
    settings.RUN_DIR, settings.RECORDINGS_DIR = tmp_path / "run", tmp_path / "recordings"
    settings.DATA_DIR = tmp_path
    found = opened(cast)
    actions.mark_provisioned(found.room())
    return found


def _told(afternoon):
    return {alarm.what for alarm in alarms(afternoon.sitting)}


def test_takes_up_open_rooms(afternoon):
    """An open room should get a recording row and a watch, once."""
    custodian = Custodian()
    custodian.keep_books()
    custodian.keep_books()
    room = afternoon.room()
    assert list(custodian.watches) == [room.name]
    assert Recording.objects.get(room=room).state == RecordingState.RUNNING


def test_waits_for_the_engine(afternoon):
    """A room that the engine has not got yet should not be recorded in vain."""
    room = afternoon.room()
    room.provisioned_at = None
    room.save()
    custodian = Custodian()
    custodian.keep_books()
    assert custodian.watches == {}


def test_full_disk_refuses_to_start(afternoon, monkeypatch):
    """Without room on the disk no recording should start, and the room be told; later it may."""
    custodian = Custodian()
    with monkeypatch.context() as patch:
        patch.setattr(disk, "free_bytes", lambda: 1000)
        custodian.keep_books()
    assert custodian.watches == {}
    assert _told(afternoon) == {"disk"}
    custodian.keep_books()
    custodian.keep_books()
    assert custodian.watches
    assert _told(afternoon) == set()


def test_faults_begin_and_end(afternoon):
    """A fault should be told once, also by the next custodian, and end when it is over."""
    custodian = Custodian()
    custodian.keep_books()
    custodian.watches[afternoon.room().name].faults["recorder"] = "Đã dừng."
    custodian.keep_books()
    custodian.keep_books()
    assert afternoon.kinds().count("alarm") == 1
    assert _told(afternoon) == {"recorder"}
    another = Custodian()
    another.keep_books()
    another.keep_books()
    assert _told(afternoon) == set()
    assert afternoon.kinds().count("alarm_over") == 1


def test_closed_while_the_custodian_was_away(afternoon):
    """A recording whose room was closed meanwhile should be brought to its end."""
    room = afternoon.room()
    start_recording(room=room, folder=folders.name_for(room))
    afternoon.close()
    custodian = Custodian()
    custodian.keep_books()
    watch = custodian.watches[room.name]
    custodian.keep_books()
    assert not watch.wanted
    watch.step()
    assert watch.finished
    custodian.keep_books()
    assert custodian.watches == {}
    assert Recording.objects.get(room=room).state == RecordingState.FAILED


def test_package_from_before_the_cut(afternoon):
    """A package that was built before a crash should be registered as it is, once."""
    room = afternoon.room()
    recording = start_recording(room=room, folder=folders.name_for(room))
    mark_stored(recording=recording, size=1)
    package = folders.path_of(f"{recording.folder}-evidence")
    package.mkdir(parents=True)
    key = small_package(package)
    assert seal_recording.call(str(recording.pk))
    assert not seal_recording.call(str(recording.pk))
    recording.refresh_from_db()
    assert (recording.state, recording.signer) == (RecordingState.SEALED, key)
    assert recording.package == f"{recording.folder}-evidence"
    call_command("verify_recording")
    shutil.rmtree(package / "tracks")
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify_recording")


def test_letting_go_twice(settings, tmp_path):
    """A room that has ended should not close its journal a second time with the custodian."""
    settings.RUN_DIR, settings.RECORDINGS_DIR = tmp_path / "run", tmp_path / "recordings"
    watch = Watch("room", "sitting/room", Recorder("room", "sitting/room"), str, wanted=False)
    watch.step()
    assert watch.finished
    watch.close()


def test_trouble_of_one_room(settings, tmp_path, caplog):
    """Trouble of any kind in one room should be logged and not end the custodian's loop."""
    settings.RUN_DIR, settings.RECORDINGS_DIR = tmp_path / "run", tmp_path / "recordings"
    watch = Watch("room", "sitting/room", Recorder("room", "sitting/room"), _no_token)
    custodian.step(watch)
    assert "no token" in caplog.text


def _no_token():
    raise ValueError("no token")
