"""A real ClamAV daemon for tests, with one signature of our own and no other."""

import hashlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MARK = b"%PDF-1.4 harmless; only the signature of the test calls it a virus\n%%EOF\n"
_CONFIG = """\
Foreground yes
DatabaseDirectory {folder}/db
LocalSocket {folder}/clamd.ctl
TCPSocket {port}
TCPAddr 127.0.0.1
StreamMaxLength 2M
MaxThreads 2
LogFile {folder}/clamd.log
"""


@dataclass(frozen=True)
class Daemon:
    """Where it listens."""

    socket: str
    tcp: str


@contextmanager
def clamd(folder: Path) -> Iterator[Daemon]:
    """A daemon that knows `MARK`, for the block; the test is skipped where there is no ClamAV."""
    program = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if program is None:
        pytest.skip("no clamd: apt-get install clamav-daemon")
    (folder / "db").mkdir()
    signature = f"{hashlib.md5(MARK, usedforsecurity=False).hexdigest()}:{len(MARK)}:Tiepdan.Test"
    (folder / "db" / "own.hdb").write_text(signature + "\n", encoding="ascii")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "clamd.conf"
    config.write_text(_CONFIG.format(folder=folder, port=port), encoding="ascii")
    process = subprocess.Popen(
        [program, "--config-file", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(folder / "clamd.ctl", process)
        yield Daemon(str(folder / "clamd.ctl"), f"127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(20)


def _wait(path: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert process.poll() is None, "clamd ended at once"
        if path.exists():
            with socket.socket(socket.AF_UNIX) as daemon:
                daemon.connect(str(path))
                daemon.sendall(b"zPING\0")
                if daemon.recv(16).startswith(b"PONG"):
                    return
        time.sleep(0.1)
    raise AssertionError("clamd does not answer")
