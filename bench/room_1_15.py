"""P1: processor and memory of a recorded room of 1 + 15, against the bare engine and recorder.

The seats are synthetic: three layers of an incompressible picture and a voice. As in a reception,
the hub takes everybody's media, a site the hub's only. No browser runs.
"""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import copy, results, seats
from bench.main import Line

SITES = int(os.environ.get("TIEPDAN_BENCH_SITES", "15"))
SECONDS = 30
SETTLE = 8
MEDIA = ("engine", "recorder")
GAP = 400  # ms without a packet at any seat of the bare engine: then the machine was too busy
WANTED = "<= x1.10 of engine and recorder alone; with recording <= 0.60 core"


@dataclass
class Use:
    """What one process took: share of one core, and the most MiB it held."""

    cores: float = 0.0
    mib: float = 0.0


@dataclass
class Room:
    """One measured stretch: use by process, what the seats received, packets of the engine."""

    use: dict[str, Use] = field(default_factory=dict)
    received: int = 0
    longest_gap_ms: int = 0
    packets: int = 0

    @property
    def cores(self) -> float:
        """Of all processes together."""
        return sum(one.cores for one in self.use.values())

    @property
    def own(self) -> float:
        """Cores of all but engine and recorder."""
        return sum(one.cores for name, one in self.use.items() if name not in MEDIA)

    @property
    def packet_us(self) -> float:
        """Microseconds of the engine for each packet in or out."""
        return self.use["engine"].cores * SECONDS * 1e6 / max(1, self.packets)


def measure() -> list[Line]:
    """Three lines: all, all against engine and recorder with nothing around, our own programs."""
    load = os.getloadavg()[0]
    with copy.running("room-1-15", bare=True):
        copy.setup()
        from django.conf import settings  # noqa: PLC0415 - after Django is set up

        from tiepdan.recordings.recorder import Recorder  # noqa: PLC0415

        seats.make_clips()
        ours = _product(settings)
        copy.step("the product's room is measured")
        with copy.bare_engine() as (process, engine):
            bare = _bare(engine, {"engine": process.pid}, "bare")
            recorder = Recorder("recorded", "bare-engine")
            engine.provision(recorder.room)
            recorder.start(engine.recorder_token(recorder.room))
            pids = {"engine": process.pid, "recorder": recorder.pid}
            recorded = _bare(engine, pids, recorder.room)
            recorder.end()
    gap = bare.longest_gap_ms
    if results.control("room-1-15", "longest gap at the bare engine", gap, GAP, "ms"):
        _keep(ours, bare, recorded, max(load, os.getloadavg()[0]))
    return _lines(ours, bare, recorded)


def _bare(engine: Any, pids: dict[str, int], room: str) -> Room:
    """The same seats in a room of an engine around which nothing of ours runs."""
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    engine.provision(room)
    names = ["hub", *seats.communes(SITES)]
    tokens = {seat: engine.seat_token(room, seat, seat) for seat in names}
    return _run(tokens, settings.ENGINE_URL, lambda: pids)


def _lines(ours: Room, bare: Room, recorded: Room) -> list[Line]:
    floor = bare.cores
    told = ", ".join(f"{name} {one.cores:.3f} core {one.mib:.0f} MiB"
                     for name, one in ours.use.items())  # fmt: skip
    told += f"; bare engine {floor:.3f} core {bare.use['engine'].mib:.0f} MiB"
    told += f"; {ours.packet_us:.0f} us a packet, bare {bare.packet_us:.0f} us"
    got = f"seats received {ours.received / max(1, bare.received):.2f} of the bare engine's bytes"
    gaps = f"longest gap {ours.longest_gap_ms} ms, bare {bare.longest_gap_ms} ms"
    alone = " + ".join(f"{name} {recorded.use[name].cores:.3f}" for name in MEDIA)
    return [
        _line("tất cả, có ghi / máy chủ trần", ours.cores, floor, f"{told}; {got}, {gaps}"),
        _line("tất cả / máy chủ và bộ ghi trần", ours.cores, recorded.cores, alone),
        _line("web, worker, custodian", ours.own, floor, "no browser: what watching a room costs"),
    ]


def _line(what: str, cores: float, floor: float, figures: str) -> Line:
    return Line("room-1-15", "P1", what, cores / floor, f"{cores:.3f} core; {figures}", WANTED)


def _keep(ours: Room, bare: Room, recorded: Room, load: float) -> None:
    ratio = ours.cores / recorded.cores
    for name, what, figure, unit, limit in (
        ("p1-recorded", "room of 1 + 15, recorded: all processes", ours.cores, "core", 0.60),
        ("p1-ratio", "all processes / engine and recorder alone, same seats", ratio, "", 1.10),
        ("p1-own", "web, worker and custodian of that room", ours.own, "core", 0.05),
        ("p1-packet", "engine, each packet in or out", ours.packet_us, "us",
         round(1.10 * bare.packet_us, 1)),
    ):  # fmt: skip
        results.keep(
            "P1", name, what, figure=figure, unit=unit, wanted=f"<= {limit:g}",
            reached=figure <= limit, load=load,
        )  # fmt: skip


def _product(settings: Any) -> Room:
    """The plenary of a sitting with all seats, recorded as any room is."""
    from bench import afternoon  # noqa: PLC0415
    from tiepdan.accounts.models import Role  # noqa: PLC0415
    from tiepdan.accounts.queries import people_with  # noqa: PLC0415
    from tiepdan.sittings import reconcile  # noqa: PLC0415
    from tiepdan.sittings.actions import close_sitting, open_sitting  # noqa: PLC0415

    sites = seats.communes(SITES)
    sitting, chair = afternoon.sitting(1, sites), people_with(Role.CHAIR).get()
    codes = ["hub", *sites]
    seats.take(sitting, codes)
    open_sitting(sitting=sitting, by=chair)
    reconcile.apply(sitting)
    seats.wait_for_room(sitting)
    try:
        return _run(seats.tokens(sitting, codes), settings.ENGINE_URL, seats.pids)
    finally:
        close_sitting(sitting=sitting, by=chair)
        reconcile.apply(sitting)


def _run(tokens: dict[str, str], url: str, pids: Any) -> Room:
    """Let the seats run; what `pids` took over SECONDS of it, once they have settled."""
    clients = [
        copy.publisher(token, url, SETTLE + SECONDS + 3, *seats.media(),
                       "--from", "all" if seat == "hub" else "hub")
        for seat, token in tokens.items()
    ]  # fmt: skip
    time.sleep(SETTLE)
    found = pids()
    begin, before = time.monotonic(), {name: copy.spent(pid)[0] for name, pid in found.items()}
    datagrams = _datagrams()
    room = Room({name: Use() for name in found})
    while time.monotonic() < begin + SECONDS:
        time.sleep(0.5)
        for name, pid in found.items():
            room.use[name].mib = max(room.use[name].mib, copy.spent(pid)[1])
    took = time.monotonic() - begin
    room.packets = _datagrams() - datagrams
    for name, pid in found.items():
        room.use[name].cores = (copy.spent(pid)[0] - before[name]) / took
    for client in clients:
        told = seats.told(client)
        room.received += told["received_bytes"]
        room.longest_gap_ms = max(room.longest_gap_ms, told["longest_gap_ms"])
    return room


def _datagrams() -> int:
    """UDP datagrams received on this machine so far: each of the engine's, in or out, is one."""
    rows = Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
    names, values = (row.split() for row in rows if row.startswith("Udp:"))
    return int(values[names.index("InDatagrams")])
