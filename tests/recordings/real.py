"""A copy of the product with data of its own: real database file, real programs, real engine.

The test's own process reads and writes the same database file as the programs it starts.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import ConnectionHandler, connections

from tiepdan.config import engine, health, ports
from tiepdan.sittings.actions import note_token
from tiepdan.video.adapters.livekit import cluster
from tiepdan.video.providers import provider

# Away from the supervisor's tests, and from other processes of this run.
SHIFT = 11000 + os.getpid() % 300 * 23
RECORDER = Path(settings.BIN_DIR) / "tiepdan-record"
CLIPS = Path(settings.REPOSITORY) / "media" / "recorder" / "testdata"

needs_engine = [
    pytest.mark.engine,
    pytest.mark.skipif(
        not (RECORDER.exists() and engine.binary().exists()), reason="media is not built"
    ),
]


PATIENCE = 90
"""Seconds; on a quiet machine everything here takes one or two."""


def until(condition, what):
    """Wait until the condition holds and return its value."""
    limit = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < limit, f"{what} did not happen within {PATIENCE} s"
        time.sleep(0.02)
    return found


@dataclass
class Copy:
    """One copy's data directory and the programs that run on it."""

    data: Path
    extra: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen] = field(default_factory=list)
    publishers: list[subprocess.Popen] = field(default_factory=list)

    def environment(self):
        own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own |= {"TIEPDAN_DATA_DIR": str(self.data), "TIEPDAN_PORT_OFFSET": str(SHIFT)}
        path = ":".join([str(settings.REPOSITORY / "src"), str(settings.REPOSITORY)])
        return own | {"PYTHONPATH": path} | self.extra

    def start(self, *command, log="program.log"):
        """Start a management command of the copy."""
        program = [sys.executable, "-m", "tiepdan", *command]
        with (self.data / log).open("ab") as out:
            process = subprocess.Popen(program, env=self.environment(), stdout=out, stderr=out)
        self.running.append(process)
        return process

    def start_engine(self, number=1):
        command = [str(engine.binary()), "--config", str(engine.write_config(number))]
        process = self._start_media(command, "engine.log")
        until(health.answers(f"{cluster.addresses()[number - 1]}/"), "the engine's start")
        return process

    def start_redis(self):
        """What several engines share."""
        config = self.data / "run" / "redis.conf"
        command = ["redis-server", str(config if config.exists() else engine.write_redis_config())]
        process = self._start_media(command, "redis.log")
        until(cluster.redis_answers, "Redis' start")
        return process

    def _start_media(self, command, log):
        with (self.data / log).open("ab") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out)
        self.running.append(process)
        return process

    def publish(self, room, seat, seconds=300, *, sends=True):
        """A synthetic seat that sends picture and sound (or nothing)."""
        note_token(room.admissions.get(seat__code=seat, withdrawn_at__isnull=True))
        return self.send(room.name, seat, seconds, sends=sends)

    def send(self, room_name, seat, seconds=300, *, sends=True, told=None):
        """A synthetic seat of any room; `told`: the file into which it counts at its end."""
        token = provider("livekit").seat_token(room_name, seat, seat)
        url = cluster.address_of(room_name).replace("http", "ws")
        command = [str(RECORDER), "publish", "--url", url]
        if sends:
            command += ["--video", str(CLIPS / "clip.ivf"), "--audio", str(CLIPS / "clip.ogg")]
        with (told or Path(os.devnull)).open("wb") as out:
            process = subprocess.Popen(
                [*command, "--seconds", str(seconds)],
                env={**os.environ, "TIEPDAN_PUBLISH_TOKEN": token},
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
        self.running.append(process)
        self.publishers.append(process)
        return process

    def end(self):
        """Kill what still runs, recorders included."""
        for process in reversed(self.running):
            process.kill()
            process.wait()
        for path in (self.data / "run" / "recorders").glob("*.pid"):
            pid = int(path.read_text().split()[0])
            with contextlib.suppress(OSError):  # it may end by itself meanwhile
                if b"tiepdan-record" in command_line(pid):
                    os.kill(pid, 9)

    def log(self, name="program.log"):
        return (self.data / name).read_text(encoding="utf-8")


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def database_file(path, blocker):
    """This process on the copy's SQLite file, as the product opens it."""
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
    }
    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    with blocker.unblock():
        before = connections["default"]
        connections["default"] = ConnectionHandler({"default": file})["default"]
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = before


_made: list[Path] = []


def migrated_file(factory, blocker):
    """An empty migrated database, made once a process and copied by each test."""
    if not _made:
        path = factory.mktemp("template") / "template.sqlite3"
        with database_file(path, blocker):
            call_command("migrate", verbosity=0)
        _made.append(path)
    return _made[0]


def copy_of(template, data, settings):
    """A copy on a copy of the template; this process's settings point to it."""
    (data / "db").mkdir(parents=True)
    (data / "run").mkdir()
    shutil.copyfile(template, data / "db" / "tiepdan.sqlite3")
    settings.DATA_DIR, settings.RUN_DIR = data, data / "run"
    settings.RECORDINGS_DIR = data / "recordings"
    settings.PORT_OFFSET = SHIFT
    settings.ENGINE_URL = f"http://127.0.0.1:{ports.ports().signalling}"
    return Copy(data, {"TIEPDAN_ENGINE_SECRET": settings.ENGINE_SECRET})
