"""`bench/run`: lists and runs the measurements; each line carries its goal's id."""

import argparse
import importlib
import json
import os
import platform
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

NAMES = {
    "pages": "P11: server time of the five busiest pages against a bare view",
    "call-next": "P5: call-next click to two-way media, against the engine alone",
    "lock": "8.3.2: a locked microphone: from the press, and from an older token, to silence",
    "join": "P5: call-next and joins of real browsers at RTT 0, 20, 40, 200 ms, 200 ms with 3 %",
    "recovery": "F5: kill -9 of the media server under 16 seats, to everybody's media again",
    "recovery-cluster": "F5: the same of one of two clustered media servers, which has the room",
    "comeback": "F12: line cut, reload; web killed, database restarted (F4): who is back, when",
    "delay": "P6: mouth to ear, glass to glass, skew; the sign interpreter on 1 Mbit/s",
    "line-use": "P2: bytes of a site's line above the least; sites per line (P3, P3b)",
    "register": "K1: a citizen taken in at the counter, every key and click, to the paper's PDF",
    "weak-line": "P4: a site behind a weak line (also P7, F15): speech, frames, freezes",
    "search": "P13: the search page over a million filings on PostgreSQL, against SQL by hand",
    "search-sqlite": "P13: the same over 200 000 filings on SQLite",
    "room-1-15": "P1: CPU and memory of a recorded room of 1 + 15, against the bare engine",
}
SIZED = {"search": "measure", "search-sqlite": "measure_sqlite"}
"""Those of `bench.search` that `--rows` reaches, and what measures them."""


@dataclass(frozen=True)
class Line:
    """One result: a ratio first, the absolute figures beside it, and the goal as written."""

    name: str
    goal: str
    what: str
    ratio: float
    figures: str
    wanted: str


def main() -> int:
    """Run what was named, or everything; 0 when all could be measured."""
    # Asked to stop, what was started is ended as after an error.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--rows", type=int, default=0, help="filings of the search's tables")
    parser.add_argument("--json", type=Path, help="also write the lines here")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    options = parser.parse_args()
    named = [each for name in options.names for each in _of_goal(name) or [name]]
    unknown = [name for name in named if name not in NAMES]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}")
    if options.list:
        for name, words in NAMES.items():
            print(f"{name:10} {words}")
        return 0
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, {platform.machine()}, load before: {load:.1f}\n")
    lines: list[Line] = []
    chosen = named or list(NAMES)
    for name in chosen:
        # Of several each measures in a process of its own.
        found = (_apart if len(chosen) > 1 else _measure)(name, options.rows)
        lines += found
        _print(found)
    if options.json:
        told = {"load": load, "lines": [asdict(line) for line in lines]}
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")
    return 0


def _of_goal(goal: str) -> list[str]:
    """The measurements of a goal: `P13`."""
    return [name for name, words in NAMES.items() if words.startswith(f"{goal}:")]


def _measure(name: str, rows: int) -> list[Line]:
    if name in SIZED:
        found: list[Line] = getattr(importlib.import_module("bench.search"), SIZED[name])(rows)
    else:
        found = importlib.import_module(f"bench.{name.replace('-', '_')}").measure()
    return found


def _apart(name: str, rows: int) -> list[Line]:
    """One measurement in its own process: each sets Django up on data of its own."""
    answer = Path("var/bench") / f"{name}-{os.getpid()}.json"
    answer.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.main", name, "--json", str(answer)]
    command += ["--rows", str(rows)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    found = json.loads(answer.read_text(encoding="utf-8"))["lines"]
    answer.unlink()
    return [Line(**line) for line in found]


def _print(lines: list[Line]) -> None:
    for line in lines:
        print(f"{line.name:10} {line.goal:4} x{line.ratio:<6.2f} {line.what}: {line.figures}")
        print(f"{'':16} goal: {line.wanted}")


if __name__ == "__main__":
    sys.exit(main())
