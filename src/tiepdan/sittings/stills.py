"""The newest small picture of each site, for the operator's wall: one file a seat, overwritten.

The site's own page sends it, so that the wall asks no camera and no line for a stream of its own.
It stands in no database, no recording and no backup.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from tiepdan.common import clock
from tiepdan.sittings.models import Seat

LARGEST = 24 * 1024
"""Bytes; ours have about 4,000."""

FRESH = timedelta(seconds=70)
"""A page sends one every 5 s, on a weak line every 30 s: two of those missing."""

_JPEG = b"\xff\xd8\xff"


def is_picture(sent: bytes) -> bool:
    """Whether it looks like one of ours: a JPEG that is not large."""
    return sent.startswith(_JPEG) and len(sent) <= LARGEST


def put(seat: Seat, sent: bytes) -> None:
    """Keep it instead of the one before; `sweep` removes old ones."""
    path = _path(seat)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(sent)
    fresh.replace(path)


def sweep() -> int:
    """Remove the pictures that are old: of how many sites."""
    old = [path for path in (Path(settings.RUN_DIR) / "stills").glob("*") if not _fresh_at(path)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def taken_at(seat: Seat) -> datetime | None:
    """When the newest one came (the machine's time); None when it is old or there is none."""
    return _fresh_at(_path(seat))


def picture(seat: Seat) -> bytes | None:
    """The newest one, unless it is old."""
    return _path(seat).read_bytes() if taken_at(seat) else None


def _fresh_at(path: Path) -> datetime | None:
    try:
        at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return None
    return at if clock.real_now() - at < FRESH else None


def _path(seat: Seat) -> Path:
    return Path(settings.RUN_DIR) / "stills" / f"{seat.pk}.jpg"
