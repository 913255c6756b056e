"""When what was recorded, put together from the recorder's own reports; pure reading of files.

Times are the machine's, in microseconds since 1970 (`_us`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tiepdan.common.stamps import moment_of, stamp
from tiepdan.recordings import folders
from tiepdan.recordings.journal import NAME as JOURNAL

MICROSECOND = timedelta(microseconds=1)
EPOCH = moment_of("1970-01-01T00:00:00.000000Z")
_ENDS = ("ended", "failed", "disconnected")
_SHORTEST_GAP_US = 100_000


@dataclass(frozen=True, slots=True)
class Track:
    """A recorded track as Matroska file; `file` is empty when nothing in it can be played."""

    run: int
    file: Path | None
    original: str
    identity: str
    name: str
    kind: str
    source: str
    codec: str
    started_us: int
    duration_ms: int
    width: int
    height: int
    packets: int
    lost: int
    error: str

    @property
    def ended_us(self) -> int:
        """When its last frame was over."""
        return self.started_us + self.duration_ms * 1000

    @property
    def is_playable(self) -> bool:
        """Whether there is something to see or hear."""
        return self.file is not None and self.duration_ms > 0


@dataclass(frozen=True, slots=True)
class Run:
    """One life of the recorder; `reason` says how it ended, «died» when it could not say so."""

    number: int
    started_us: int
    ended_us: int
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nothing was recorded, and why."""

    from_us: int
    to_us: int
    reason: str


def runs(folder: Path) -> list[Run]:
    """The recorder's lives that got into the room, oldest first.

    One that died without a word counts until its last report, of which there is one a second: a gap
    is rather told too long than too short.
    """
    found = []
    for path in folders.runs(folder):
        events = folders.events(path)
        joined = [event for event in events if event.get("kind") == "joined"]
        if not joined:
            continue
        ends = [event for event in events if event.get("kind") in _ENDS]
        reason = str(ends[-1].get("reason", ends[-1]["kind"])) if ends else "died"
        begin, end = us_of(joined[0]["at"]), us_of(events[-1]["at"])
        found.append(Run(int(path.name), begin, end, reason))
    return found


def gaps(lives: list[Run]) -> list[Gap]:
    """The times between the recorder's lives."""
    return [
        Gap(one.ended_us, other.started_us, f"recorder: {one.reason}")
        for one, other in pairwise(lives)
        if other.started_us - one.ended_us > _SHORTEST_GAP_US
    ]


def tracks(folder: Path) -> list[Track]:
    """The tracks of a folder of converted runs (`<n>/tracks.json` beside the Matroska files)."""
    return [
        _track(int(path.parent.name), path.parent, told)
        for path in sorted(folder.glob("*/tracks.json"), key=lambda path: int(path.parent.name))
        for told in json.loads(path.read_bytes())
    ]


def product_offset(folder: Path) -> timedelta:
    """How far the product's clock was ahead while it was recorded; zero outside rehearsals."""
    for line in _journal_lines(folder):
        if "product_at" in line:
            return moment_of(line["product_at"]) - moment_of(line["at"])
    return timedelta(0)


def us_of(text: str) -> int:
    """A stamp as microseconds since 1970."""
    return (moment_of(text) - EPOCH) // MICROSECOND


def stamp_of(us: int) -> str:
    """Microseconds since 1970 as a stamp."""
    return stamp(EPOCH + us * MICROSECOND)


def _track(run: int, folder: Path, told: dict[str, Any]) -> Track:
    return Track(
        run=run,
        file=folder / told["file"] if told["file"] else None,
        original=f"{folders.ORIGINALS}/{run}/{told['recording']}",
        identity=told["identity"],
        name=told["name"],
        kind=told["kind"],
        source=told["source"],
        codec=told["codec"],
        started_us=told["started_us"],
        duration_ms=told["duration_ms"],
        width=told["width"],
        height=told["height"],
        packets=told["packets"],
        lost=told["lost"],
        error=told["error"],
    )


def _journal_lines(folder: Path) -> Iterator[dict[str, Any]]:
    with (folder / JOURNAL).open("rb") as file:
        for line in file:
            yield json.loads(line)
