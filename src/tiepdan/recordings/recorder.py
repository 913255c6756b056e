"""One `tiepdan-record` process: started in its own session, adopted, restarted, ended.

Its pid file `RUN_DIR/recorders/<room>.pid` holds pid, start in the kernel's ticks, folder. The
recorder outlives the custodian; the supervisor ends what is left by these files.
"""

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from tiepdan.common.priority import go_first
from tiepdan.recordings import folders
from tiepdan.video.adapters.livekit import cluster

PROGRAM = "tiepdan-record"
_ENVIRONMENT = {"GOMAXPROCS": "1"}  # waking more threads for each packet took a fifth of its work
_LONGEST_PAUSE = 5.0
_CALM_AFTER = 30.0
_PATIENCE = 5.0
_LOG_LIMIT = 1 << 20


def pid_folder() -> Path:
    """Where the pid files lie."""
    return Path(settings.RUN_DIR) / "recorders"


def left_running() -> dict[str, str]:
    """Rooms that had a recorder when the custodian went, with their folder's name."""
    found = {}
    for path in pid_folder().glob("*.pid"):
        words = path.read_text(encoding="utf-8").split()
        if len(words) == 3:  # noqa: PLR2004 - pid, start, folder
            found[path.stem] = words[2]
    return found


@dataclass(slots=True)
class Recorder:
    """The recorder of one room; `folder` is the recording's, `layers` a policy of the recorder."""

    room: str
    folder: str
    layers: str = "high"
    pid: int = field(default=0, init=False)
    crashes: int = field(default=0, init=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _due: float = field(default=0.0, init=False)
    _asked: float = field(default=0.0, init=False)

    def adopt(self) -> bool:
        """Take over a recorder that an earlier custodian started, if it still runs."""
        try:
            pid, start, _ = self._pid_file.read_text(encoding="utf-8").split()
        except (OSError, ValueError):
            return False
        if pid.isdecimal() and start_of(int(pid)) == start and self._is_ours(int(pid)):
            self.pid, self._started = int(pid), time.monotonic()
        return self.pid != 0

    def is_running(self) -> bool:
        """Whether it lives; notices, once, when it has gone."""
        if not self.pid:
            return False
        child = self._child
        alive = self._is_ours(self.pid) if child is None else child.poll() is None
        if not alive:
            self._gone()
        return alive

    @property
    def is_due(self) -> bool:
        """Whether the pause after its last end is over."""
        return time.monotonic() >= self._due

    def start(self, token: str) -> Path:
        """Start it in a folder of its own, which is returned; raises OSError."""
        run = folders.new_run(folders.path_of(self.folder))
        url = cluster.address_of(self.room).replace("http", "ws", 1)
        command = [str(Path(settings.BIN_DIR) / PROGRAM), "record", "--url", url]
        command += ["--dir", str(run), "--room", self.room, "--layers", self.layers]
        self._due = time.monotonic() + _LONGEST_PAUSE  # for the case that it does not even start
        with self._log().open("ab") as log:
            self._child = subprocess.Popen(
                command,
                env={**os.environ, **_ENVIRONMENT, "TIEPDAN_RECORDER_TOKEN": token},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # our death must not be its own
                preexec_fn=go_first,  # noqa: PLW1509 - a few system calls, no lock
            )
        self.pid, self._started, self._asked = self._child.pid, time.monotonic(), 0.0
        self._write_pid_file()
        return run

    def end(self) -> None:
        """Ask it to flush and end; it needs under a second, and is killed when it hangs."""
        if not self.is_running():
            return
        if not self._asked:
            os.kill(self.pid, signal.SIGTERM)
            self._asked = time.monotonic()
        elif time.monotonic() - self._asked > _PATIENCE:
            os.kill(self.pid, signal.SIGKILL)

    def forget(self) -> None:
        """It has ended for good."""
        self._pid_file.unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return pid_folder() / f"{self.room}.pid"

    def _write_pid_file(self) -> None:
        self._pid_file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._pid_file.with_suffix(".new")
        draft.write_text(f"{self.pid} {start_of(self.pid)} {self.folder}\n", encoding="utf-8")
        draft.replace(self._pid_file)

    def _gone(self) -> None:
        calm = time.monotonic() - self._started > _CALM_AFTER
        self.crashes = 1 if calm else self.crashes + 1
        # One that ended by itself was told that the room is over: the database says so soon.
        orderly = self._child is None or self._child.returncode == 0
        pause = max(1.0 if orderly else 0.1, 0.1 * 2 ** (self.crashes - 1))
        self._due = time.monotonic() + min(_LONGEST_PAUSE, pause)
        self.pid, self._child = 0, None

    def _is_ours(self, pid: int) -> bool:
        """Whether the pid is a recorder of this room: numbers are used again after a reboot."""
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return Path(os.fsdecode(words[0])).name == PROGRAM and self.room.encode() in words

    def _log(self) -> Path:
        path = Path(settings.DATA_DIR) / "log" / "recorder.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        return path


def start_of(pid: int) -> str:
    """When a process began, in the kernel's ticks; empty when there is none."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[19]
