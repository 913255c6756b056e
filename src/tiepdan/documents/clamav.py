"""Asking ClamAV's daemon whether a file carries a virus; the daemon is a program of its own.

`settings.CLAMAV` is the path of its Unix socket or «host:port»; empty or silent means that there is
none, and whoever asks has to ask again later. Never call this inside a transaction.
"""

import re
import socket
from enum import StrEnum
from pathlib import Path
from typing import IO

from django.conf import settings

STEP = 256 * 1024
_PATIENCE = 30.0
"""Seconds for one answer of the daemon: it unpacks what it is sent."""
_AT_HAND = 2.0
_HARMLESS = re.compile(r"[^A-Za-z0-9._\-]")


class NoScannerError(OSError):
    """The daemon is not there, or could not look at the file."""


class Health(StrEnum):
    """The daemon's word on a file."""

    CLEAN = "clean"
    INFECTED = "infected"


def answers() -> bool:
    """Whether a daemon is there."""
    try:
        with _connect() as daemon:
            daemon.sendall(b"zPING\0")
            return _answer(daemon) == "PONG"
    except OSError:
        return False


def scan(source: IO[bytes]) -> tuple[Health, str]:
    """The daemon's word on the file from its beginning, and the name of what it found.

    Raises NoScannerError.
    """
    try:
        with _connect() as daemon:
            said = _send(daemon, source)
    except OSError as fault:
        raise NoScannerError(str(fault)) from fault
    if said == "stream: OK":
        return Health.CLEAN, ""
    if said.endswith(" FOUND"):
        found = said.removeprefix("stream: ").removesuffix(" FOUND")
        return Health.INFECTED, _HARMLESS.sub("_", found)[:80]
    raise NoScannerError(f"the scanner says: {said[:80]}")


def _send(daemon: socket.socket, source: IO[bytes]) -> str:
    """INSTREAM: each piece behind its length in four bytes, an empty one ends it (clamd(8))."""
    source.seek(0)
    daemon.sendall(b"zINSTREAM\0")
    try:
        while piece := source.read(STEP):
            daemon.sendall(len(piece).to_bytes(4, "big") + piece)
        daemon.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass  # too large for it: the answer says so
    return _answer(daemon)


def _answer(daemon: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (more := daemon.recv(4096)):
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _connect() -> socket.socket:
    where: str = settings.CLAMAV
    if not where:
        raise NoScannerError("no scanner is named")
    host, _, port = where.rpartition(":")
    if host and port.isdecimal():
        daemon = socket.create_connection((host, int(port)), timeout=_AT_HAND)
    else:
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(_AT_HAND)
        try:
            daemon.connect(str(Path(where)))
        except OSError:
            daemon.close()
            raise
    daemon.settimeout(_PATIENCE)
    return daemon
