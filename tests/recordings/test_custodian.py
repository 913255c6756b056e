"""The custodian, its recorders and the engine, really running and really killed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django_tasks_db.models import DBTaskResult

from tests import cast as everyone
from tests.recordings.real import command_line, needs_engine, until
from tests.sittings.factories import waiting
from tiepdan.recordings import folders
from tiepdan.recordings.journal import Journal
from tiepdan.recordings.models import Recording
from tiepdan.recordings.states import RecordingState
from tiepdan.sittings import actions
from tiepdan.sittings.reconcile import apply

pytestmark = needs_engine


@pytest.fixture
def afternoon(copy, settings):
    """A sitting that has been opened: the plenary's room is in the engine."""
    settings.VIDEO_PROVIDER = "livekit"
    copy.start_engine()
    found = waiting(everyone.people())
    found.take_all()
    for order in (1, 2, 3):
        found.check(order)
    found.open()
    return found


def recorder_pid(copy, room):
    path = copy.data / "run" / "recorders" / f"{room.name}.pid"
    return int(path.read_text().split()[0]) if path.exists() else 0


def recording_of(room):
    return Recording.objects.get(room=room)


def test_custodian(copy, afternoon):
    """A turn should be confirmed, survive both kills, and end stored with a whole journal."""
    custodian = copy.start("custodian")
    alive = copy.data / "run" / "custodian.alive"
    until(alive.exists, 15, "the heartbeat")
    room = afternoon.room()
    until(lambda: recorder_pid(copy, room), 15, "the recorder's start")
    copy.publish(room, "hub")
    until(lambda: _verified(room), 15, "the plenary's proof")

    visit = afternoon.call(1)
    apply(afternoon.sitting)
    turn = afternoon.room()
    copy.publish(turn, "hub")
    copy.publish(turn, "huu-lung")
    folder = folders.path_of(folders.name_for(turn))
    flowing = until(lambda: _flowing(folder, 2), 15, "media of both seats")
    until(lambda: _verified(turn), 15, "the turn's proof")
    visit.refresh_from_db()
    turn.refresh_from_db()
    assert visit.started_at
    print(f"verified {turn.verified_at.timestamp() - flowing:.2f} s after both seats' first bytes")

    # kill -9 of the custodian: the same recorder goes on, a new custodian adopts it
    pid = recorder_pid(copy, turn)
    custodian.kill()
    custodian.wait()
    before = _size(folder)
    time.sleep(0.5)
    assert _size(folder) > before
    custodian = copy.start("custodian")
    until(lambda: "goes on" in _journal(folder), 15, "adoption")
    assert recorder_pid(copy, turn) == pid
    assert b"tiepdan-record" in command_line(pid)
    assert [path.name for path in folders.runs(folder)] == ["1"]

    # kill -9 of the recorder: alarm, a new one in a new folder, the alarm ends
    os.kill(pid, signal.SIGKILL)
    killed = time.monotonic()
    until(lambda: _alarms(afternoon, "alarm"), 15, "the alarm")
    until(lambda: recorder_pid(copy, turn) not in {0, pid}, 15, "the restart")
    until(lambda: (folder / "originals" / "2").exists(), 15, "the new folder")
    print(f"recorder back {time.monotonic() - killed:.2f} s after the kill")
    until(lambda: _alarms(afternoon, "alarm_over"), 15, "the end of the alarm")
    until(lambda: any((folder / "originals" / "2").glob("*.rtpdump")), 15, "tracks again")

    actions.end_visit(visit=visit, by=afternoon.cast.chair)
    actions.return_to_plenary(sitting=afternoon.sitting, by=afternoon.cast.chair)
    apply(afternoon.sitting)
    until(lambda: recording_of(turn).state == RecordingState.STORED, 15, "storing")
    assert _jobs(turn).count() == 1
    journal = Journal(folder)
    journal.close()
    sizes = {p.relative_to(folder).as_posix(): p.stat().st_size for p in folders.originals(folder)}
    assert journal.proven == {name: size for name, size in sizes.items() if size}

    # SIGTERM: the custodian goes, the plenary's recorder stays
    plenary = until(lambda: recorder_pid(copy, afternoon.room()), 15, "the plenary's recorder")
    custodian.terminate()
    assert custodian.wait(timeout=3) == 0
    assert b"tiepdan-record" in command_line(plenary)

    # the worker seals the turn; killed in the middle it does so when it is back, once
    worker = copy.start("worker", log="worker.log")
    until(lambda: _jobs(turn).filter(status="RUNNING"), 15, "the job's start")
    worker.kill()
    worker.wait()
    copy.start("worker", log="worker.log")
    until(lambda: recording_of(turn).state == RecordingState.SEALED, 40, "sealing")
    until(lambda: _jobs(turn).filter(status="SUCCESSFUL"), 15, "the job's end")
    _check_evidence(recording_of(turn))


def _check_evidence(recording):
    package = folders.path_of(recording.package)
    assert _verify(package, "--key", recording.signer).returncode == 0
    assert not list(package.parent.glob(f"{package.name}.*"))
    facts = json.loads((package / "manifest.json").read_bytes())
    assert [one["number"] for one in facts["segments"]] == [1, 2]
    assert [one["reason"] for one in facts["gaps"]][:1] == ["recorder: died"]
    lost = [track["lost"] for one in facts["segments"] for track in one["tracks"]]
    assert lost == [0] * 8
    film = folders.path_of(recording.playable)
    ask = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name:format=duration"]
    answer = subprocess.check_output([*ask, "-of", "json", str(film)])
    told = json.loads(answer)
    assert [stream["codec_name"] for stream in told["streams"]] == ["h264", "aac"]
    assert abs(float(told["format"]["duration"]) * 1000 - recording.duration_ms) < 300


def _verify(package, *arguments):
    command = [sys.executable, "-I", "verify.py", *arguments]
    return subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)


def _jobs(room):
    pk = str(recording_of(room).pk)
    return DBTaskResult.objects.filter(args_kwargs__args=[pk])


def _verified(room):
    room.refresh_from_db()
    return room.verified_at


def _flowing(folder, seats):
    """When the last of so many seats had its first bytes, by the clock of the machine."""
    grown = [path for path in folders.tracks(folder) if path.stat().st_size > 4096]
    return time.time() if len({folders.seat_of(path) for path in grown}) >= seats else None


def _size(folder):
    return sum(path.stat().st_size for path in folders.tracks(folder))


def _journal(folder):
    return (folder / "journal.jsonl").read_text(encoding="utf-8")


def _alarms(afternoon, kind):
    return [e for e in afternoon.sitting.events.filter(kind=kind) if e.data["what"] == "recorder"]
