"""One child process of the supervisor: started, watched, restarted, ended."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tiepdan.common.priority import go_first

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_LONGEST_PAUSE = 10.0
_CALM_AFTER = 10.0  # seconds of running after which earlier crashes are forgotten
_MISSES = 5
"""Looks in a row without an answer after which a child is ended; a look may last 2 s itself."""

_LOG_LIMIT = 16 * 1024 * 1024


@dataclass(slots=True)
class Child:
    """A program that belongs to this copy; `is_healthy` asks it, with a time limit of its own.

    `lives` asks less, whether it answers at all, for as long as it runs; by default the same.
    It is asked each so many seconds: a sitting cannot wait for an engine.
    `on_end` is called as soon as its end by itself is seen, before it is started again.
    `is_first`: pages and jobs wait for it when the machine is busy.
    """

    name: str
    command: list[str]
    is_healthy: Callable[[], bool]
    log: Path
    on_orphaned: signal.Signals = signal.SIGTERM
    on_end: Callable[[], None] | None = None
    is_first: bool = False
    lives: Callable[[], bool] | None = None
    asked_every: int = 5
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    crashes: int = field(default=0, init=False)
    due: float = field(default=0.0, init=False)
    _asked: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _missed: int | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it; its output goes to its log file."""
        _turn_over(self.log)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends in order
                preexec_fn=self._before_exec,  # noqa: PLW1509 - one thread only
            )
        self.started = time.monotonic()

    def is_running(self) -> bool:
        """Whether it lives at this moment."""
        return self.process is not None and self.process.poll() is None

    def restart_when_due(self) -> str | None:
        """Start it again if it died and its pause is over; what to tell the person, if anything."""
        if self.process is None or self.process.poll() is None:
            return None
        now = time.monotonic()
        if not self.due:
            if self.on_end:
                self.on_end()
            self.crashes = 1 if now - self.started > _CALM_AFTER else self.crashes + 1
            # At once the first time, then after 0.2, 0.6, 1.4 s and so on.
            pause = min(_LONGEST_PAUSE, 0.2 * (2 ** (self.crashes - 1) - 1))
            self.due = now + pause
            return f"{self.name} đã dừng ({_ending(self.process)}), chạy lại sau {pause:.1f} giây."
        if now >= self.due:
            self.due = 0.0
            self.start()
            return f"{self.name} đã chạy lại (pid {self.process.pid})."
        return None

    def end_when_hung(self) -> bool:
        """Look whether it answers; kill it when it did before and has not for five looks.

        Only its end brings back what runs and does nothing. True when it was killed.
        """
        process, question = self.process, self.lives or self.is_healthy
        if process is not self._asked:
            self._asked, self._missed = process, None
        if process is None or process.poll() is not None:
            return False
        if question():
            self._missed = 0
        elif self._missed is not None:  # it may still be starting
            self._missed += 1
        if (self._missed or 0) < _MISSES:
            return False
        process.kill()
        return True

    def send(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def last_words(self, lines: int = 15) -> str:
        """The end of its log, for a person who must find out what is wrong."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _before_exec(self) -> None:
        # kill -9 of the supervisor leaves nobody behind; recorders have sessions of their own.
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(self.on_orphaned), 0, 0, 0)
        if self.is_first:
            go_first()


def stop_in_order(children: list[Child], patience: float) -> list[str]:
    """End `children` together: TERM, TERM again after 1 s, KILL when `patience` (s) is over.

    The names of those that had to be killed.  The second TERM is for the media engine, which
    otherwise waits for its participants.
    """
    begin = time.monotonic()
    running = [child for child in children if child.is_running()]
    for child in running:
        child.send(signal.SIGTERM)
    again = False
    while any(child.is_running() for child in running):
        waited = time.monotonic() - begin
        if waited > 1 and not again:
            again = True
            for child in running:
                child.send(signal.SIGTERM)
        if waited > patience:
            break
        time.sleep(0.05)
    killed = [child for child in running if child.is_running()]
    for child in killed:
        child.send(signal.SIGKILL)
    for child in killed:
        if child.process is not None:
            child.process.wait(timeout=5)
    return [child.name for child in killed]


def stop_recorders(folder: Path, program: Path, patience: float) -> None:
    """End recorders the custodian left: their pid files lie in `folder`; they flush on TERM."""
    pids = [pid for pid in map(_pid_in, folder.glob("*.pid")) if pid and _runs(pid, program)]
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    limit = time.monotonic() + patience
    while time.monotonic() < limit and any(_runs(pid, program) for pid in pids):
        time.sleep(0.05)
    for pid in pids:
        if _runs(pid, program):
            os.kill(pid, signal.SIGKILL)


def _pid_in(path: Path) -> int:
    try:
        return int(path.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def _runs(pid: int, program: Path) -> bool:
    """Whether `pid` is still our recorder: numbers are used again after a reboot."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return bool(words[0]) and Path(os.fsdecode(words[0])).name == program.name


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"tín hiệu {-code}" if code < 0 else f"mã {code}"


def _turn_over(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
