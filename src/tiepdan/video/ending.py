"""The notice that the process of a media engine has ended.

Whoever runs the engine leaves it at once; whoever keeps the rooms finds it long before a call to
the engine runs into its time limit. It is a file's time: nothing waits, nothing can be lost.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from tiepdan.video.adapters.livekit import cluster

MISSES = 2
"""Looks in a row, one a second, without an answer after which an engine counts as ended."""


def tell(number: int = 1) -> None:
    """Note that this engine's process has ended just now; raises OSError without Redis.

    Of several, it is first forgotten by the others: whoever finds the notice then sees in the
    list of rooms which were lost with it.
    """
    if not cluster.is_one():
        cluster.forget(number)
    _path().touch()


class Probe:
    """Asks each of several engines whether it lives, for the case that nobody tells."""

    def __init__(self) -> None:
        self._missed: dict[int, int] = {}

    def look(self) -> None:
        """Ask each; `tell` of one that has missed twice, until that was heard; raises OSError."""
        for number, address in enumerate(cluster.addresses(), 1):
            if cluster.engine_answers(address):
                self._missed[number] = 0
                continue
            missed = self._missed.get(number, 0) + 1
            if missed == MISSES:
                tell(number)
            self._missed[number] = missed


class EndNotice:
    """What one reader has seen of the notice; notices from before its making count as seen."""

    def __init__(self) -> None:
        self._path = _path()  # looked at twenty times a second
        self._seen = _written(self._path)

    def new(self) -> datetime | None:
        """The machine's time of a notice that was not seen yet; None when there is none."""
        written = _written(self._path)
        if written == self._seen:
            return None
        self._seen = written
        return datetime.fromtimestamp(written / 1e9, tz=UTC)


def _path() -> Path:
    return Path(settings.RUN_DIR) / "engine.ended"


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
