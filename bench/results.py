"""Figures that are kept: the room's in `bench/results/room.json`, the desk's in `desk.json`.

One figure a line, sorted, so that two people's figures seldom meet in one place. Nothing judges:
a figure that misses its goal is kept and shown as it is (`docs/reference/*-figures.md`).
"""

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from tiepdan.common import clock

ROOT = Path(__file__).resolve().parents[1]
ROOM = ROOT / "bench" / "results" / "room.json"
DESK = ROOT / "bench" / "results" / "desk.json"


@dataclass(frozen=True)
class Figure:
    """One measured figure, with what is needed to doubt it: machine, load, date, commit.

    `id` stays the same from run to run (`p4-300k-audio-gap`); `reached`: the goal as written.
    """

    goal: str
    id: str
    what: str
    figure: float
    unit: str
    wanted: str
    reached: bool
    machine: str
    load: float
    date: str
    commit: str


def keep(
    goal: str,
    identifier: str,
    what: str,
    *,
    figure: float,
    unit: str,
    wanted: str,
    reached: bool,
    load: float | None = None,
    path: Path = ROOM,
) -> Figure:
    """Add one figure to the file; `load`: the highest 1-minute average seen, else that of now."""
    seen = os.getloadavg()[0] if load is None else load
    told = Figure(
        goal, identifier, what, round(figure, 3), unit, wanted, reached,
        machine(), round(seen, 1), clock.real_now().date().isoformat(), commit(),
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = sorted([*read(path), told], key=lambda one: (one.goal, one.id, one.date))
    rows = ",\n".join(json.dumps(asdict(one), ensure_ascii=False) for one in lines)
    path.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    return told


def control(
    name: str, what: str, figure: float, limit: float, unit: str, *, least: bool = False
) -> bool:
    """Whether the run's own clean control did what a quiet machine does; says so when not.

    Where it did not, the figures tell of the machine and are not kept.
    """
    valid = figure >= limit if least else figure <= limit
    if not valid:
        sign = "<" if least else ">"
        print(f"{name}: INVALID, nothing kept. Control: {what}: {figure:.2f} {sign} {limit} {unit}")
    return valid


def read(path: Path = ROOM) -> list[Figure]:
    """All figures kept so far; none when nothing was measured yet."""
    if not path.exists():
        return []
    return [Figure(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def latest(path: Path = ROOM) -> list[Figure]:
    """The newest figure of each id, by goal."""
    return list({one.id: one for one in read(path)}.values())


def machine() -> str:
    """Cores and kind of this machine; no name."""
    return f"{os.cpu_count()} cores, {platform.machine()}"


def commit() -> str:
    """The commit that was measured, short."""
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
