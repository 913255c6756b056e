"""Where a recording lies on disk, and what the recorder wrote there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from tiepdan.sittings.models import MediaRoom

EVENTS = "events.jsonl"
ORIGINALS = "originals"


def name_for(room: MediaRoom) -> str:
    """The folder of a room's recording, relative to RECORDINGS_DIR."""
    return f"{room.sitting_id}/{room.name}"


def path_of(name: str) -> Path:
    """Where a stored name lies; raises ValueError when it leads out of RECORDINGS_DIR."""
    root = Path(settings.RECORDINGS_DIR).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or path == root:
        raise ValueError(f"{name!r} is not the name of a recording")
    return path


def runs(folder: Path) -> list[Path]:
    """The folders of the recorder's runs, oldest first."""
    found = [path for path in (folder / ORIGINALS).glob("*") if path.name.isdecimal()]
    return sorted(found, key=lambda path: int(path.name))


def new_run(folder: Path) -> Path:
    """A folder for the recorder's next run: the last one again when no track came to be in it."""
    earlier = runs(folder)
    if earlier and not any(earlier[-1].glob("*.rtpdump")):
        return earlier[-1]
    run = folder / ORIGINALS / str(int(earlier[-1].name) + 1 if earlier else 1)
    run.mkdir(parents=True, mode=0o700)
    return run


def originals(folder: Path) -> Iterator[Path]:
    """Every file that the recorder wrote, in a stable order."""
    for run in runs(folder):
        yield from sorted(path for path in run.iterdir() if path.is_file())


def tracks(folder: Path) -> list[Path]:
    """The recorded tracks, of all runs."""
    return [path for path in originals(folder) if path.suffix == ".rtpdump"]


def seat_of(track: Path) -> str:
    """Whose track it is, from its side file; empty when that cannot be read."""
    try:
        return str(json.loads(track.with_suffix(".json").read_bytes())["identity"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def events(run: Path) -> list[dict[str, Any]]:
    """What the recorder reported of one run; a half-written last line is passed over."""
    return EventReader(run / EVENTS).new()


@dataclass(slots=True)
class EventReader:
    """Reads a recorder's events as they come; lines that are no JSON are passed over."""

    path: Path
    position: int = field(default=0, init=False)

    def new(self) -> list[dict[str, Any]]:
        """Whole lines since the last look."""
        try:
            with self.path.open("rb") as file:
                file.seek(self.position)
                text = file.read()
        except FileNotFoundError:
            return []
        whole = text[: text.rfind(b"\n") + 1]
        self.position += len(whole)
        return [found for line in whole.splitlines() if (found := _parsed(line))]


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
