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
from tests.recordings.real import RECORDER, command_line, needs_engine, until
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


def _folder(room):
    return folders.path_of(folders.name_for(room))


def recording_of(room):
    return Recording.objects.get(room=room)


def test_afternoon_with_accidents(copy, afternoon):
    """A turn should be confirmed, survive every kill, and end as a package that verifies."""
    custodian = copy.start("custodian")
    until((copy.data / "run" / "custodian.alive").exists, "the heartbeat")
    _plenary_is_confirmed(copy, afternoon)
    visit, turn = _turn_is_confirmed(copy, afternoon)
    custodian = _custodian_dies(copy, turn, custodian)
    _seat_freezes(copy, afternoon)
    _recorder_dies(copy, afternoon, turn)

    actions.end_visit(visit=visit, by=afternoon.cast.chair)
    actions.return_to_plenary(sitting=afternoon.sitting, by=afternoon.cast.chair)
    apply(afternoon.sitting)
    until(lambda: recording_of(turn).state == RecordingState.STORED, "storing")
    _journal_is_complete(turn)
    _custodian_ends(copy, afternoon, custodian)
    _worker_seals_although_killed(copy, turn)
    _check_evidence(recording_of(turn))


def _plenary_is_confirmed(copy, afternoon):
    room = afternoon.room()
    until(lambda: recorder_pid(copy, room), "the recorder's start")
    copy.publish(room, "hub")
    until(lambda: _verified(room), "the plenary's proof")


def _turn_is_confirmed(copy, afternoon):
    visit = afternoon.call(1)
    apply(afternoon.sitting)
    turn = afternoon.room()
    copy.publish(turn, "hub")
    copy.publish(turn, "huu-lung")
    until(lambda: _flowing(_folder(turn), 2), "media of both seats")
    until(lambda: _verified(turn), "the turn's proof")
    visit.refresh_from_db()
    assert visit.started_at
    return visit, turn


def _custodian_dies(copy, turn, custodian):
    """The same recorder should go on; a new custodian adopts it and goes on in the journal."""
    pid, folder = recorder_pid(copy, turn), _folder(turn)
    custodian.kill()
    custodian.wait()
    before = _size(folder)
    until(lambda: _size(folder) > before, "growth without a custodian")
    custodian = copy.start("custodian")
    until(lambda: "goes on" in _journal(folder), "adoption")
    assert recorder_pid(copy, turn) == pid
    assert b"tiepdan-record" in command_line(pid)
    assert [path.name for path in folders.runs(folder)] == ["1"]
    assert _lost(copy, folder / "originals" / "1") == [0] * 4
    return custodian


def _lost(copy, run):
    """How many packets are missing in each track so far."""
    out = copy.data / "so-far"
    subprocess.run([RECORDER, "mux", "--dir", run, "--out", out], check=True, capture_output=True)
    return [track["lost"] for track in json.loads((out / "tracks.json").read_bytes())]


def _seat_freezes(copy, afternoon):
    """A seat whose bytes stop although it is in the room should be told, until they come again."""
    publisher = copy.publishers[-1]
    publisher.send_signal(signal.SIGSTOP)
    until(lambda: _alarms(afternoon, "alarm", "stalled:huu-lung"), "the alarm of the frozen seat")
    publisher.send_signal(signal.SIGCONT)
    until(lambda: _alarms(afternoon, "alarm_over", "stalled:huu-lung"), "the end of that alarm")


def _recorder_dies(copy, afternoon, turn):
    """There should be an alarm, a new recorder in a new folder, and an end of the alarm."""
    pid, folder = recorder_pid(copy, turn), _folder(turn)
    os.kill(pid, signal.SIGKILL)
    until(lambda: _alarms(afternoon, "alarm"), "the alarm")
    until(lambda: recorder_pid(copy, turn) not in {0, pid}, "the restart")
    until(lambda: _alarms(afternoon, "alarm_over"), "the end of the alarm")
    second = folder / "originals" / "2"
    until(lambda: any(second.glob("*.rtpdump")), "tracks again")


def _journal_is_complete(turn):
    folder = _folder(turn)
    journal = Journal(folder)
    journal.close()
    sizes = {p.relative_to(folder).as_posix(): p.stat().st_size for p in folders.originals(folder)}
    assert journal.proven == {name: size for name, size in sizes.items() if size}
    assert _jobs(turn).count() == 1


def _custodian_ends(copy, afternoon, custodian):
    """SIGTERM should end the custodian and leave the plenary's recorder running."""
    plenary = until(lambda: recorder_pid(copy, afternoon.room()), "the plenary's recorder")
    custodian.terminate()
    assert custodian.wait(timeout=30) == 0
    assert b"tiepdan-record" in command_line(plenary)


def _worker_seals_although_killed(copy, turn):
    """Killed in the middle of the job, the worker should do it when it is back, once."""
    worker = copy.start("worker", log="worker.log")
    until(lambda: _jobs(turn).filter(status="RUNNING"), "the job's start")
    worker.kill()
    worker.wait()
    copy.start("worker", log="worker.log")
    until(lambda: recording_of(turn).state == RecordingState.SEALED, "sealing")
    job = until(lambda: _jobs(turn).filter(status="SUCCESSFUL").first(), "the job's end")
    assert len(job.worker_ids) == 2


def _check_evidence(recording):
    package = folders.path_of(recording.package)
    assert _verify(package, "--key", recording.signer).returncode == 0
    assert not list(package.parent.glob(f"{package.name}.*"))
    facts = json.loads((package / "manifest.json").read_bytes())
    assert [one["number"] for one in facts["segments"]] == [1, 2]
    assert "recorder: died" in [one["reason"] for one in facts["gaps"]]
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


def _alarms(afternoon, kind, what="recorder"):
    return [e for e in afternoon.sitting.events.filter(kind=kind) if e.data["what"] == what]
