"""A weak line between two network namespaces: each direction by itself, changed while it runs.

The kernel here has no netem, so packets go through this process: two TUN interfaces, one at each
end. Needs root and `/dev/net/tun`; `available()` says what is missing. As a program:

    python -m bench.line NEAR FAR

reads one JSON object a line, `{"up": {...}, "down": {...}}`, each with what changes of `Way`
(`up` is from FAR to NEAR, as a site sends), prints `ready`, and on `{}` how many packets passed.
A cut is not made here: it is a firewall that drops (`Site.cut`), as a link taken down is noticed.
"""

import fcntl
import heapq
import json
import os
import random
import select
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000  # linux/if_tun.h
_BITS = 8
_LARGEST = 65_535


@dataclass
class Way:
    """One direction.  `kbps` 0: no limit; `delay`, `queue`: ms; `loss`: share of packets.

    `burst`: mean length in packets of a stretch of losses (Gilbert: within a stretch all are lost);
    1 is loss by chance. `queue`: a packet that would wait longer is dropped, as a router does.
    """

    kbps: float = 0
    delay: float = 0
    loss: float = 0
    burst: float = 1
    queue: float = 200
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - a line
    passed: int = 0
    dropped: int = 0
    carried: int = 0
    _free: float = 0.0
    _losing: bool = False
    _waiting: list[tuple[float, int, bytes]] = field(default_factory=list)

    def put(self, packet: bytes, now: float) -> None:
        """Take a packet in at `now` (s): it is lost, or waits for its turn."""
        start = max(now, self._free)
        if self._is_lost() or (start - now) * 1000 > self.queue:
            self.dropped += 1
            return
        self._free = start + (len(packet) * _BITS / (self.kbps * 1000) if self.kbps else 0)
        self.passed += 1
        self.carried += len(packet)
        heapq.heappush(self._waiting, (self._free + self.delay / 1000, self.passed, packet))

    def due(self, now: float) -> Iterator[bytes]:
        """Packets whose time has come."""
        while self._waiting and self._waiting[0][0] <= now:
            yield heapq.heappop(self._waiting)[2]

    def next_due(self) -> float | None:
        """When the next packet is due; None when nobody waits."""
        return self._waiting[0][0] if self._waiting else None

    def _is_lost(self) -> bool:
        if self.burst <= 1:
            return self.chance.random() < self.loss
        # Two states: a stretch ends with 1 / burst, and begins so that the mean share is `loss`.
        begins = self.loss / (1 - self.loss) / self.burst
        self._losing = self.chance.random() >= 1 / self.burst if self._losing else (
            self.chance.random() < begins
        )  # fmt: skip
        return self._losing


def available() -> str:
    """What is missing for a line on this machine; empty when nothing is."""
    if os.geteuid() != 0:
        return "needs root"
    if not Path("/dev/net/tun").exists():
        return "needs /dev/net/tun"
    missing = [name for name in ("ip", "nft", "nsenter") if shutil.which(name) is None]
    return f"needs {', '.join(missing)}" if missing else ""


class Site:
    """A place behind a line, in a network namespace of its own: `.1` is here, `.2` is there."""

    def __init__(self, number: int) -> None:
        self.name = f"tiepdan-line-{number}"
        self.here, self.there = f"10.214.{number}.1", f"10.214.{number}.2"
        self._links = f"tla{number}", f"tlb{number}"
        self.inside = ["nsenter", f"--net=/run/netns/{self.name}"]
        self._process: subprocess.Popen[str] | None = None

    def open(self) -> None:
        """Make namespace and line; raises RuntimeError when the machine does not allow it."""
        near, far = self._links
        _run("ip", "netns", "add", self.name)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.line", near, far],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).resolve().parents[1],
        )  # fmt: skip
        if self._said() != "ready":
            raise RuntimeError("the line did not start")
        _run("ip", "link", "set", far, "netns", self.name)
        _run("ip", "address", "add", self.here, "peer", self.there, "dev", near)
        _run("ip", "link", "set", near, "up", "mtu", "1400")
        for words in (
            ["address", "add", self.there, "peer", self.here, "dev", far],
            ["link", "set", far, "up", "mtu", "1400"],
            ["link", "set", "lo", "up"],
        ):
            _run(*self.inside, "ip", *words)

    def set(self, *, up: dict[str, Any] | None = None, down: dict[str, Any] | None = None) -> None:
        """Change what is named of `Way`, each direction by itself, while packets flow."""
        self._tell({"up": up or {}, "down": down or {}})

    def counts(self) -> dict[str, dict[str, int]]:
        """Packets passed and dropped, and bytes passed, by direction, so far."""
        return dict(self._tell({}))

    @contextmanager
    def cut(self) -> Iterator[None]:
        """Nothing passes, and nobody is told: the firewall drops."""
        rules = "table inet cut { chain in { type filter hook input priority 0; policy drop; }\n"
        rules += "chain out { type filter hook output priority 0; policy drop; }\n}"
        _run(*self.inside, "nft", "-f", "-", words=rules)
        try:
            yield
        finally:
            _run(*self.inside, "nft", "delete", "table", "inet", "cut")

    def close(self) -> None:
        """Take line and namespace away."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        subprocess.run(["ip", "netns", "delete", self.name], check=False, capture_output=True)

    def _tell(self, what: dict[str, Any]) -> Any:
        if self._process is None or self._process.stdin is None:
            raise RuntimeError("the line is not open")
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return json.loads(self._said())

    def _said(self) -> str:
        if self._process is None or self._process.stdout is None:
            raise RuntimeError("the line is not open")
        return self._process.stdout.readline().strip()


@contextmanager
def site(number: int, **ways: dict[str, Any]) -> Iterator[Site]:
    """A place behind a line with these `up` and `down`, taken away afterwards."""
    place = Site(number)
    try:
        place.open()
        place.set(**ways)
        yield place
    finally:
        place.close()


def _run(*command: str, words: str | None = None) -> None:
    done = subprocess.run(command, input=words, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")


def _tun(name: str) -> int:
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    request = struct.pack("16sH", name.encode(), _IFF_TUN | _IFF_NO_PI)
    fcntl.ioctl(descriptor, _TUNSETIFF, request)
    return descriptor


def _obey(ways: dict[str, Way], line: str) -> None:
    for name, changes in json.loads(line).items():
        for key, value in changes.items():
            setattr(ways[name], key, value)
    told = {
        name: {"passed": way.passed, "dropped": way.dropped, "bytes": way.carried}
        for name, way in ways.items()
    }
    print(json.dumps(told), flush=True)


def _pump(source: int, way: Way) -> None:
    try:
        while True:
            way.put(os.read(source, _LARGEST), time.monotonic())
    except BlockingIOError:
        return


def main(near: str, far: str) -> None:
    """Carry packets until standard input ends."""
    ways = {"up": Way(), "down": Way()}
    here, there = _tun(near), _tun(far)
    from_to = {there: (ways["up"], here), here: (ways["down"], there)}
    orders = sys.stdin.fileno()
    print("ready", flush=True)
    while True:
        due = [at for way in ways.values() if (at := way.next_due()) is not None]
        wait = max(0.0, min(due) - time.monotonic()) if due else None
        for ready in select.select([*from_to, orders], [], [], wait)[0]:
            if ready != orders:
                _pump(ready, from_to[ready][0])
            elif line := sys.stdin.readline():
                _obey(ways, line)
            else:
                return
        now = time.monotonic()
        for way, out in from_to.values():
            for packet in way.due(now):
                with suppress(OSError):  # an interface that is not up yet takes nothing
                    os.write(out, packet)


if __name__ == "__main__":
    main(*sys.argv[1:3])
