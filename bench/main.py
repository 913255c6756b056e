"""`bench/run`: lists and runs the measurements; each line carries its goal's id."""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

NAMES = {
    "pages": "P11: server time of the five busiest pages against a bare view",
    "call-next": "P5: call-next click to two-way media, against the engine alone",
    "register": "K1: a citizen taken in at the counter, every key and click, to the paper's PDF",
    "weak-line": "P4: a site behind a weak line (also P7, F15): speech, frames, freezes",
    "room-1-5": "P1: CPU and memory of a recorded room of 1 + 5, against the bare engine",
}


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
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--json", type=Path, help="also write the lines here")
    parser.add_argument("--list", action="store_true", help="name the measurements")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}")
    if options.list:
        for name, words in NAMES.items():
            print(f"{name:10} {words}")
        return 0
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, {platform.machine()}, load before: {load:.1f}\n")
    lines: list[Line] = []
    for name in options.names or NAMES:
        if len(options.names or NAMES) > 1:  # each measures in a process of its own
            lines += _apart(name)
        else:
            lines += importlib.import_module(f"bench.{name.replace('-', '_')}").measure()
            _print(lines)
    if options.json:
        told = {"load": load, "lines": [asdict(line) for line in lines]}
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")
    return 0


def _apart(name: str) -> list[Line]:
    """One measurement in its own process: each sets Django up on data of its own."""
    answer = Path("var/bench") / f"{name}-{os.getpid()}.json"
    answer.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.main", name, "--json", str(answer)]
    subprocess.run(command, check=True)
    found = json.loads(answer.read_text(encoding="utf-8"))["lines"]
    answer.unlink()
    return [Line(**line) for line in found]


def _print(lines: list[Line]) -> None:
    for line in lines:
        print(f"{line.name:10} {line.goal:4} x{line.ratio:<6.2f} {line.what}: {line.figures}")
        print(f"{'':16} goal: {line.wanted}")


if __name__ == "__main__":
    sys.exit(main())
