"""Children of the supervisor: restarted, ended in time, never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tiepdan.config.processes import Child, stop_in_order, stop_recorders

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print(1, flush=True); time.sleep(60)"
)


def _child(tmp_path, *command):
    return Child("x", list(command), lambda: True, tmp_path / "x.log")


def _wait_for(condition, seconds=5.0):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


def _gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_crashed_child_comes_back_after_a_pause(tmp_path):
    """A child that dies should be named, then started again."""
    child = _child(tmp_path, "sleep", "60")
    child.start()
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    assert "tín hiệu 9" in child.restart_when_due()
    _wait_for(lambda: "chạy lại (pid" in (child.restart_when_due() or ""))
    assert child.process.pid != first
    assert stop_in_order([child], patience=5) == []


def test_the_end_of_a_child_is_told_once(tmp_path):
    """Whoever asked should be told of a child's own end before it is started again."""
    told = []
    child = _child(tmp_path, "sleep", "60")
    child.on_end = lambda: told.append(child.is_running())
    child.start()
    child.restart_when_due()
    assert told == []
    child.process.kill()
    child.process.wait()
    _wait_for(lambda: "chạy lại (pid" in (child.restart_when_due() or ""))
    assert told == [False]
    assert stop_in_order([child], patience=5) == []


def test_a_child_that_hangs_is_ended(tmp_path):
    """Who answered and does so no more should be killed; who never did may still be starting."""
    answers = []
    child = _child(tmp_path, "sleep", "60")
    child.lives = lambda: bool(answers)
    child.start()
    assert not any(child.end_when_hung() for _ in range(20))
    answers.append(1)
    assert not child.end_when_hung()
    answers.clear()
    assert [child.end_when_hung() for _ in range(5)] == [False] * 4 + [True]
    child.process.wait()
    _wait_for(lambda: "chạy lại (pid" in (child.restart_when_due() or ""))
    assert not any(child.end_when_hung() for _ in range(20))
    assert stop_in_order([child], patience=5) == []


def test_pauses_grow(tmp_path):
    """A child that dies at once should be started at once, and then ever more rarely."""
    child = _child(tmp_path, "false")
    child.start()
    told = []
    while len(told) < 3:
        told += [line for line in [child.restart_when_due()] if line and "sau" in line]
    pauses = [float(line.split("sau ")[1].split()[0]) for line in told]
    assert pauses == [0.0, 0.2, 0.6]


def test_stubborn_child_is_killed(tmp_path):
    """A child that ignores TERM should be killed when patience is over."""
    child = _child(tmp_path, sys.executable, "-c", STUBBORN)
    child.start()
    _wait_for(lambda: child.last_words() == "1")
    begin = time.monotonic()
    assert stop_in_order([child], patience=1.2) == ["x"]
    assert time.monotonic() - begin < 3
    assert not child.is_running()


def test_child_dies_with_its_parent(tmp_path):
    """kill -9 of the supervisor should leave no child."""
    code = (
        "import sys, time, pathlib; from tiepdan.config.processes import Child\n"
        "c = Child('x', ['sleep', '60'], lambda: True, pathlib.Path(sys.argv[1], 'x.log'))\n"
        "c.start(); print(c.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    _wait_for(lambda: _gone(pid))


@pytest.fixture
def recorder(tmp_path):
    """A program in a session of its own that goes by the recorder's name."""
    program = tmp_path / "tiepdan-record"
    program.symlink_to("/bin/sleep")
    process = subprocess.Popen([program, "60"], start_new_session=True)
    _wait_for(lambda: Path(f"/proc/{process.pid}/cmdline").read_bytes())
    (tmp_path / "1.pid").write_text(f"{process.pid}\n")
    yield process, program
    process.kill()
    process.wait()


def test_left_recorders_are_ended(tmp_path, recorder):
    """A recorder whose custodian is gone should be told to flush and end."""
    process, program = recorder
    stop_recorders(tmp_path, program, 2)
    assert process.wait(timeout=2) == -signal.SIGTERM


def test_strangers_are_left_alone(tmp_path, recorder):
    """A pid file that names another program should end nobody."""
    process, _program = recorder
    (tmp_path / "2.pid").write_text(f"{os.getpid()}\n")
    (tmp_path / "3.pid").write_text("")
    stop_recorders(tmp_path, Path("somebody-else"), 1)
    assert process.poll() is None
