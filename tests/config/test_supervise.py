"""The supervisor, really started: on data and ports of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import prepared
from tiepdan.config import ports

# Two runs of the tests on one machine must not meet; 23 keeps the ports of two copies apart.
SHIFT = 1000 + os.getpid() % 400 * 23
READY = "Dừng: Ctrl-C"


def _environment(data):
    own = {"TIEPDAN_DATA_DIR": str(data), "TIEPDAN_PORT_OFFSET": str(SHIFT)}
    own |= {"TIEPDAN_STATIC_MANIFEST": "1", "TIEPDAN_DEMO": "0"}
    # Always SQLite: on PostgreSQL the copy would write into the database the tests use.
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


def _ours(data):
    """Pids of all processes that carry our data directory in their environment."""
    mark, found = f"TIEPDAN_DATA_DIR={data}".encode(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _wait_until_empty(data, seconds):
    limit = time.monotonic() + seconds
    while left := _ours(data):
        assert time.monotonic() < limit, left
        time.sleep(0.05)


@pytest.fixture
def start(tmp_path):
    """Start the supervisor with arguments; whatever is left of it ends with the test."""
    running = []

    def _start(*arguments, from_nothing=False):
        if not from_nothing and not running:
            prepared.fill(tmp_path, demo=False)
        command = [sys.executable, "-m", "tiepdan.config.supervise", *arguments]
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            command, env=_environment(tmp_path), stdout=pipe, stderr=subprocess.STDOUT, text=True
        )
        running.append(process)
        return process

    yield _start
    for process in running:
        process.kill()
        process.communicate()
    for pid in _ours(tmp_path):
        with contextlib.suppress(ProcessLookupError):  # gone in the meantime, as it should be
            os.kill(pid, signal.SIGKILL)


def _until_ready(process):
    said = []
    for line in process.stdout:
        said.append(line)
        if READY in line:
            return "".join(said)
    raise AssertionError("".join(said))


def _fetch(path):
    with urllib.request.urlopen(f"http://127.0.0.1:{8080 + SHIFT}{path}", timeout=5) as answer:
        return answer.status, answer.headers, answer.read()


@pytest.mark.xdist_group("supervisor")
def test_check_starts_and_stops(start, tmp_path):
    """`./run --check` should start everything, find it healthy and leave nothing running."""
    process = start("--check", from_nothing=True)
    said, _ = process.communicate(timeout=90)
    assert process.returncode == 0, said
    assert "Đang chạy:" in said
    assert _ours(tmp_path) == []


@pytest.mark.xdist_group("supervisor")
def test_ctrl_c_leaves_nobody(start, tmp_path):
    """Ctrl-C should end every process within 10 s; the log should carry no query string."""
    process = start()
    _until_ready(process)
    assert _fetch("/khoe/?token=secret-word")[0] == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0
    assert _ours(tmp_path) == []
    log = (tmp_path / "log" / "access.log").read_text(encoding="utf-8")
    assert "GET /khoe/ 200" in log
    everything = [path.read_bytes() for path in (tmp_path / "log").iterdir()]
    assert not any(b"secret-word" in text for text in everything)


@pytest.mark.xdist_group("supervisor")
def test_killed_supervisor_takes_its_children_along(start, tmp_path):
    """kill -9 of the supervisor should leave no process of ours either."""
    process = start()
    _until_ready(process)
    process.kill()
    process.wait()
    _wait_until_empty(tmp_path, 10)


@pytest.mark.xdist_group("supervisor")
def test_killed_and_hung_are_restarted(start, tmp_path):
    """kill -9 of the web process should be repaired and told, and so should a hung engine."""
    process = start()
    _until_ready(process)
    for words, name, number in (
        (b"uvicorn", "web", signal.SIGKILL),
        (b"livekit-server", "engine", signal.SIGSTOP),
    ):
        os.kill(next(pid for pid in _ours(tmp_path) if words in _command_line(pid)), number)
        if number == signal.SIGSTOP:
            assert f"{name} không trả lời" in process.stdout.readline()
        assert f"{name} đã dừng (tín hiệu 9)" in process.stdout.readline()
        assert f"{name} đã chạy lại" in process.stdout.readline()


@pytest.mark.xdist_group("supervisor")
def test_one_of_two_engines_is_told_and_restarted(start, tmp_path, monkeypatch):
    """Of two engines the one that ended should be named; Redis alone takes no engine along."""
    monkeypatch.setenv("TIEPDAN_ENGINES", "2")
    process = start()
    _until_ready(process)
    for words, name in ((b"engine-2.yaml", "engine-2"), (b"redis-server", "redis")):
        os.kill(next(pid for pid in _ours(tmp_path) if words in _command_line(pid)), signal.SIGKILL)
        assert f"{name} đã dừng (tín hiệu 9)" in process.stdout.readline()
        assert f"{name} đã chạy lại" in process.stdout.readline()
    assert (tmp_path / "run" / "engine.ended").exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0
    assert _ours(tmp_path) == []


def _command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.xdist_group("supervisor")
def test_one_data_directory_runs_once(start):
    """A second start on the same data, or the same ports, should be refused in plain words."""
    _until_ready(start())
    second = start()
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert "đang chạy rồi" in said


@pytest.mark.xdist_group("supervisor")
def test_engine_api_and_gate_are_not_reachable(start, settings):
    """The engine's API, the gate and the webhook should not be reachable through the door."""
    settings.PORT_OFFSET = SHIFT
    _until_ready(start())
    paths = ["/twirp/livekit.RoomService/ListRooms", "/_gate", "/phong/engine/gate"]
    paths += ["/phong/engine/webhook", "/protected/documents/x", "/protected/recordings/x"]
    codes = {path: _status(ports.ports().http, path) for path in paths}
    assert codes == dict.fromkeys(paths, 404)


@pytest.mark.xdist_group("supervisor")
def test_publish_is_refused_at_the_door(start):
    """A connection that names another participant to publish for should not reach the engine."""
    _until_ready(start())
    assert _status(8080 + SHIFT, "/rtc?access_token=x&publish=seat") == 403


def _status(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
