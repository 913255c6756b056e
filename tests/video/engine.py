"""The real media engine on ports of its own, for tests that need the truth."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tiepdan.config import engine
from tiepdan.video.adapters.livekit.provider import LiveKit


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port of the loopback that nobody holds right now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def config(folder: Path, signalling: int) -> Path:
    """The product's own engine configuration, on free ports and without reports."""
    told = json.loads(engine.write_config().read_text(encoding="utf-8"))
    told["port"] = signalling
    told["rtc"] |= {"udp_port": free_port(socket.SOCK_DGRAM), "tcp_port": free_port()}
    told["turn"] |= {"udp_port": free_port(socket.SOCK_DGRAM)}
    del told["webhook"]
    path = folder / "engine.yaml"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


@contextmanager
def running(folder: Path, signalling: int) -> Iterator[LiveKit]:
    """The engine, answering; ended by its pid."""
    program = engine.binary()
    assert program.exists(), f"{program} is missing: ./test builds it"
    command = [str(program), "--config", str(config(folder, signalling))]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            provider, begin = LiveKit(), time.monotonic()
            while not provider.healthy():
                assert child.poll() is None, "the engine ended"
                assert time.monotonic() - begin < 20, "the engine does not answer"
                time.sleep(0.1)
            yield provider
        finally:
            child.kill()


def address(signalling: int) -> str:
    """What `ENGINE_URL` says for that port."""
    return f"http://127.0.0.1:{signalling}"


CLIPS = Path(__file__).parents[2] / "media" / "recorder" / "testdata"


@contextmanager
def seat_browser(token: str) -> Iterator[subprocess.Popen[bytes]]:
    """What a browser does with a seat's token: join, show, speak; ended by its pid."""
    command = ["publish", "--url", settings.ENGINE_URL.replace("http", "ws"), "--seconds", "60"]
    command += ["--video", str(CLIPS / "clip.ivf"), "--audio", str(CLIPS / "clip.ogg")]
    with _program(command, TIEPDAN_PUBLISH_TOKEN=token) as child:
        yield child


@contextmanager
def recorder(token: str, folder: Path, room: str) -> Iterator[subprocess.Popen[bytes]]:
    """The product's recorder, writing into `folder`."""
    command = ["record", "--url", settings.ENGINE_URL.replace("http", "ws")]
    command += ["--dir", str(folder), "--room", room]
    with _program(command, TIEPDAN_RECORDER_TOKEN=token) as child:
        yield child


@contextmanager
def _program(arguments: list[str], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    program = Path(settings.BIN_DIR) / "tiepdan-record"
    assert program.exists(), f"{program} is missing: ./test builds it"
    with subprocess.Popen(
        [str(program), *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def wait_until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Until the condition holds; fails when it does not in time."""
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < seconds, "it did not happen in time"
        time.sleep(0.05)
