"""`python -m tiepdan.config.supervise`: one supervisor for all processes of this copy.

Starts nginx, web, worker, custodian and media engine as plain processes, waits until each is
healthy, says where to go, restarts what crashes, and ends everything in order on Ctrl-C.
"""

import argparse
import fcntl
import itertools
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import django
from django.conf import settings

from tiepdan.config import announce, engine, health, nginx, ports, prepare
from tiepdan.config.processes import Child, stop_in_order, stop_recorders
from tiepdan.video import ending
from tiepdan.video.adapters.livekit import cluster

_HEALTHY_WITHIN = 60.0
_LOOK_EVERY = 0.05
_ASK_EVERY = 1.0


class CannotStartError(RuntimeError):
    """A plain sentence for the person at the terminal."""


class Supervisor:
    """Keeps the children of one data directory running until it is told to end."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.ending = False

    def listen_for_the_end(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal end us; a second one changes nothing."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)

    def start(self) -> None:
        """Start everything and wait until each answers; raises CannotStartError otherwise."""
        # Engines that do not find their Redis end at once.
        first = [child for child in self.children if child.name == "redis"]
        self._start(first)
        self._start([child for child in self.children if child not in first])

    def _start(self, waiting: list[Child]) -> None:
        for child in waiting:
            child.start()
        limit = time.monotonic() + _HEALTHY_WITHIN
        while waiting and not self.ending:
            waiting = [child for child in waiting if not child.is_healthy()]
            dead = [child for child in waiting if not child.is_running()]
            if dead or (waiting and time.monotonic() > limit):
                late = dead[0] if dead else waiting[0]
                raise CannotStartError(
                    f"{late.name} không khởi động được. Cuối tệp {late.log}:\n{late.last_words()}"
                )
            time.sleep(_LOOK_EVERY if waiting else 0)

    def keep_running(self, until: subprocess.Popen[bytes] | None = None) -> None:
        """Restart what crashes or hangs until the end is asked for (or `until` has ended)."""
        threading.Thread(target=self._end_what_hangs, daemon=True).start()
        while not self.ending and (until is None or until.poll() is None):
            for child in self.children:
                told = child.restart_when_due()
                if told:
                    announce.say(told)
            time.sleep(_LOOK_EVERY)

    def _end_what_hangs(self) -> None:
        for number in itertools.count():
            if self.ending:
                return
            for child in self.children:
                if number % child.asked_every == 0 and child.end_when_hung():
                    announce.say(f"{child.name} không trả lời, bị buộc dừng.")
            time.sleep(_ASK_EVERY)

    def stop(self) -> None:
        """End all: the custodian first, whose recorders flush; nobody is left after 10 s."""
        begin = time.monotonic()
        custodians = [child for child in self.children if child.name == "custodian"]
        stop_in_order(custodians, patience=3)
        stop_recorders(settings.RUN_DIR / "recorders", settings.BIN_DIR / "tiepdan-record", 1)
        killed = stop_in_order(self.children, patience=5)
        if killed:
            announce.say(f"Phải buộc dừng: {', '.join(killed)}.")
        announce.say(f"Đã dừng tất cả sau {time.monotonic() - begin:.1f} giây.")

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self.ending = True


def children() -> list[Child]:
    """The programs of this copy, in the order in which they start."""
    mine, log, run = ports.ports(), settings.DATA_DIR / "log", settings.RUN_DIR
    found: list[Child] = []
    if engine.binary().exists():
        found += _engines(log)
    else:
        announce.say("Chưa dựng máy chủ media (var/bin/livekit-server): phòng tiếp chưa dùng được.")
    page = f"http://127.0.0.1:{mine.web}/khoe/"
    answers, lives = health.answers(page), health.lives(page)
    found.append(Child("web", _web_command(mine.web), answers, log / "web.log", lives=lives))
    for name in ("worker", "custodian"):
        if prepare.has_command(name):
            command = [sys.executable, "-m", "tiepdan", name]
            beats = health.beats(run / f"{name}.alive")
            is_first = name == "custodian"  # it leads everybody into the next room
            found.append(Child(name, command, beats, log / f"{name}.log", is_first=is_first))
    page = f"{settings.PUBLIC_URL}/khoe/"
    answers, lives = health.answers(page, announce.door()), health.lives(page, announce.door())
    command = nginx.command(nginx.write_config())
    found.append(Child("nginx", command, answers, log / "nginx.log", lives=lives))
    return found


def _engines(log: Path) -> list[Child]:
    """The engine; of several, each, and their Redis."""
    found: list[Child] = []
    if not cluster.is_one():
        if not shutil.which("redis-server"):
            raise CannotStartError("Nhiều máy chủ media (TIEPDAN_ENGINES) cần gói redis-server.")
        command = ["redis-server", str(engine.write_redis_config())]
        answers, path = cluster.redis_answers, log / "redis.log"
        found.append(Child("redis", command, answers, path, is_first=True, asked_every=1))
    for number, address in enumerate(cluster.addresses(), 1):
        name = cluster.name_of(number)
        command = [str(engine.binary()), "--config", str(engine.write_config(number))]
        engine_child = Child(name, command, health.answers(f"{address}/"), log / f"{name}.log")
        engine_child.on_orphaned, engine_child.on_end = signal.SIGKILL, partial(_ended, number)
        engine_child.is_first, engine_child.asked_every = True, 1
        engine_child.lives = partial(cluster.engine_answers, address)
        found.append(engine_child)
    return found


def _ended(number: int) -> None:
    try:
        ending.tell(number)
    except OSError as error:  # Redis is away too: the custodian's probe tells, as soon as it can
        announce.say(f"{cluster.name_of(number)}: {error}")


def _web_command(port: int) -> list[str]:
    # Event streams stay open for hours: without the limit they would hold up every stop.
    command = [sys.executable, "-m", "uvicorn", "tiepdan.config.asgi:application"]
    options = ["--no-access-log", "--timeout-graceful-shutdown", "2", "--lifespan", "off"]
    return [*command, "--host", "127.0.0.1", "--port", str(port), *options]


@contextmanager
def only_one() -> Iterator[None]:
    """Hold this data directory; raises CannotStartError when another copy does."""
    path = Path(settings.RUN_DIR) / "supervisor.pid"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CannotStartError(
                f"Thư mục dữ liệu {settings.DATA_DIR} đang chạy rồi (pid {file.read().strip()})."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _run(options: argparse.Namespace) -> int:
    """Start, do what was asked, stop; the exit code."""
    busy = ports.taken()
    if busy:
        advice = "Hãy dừng chương trình đó, hoặc đặt TIEPDAN_PORT_OFFSET (ví dụ 100)."
        raise CannotStartError("\n".join([*busy, advice]))
    prepare.prepare(bare=bool(options.journey))
    for stale in settings.RUN_DIR.glob("*.alive"):
        stale.unlink()
    supervisor = Supervisor(children())
    supervisor.listen_for_the_end()
    try:
        supervisor.start()
        if supervisor.ending:
            return 0
        announce.ready(supervisor.children)
        if options.check:
            return 0
        if options.journey:
            return _play(supervisor, options.journey)
        supervisor.keep_running()
        return 0
    finally:
        supervisor.stop()


def _play(supervisor: Supervisor, out: str) -> int:
    """Let the journey run against this copy; its exit code."""
    command = [sys.executable, "-m", "tests.journeys.play", "--base-url", settings.PUBLIC_URL]
    command += ["--data-dir", str(settings.DATA_DIR), "--out", out]
    with subprocess.Popen(command, start_new_session=True) as journey:
        supervisor.keep_running(until=journey)
        if journey.poll() is None:
            os.killpg(journey.pid, signal.SIGTERM)
        return journey.wait(timeout=10)


def main() -> int:
    """Run the supervisor; 0 when it ended as asked, 1 when it could not start."""
    parser = argparse.ArgumentParser(prog="run", description=__doc__)
    parser.add_argument("--check", action="store_true", help="start, wait until healthy, stop")
    parser.add_argument("--journey", metavar="DIR", help="play the afternoon, results into DIR")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
    django.setup()
    try:
        with only_one():
            return _run(options)
    except (CannotStartError, prepare.DemoAccountsError, engine.UnknownHostError) as error:
        announce.fail(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
