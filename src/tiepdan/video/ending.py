"""The notice that the media engine's process has ended.

Whoever runs the engine leaves it at once; whoever keeps the rooms finds it long before a call to
the engine runs into its time limit. It is a file's time: nothing waits, nothing can be lost.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


def tell() -> None:
    """Note that the engine's process has ended just now."""
    _path().touch()


class EndNotice:
    """What one reader has seen of the notice; notices from before its making count as seen."""

    def __init__(self) -> None:
        self._seen = _written()

    def new(self) -> datetime | None:
        """The machine's time of a notice that was not seen yet; None when there is none."""
        written = _written()
        if written == self._seen:
            return None
        self._seen = written
        return datetime.fromtimestamp(written / 1e9, tz=UTC)


def _path() -> Path:
    return Path(settings.RUN_DIR) / "engine.ended"


def _written() -> int:
    try:
        return _path().stat().st_mtime_ns
    except FileNotFoundError:
        return 0
