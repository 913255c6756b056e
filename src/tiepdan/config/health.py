"""How the supervisor asks its children whether they are well; every question has a time limit."""

import http.client
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

_TIMEOUT = 2.0
_OLDEST_BEAT = 5.0


def answers(address: str, through: tuple[str, int] | None = None) -> Callable[[], bool]:
    """A question: does `address` answer 200.  `through`: where to connect instead of its host."""
    return lambda: _status(address, through) == http.client.OK


def lives(address: str, through: tuple[str, int] | None = None) -> Callable[[], bool]:
    """A question: does anybody answer there, whatever it is."""
    return lambda: _status(address, through) != 0


def _status(address: str, through: tuple[str, int] | None) -> int:
    """Of the answer; 0 when there is none."""
    parts = urlsplit(address)
    connection = _connection(parts.scheme, *(through or (parts.hostname or "", parts.port or 80)))
    try:
        connection.request("GET", parts.path, headers={"Host": parts.netloc})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def beats(path: Path) -> Callable[[], bool]:
    """A question: was the heartbeat file `path` touched in the last 5 s."""

    def ask() -> bool:
        try:
            return time.time() - path.stat().st_mtime < _OLDEST_BEAT
        except FileNotFoundError:
            return False

    return ask


def _connection(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    if scheme == "https":
        # Only "does it answer" is asked, on this machine: the certificate is the browser's matter.
        unchecked = ssl._create_unverified_context()  # noqa: S323, SLF001
        return http.client.HTTPSConnection(host, port, timeout=_TIMEOUT, context=unchecked)
    return http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
