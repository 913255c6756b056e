"""A copy of the product to measure: own data under var/bench, own ports, a rehearsal clock."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
READY = "Dừng: Ctrl-C"
Number = TypeVar("Number", int, float)
SHIFT = int(os.environ.get("TIEPDAN_PORT_OFFSET", "1700"))


def environment(name: str, database: str = "") -> dict[str, str]:
    """What the copy's processes find in their environment; this process gets it too."""
    folder = ROOT / "var" / "bench" / f"{name}-{os.getpid()}"
    own = {
        "TIEPDAN_DATA_DIR": str(folder),
        "TIEPDAN_PORT_OFFSET": str(SHIFT),
        "TIEPDAN_REHEARSAL": "1",
        "TIEPDAN_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "tiepdan.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    os.environ.pop("DATABASE_URL", None)
    if database:
        own["DATABASE_URL"] = database
    os.environ.update(own)
    return dict(os.environ)


@contextmanager
def running(
    name: str, *, bare: bool = False, database: str = ""
) -> Iterator[subprocess.Popen[str]]:
    """The demo province under its supervisor, ready; ended by its pid.  `bare`: no filings yet.

    `database`: the address of one; without, a SQLite file.
    """
    told = environment(name, database)
    if bare:
        (Path(told["TIEPDAN_DATA_DIR"]) / "db").mkdir(parents=True)
        for words in (["migrate", "--verbosity", "0"], ["seed_demo", "--bare"]):
            subprocess.run(
                [sys.executable, "-m", "tiepdan", *words],
                env=told, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
    command = [sys.executable, "-m", "tiepdan.config.supervise"]
    with subprocess.Popen(
        command,
        env=told,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        said = []
        for line in process.stdout or []:
            said.append(line)
            if READY in line:
                break
        else:
            raise RuntimeError("".join(said))
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=20)


@contextmanager
def bare_engine(*, also: str = "") -> Iterator[Any]:
    """The engine with our configuration but nothing of ours around it, on ports of its own.

    `also`: a further address of this machine on which it takes signalling.
    """
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    from tiepdan.config import engine, health  # noqa: PLC0415
    from tiepdan.video.adapters.livekit.provider import LiveKit  # noqa: PLC0415

    kept = settings.PORT_OFFSET, settings.ENGINE_URL, settings.RUN_DIR, settings.ENGINES
    settings.PORT_OFFSET += 100
    settings.ENGINES = 1
    settings.ENGINE_URL = f"http://127.0.0.1:{7880 + settings.PORT_OFFSET}"
    settings.RUN_DIR = settings.DATA_DIR / "bare-engine"
    config = engine.write_config()
    told = json.loads(config.read_text(encoding="utf-8"))
    told["bind_addresses"] += [also] if also else []
    config.write_text(json.dumps(told), encoding="utf-8")
    command = [str(engine.binary()), "--config", str(config)]
    log = settings.RUN_DIR / "engine.log"
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        try:
            answers, limit = health.answers(settings.ENGINE_URL + "/"), time.monotonic() + 20
            while not answers():
                if time.monotonic() > limit:
                    raise RuntimeError(log.read_text(encoding="utf-8"))
                time.sleep(0.1)
            yield process, LiveKit()
        finally:
            process.kill()
            settings.PORT_OFFSET, settings.ENGINE_URL, settings.RUN_DIR, settings.ENGINES = kept


def step(words: str) -> None:
    """Tell who waits how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def publisher(
    token: str, url: str, seconds: int, *options: str, inside: list[str] | None = None
) -> subprocess.Popen[bytes]:
    """A synthetic seat; it prints one JSON line at its end.  `inside`: what puts it elsewhere.

    Each has a session of its own: on a busy machine it gets its turn as a browser does, instead of
    sharing one with all other seats and the measuring program.
    """
    program = str(ROOT / "var" / "bin" / "tiepdan-record")
    command = [*(inside or []), program, "publish", "--url", url.replace("http", "ws", 1), *options]
    return subprocess.Popen(
        [*command, "--seconds", str(seconds)],
        env=os.environ | {"TIEPDAN_PUBLISH_TOKEN": token},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def pids(folder: str) -> dict[str, int]:
    """The copy's processes by name: engine, web, worker, custodian, recorder.

    Of several engines each is called as its configuration: engine-1, engine-2.
    """
    words = {
        "livekit-server": "engine", "uvicorn": "web", "worker": "worker",
        "custodian": "custodian", "tiepdan-record": "recorder",
    }  # fmt: skip
    mark, found = f"TIEPDAN_DATA_DIR={folder}".encode(), {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark not in (entry / "environ").read_bytes().split(b"\0"):
                continue
            line = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        for part in line[:4]:
            name = words.get(Path(os.fsdecode(part)).name)
            if name == "engine":
                name = Path(os.fsdecode(line[2])).stem
            if name == "recorder" and line[1] != b"record":
                name = None  # a synthetic seat: the same program, and our environment
            if name:
                found[name] = int(entry.name)
    return found


def spent(pid: int) -> tuple[float, float]:
    """CPU seconds and resident MiB of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    pages = int(fields[21])
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def setup() -> None:
    """Django on the copy's data, in this process."""
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()


def median(values: list[Number]) -> Number:
    """The middle value."""
    return sorted(values)[len(values) // 2]
