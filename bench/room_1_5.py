"""P1: processor and memory of a recorded room of 1 + 5, against the bare engine.

The seats are synthetic: three layers of an incompressible picture and a voice. As in a reception,
the hub takes everybody's media, a site the hub's only. No browser runs.
"""

import json
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import copy
from bench.main import Line

SITES = ["huu-lung", "bac-son", "loc-binh", "chi-lang", "that-khe"]
SECONDS = 30
SETTLE = 6
CLIPS = copy.ROOT / "var" / "bench" / "clips"
LAYERS = {"camera-720": ("1280x720", "1700k"), "camera-360": ("640x360", "450k"),
          "camera-180": ("320x180", "160k")}  # fmt: skip
WANTED = "<= bare engine x1.10 without recording; with recording <= 0.60 core (room of 1 + 15)"


@dataclass
class Use:
    """What one process took: share of one core, and the most MiB it held."""

    cores: float = 0.0
    mib: float = 0.0


@dataclass
class Room:
    """One measured stretch: use by process, and what the seats received."""

    use: dict[str, Use] = field(default_factory=dict)
    received: int = 0
    longest_gap_ms: int = 0


def measure() -> list[Line]:
    """Three lines: all with recording, all but the recorder, and our own programs alone."""
    with copy.running("room-1-5"):
        copy.setup()
        from django.conf import settings  # noqa: PLC0415 - after Django is set up

        _make_clips()
        ours = _product(settings)
        with copy.bare_engine() as (process, engine):
            engine.provision("bare")
            tokens = {seat: engine.seat_token("bare", seat, seat) for seat in ["hub", *SITES]}
            bare = _run(tokens, settings.ENGINE_URL, lambda: {"engine": process.pid})
    floor = bare.use["engine"].cores
    told = ", ".join(f"{name} {one.cores:.3f} core {one.mib:.0f} MiB"
                     for name, one in ours.use.items())  # fmt: skip
    told += f"; bare engine {floor:.3f} core {bare.use['engine'].mib:.0f} MiB"
    seats = f"seats received {ours.received / max(1, bare.received):.2f} of the bare engine's bytes"
    gaps = f"longest gap {ours.longest_gap_ms} ms, bare {bare.longest_gap_ms} ms"
    all_cores = sum(one.cores for one in ours.use.values())
    without = all_cores - ours.use["recorder"].cores
    own = without - ours.use["engine"].cores
    return [
        _line("tất cả, có ghi", all_cores, floor, f"{told}; {seats}, {gaps}"),
        _line("không kể tiến trình ghi", without, floor, "its stream still leaves the engine"),
        _line("web, worker, custodian", own, floor, "no browser: what watching a room costs"),
    ]


def _line(what: str, cores: float, floor: float, figures: str) -> Line:
    return Line("room-1-5", "P1", what, cores / floor, f"{cores:.3f} core; {figures}", WANTED)


def _make_clips() -> None:
    CLIPS.mkdir(parents=True, exist_ok=True)
    for name, (size, rate) in LAYERS.items():
        vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "50"]
        _make(CLIPS / f"{name}.ivf", f"mandelbrot=size={size}:rate=25", [*vp8, "-b:v", rate])
    opus = ["-c:a", "libopus", "-b:a", "32k", "-page_duration", "20000"]
    _make(CLIPS / "voice.ogg", "sine=frequency=330:sample_rate=48000", opus)


def _make(path: Path, source: str, codec: list[str]) -> None:
    if not path.exists():
        draft = path.with_stem(f"draft-{path.stem}")
        command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-t", "10", *codec]
        subprocess.run([*command, str(draft)], check=True, timeout=120)
        draft.rename(path)


def _product(settings: Any) -> Room:
    """The plenary of a sitting with all six seats, recorded as any room is."""
    from bench import afternoon  # noqa: PLC0415
    from tiepdan.accounts.models import Role  # noqa: PLC0415
    from tiepdan.accounts.queries import people_with  # noqa: PLC0415
    from tiepdan.sittings import queries, reconcile  # noqa: PLC0415
    from tiepdan.sittings.actions import (  # noqa: PLC0415
        close_sitting,
        note_token,
        open_sitting,
        take_seat,
    )  # fmt: skip
    from tiepdan.video.providers import provider  # noqa: PLC0415

    sitting, chair = afternoon.sitting(1, SITES), people_with(Role.CHAIR).get()
    for seat in queries.seats(sitting):
        role = Role.SECRETARY if seat.code == "hub" else Role.COMMUNE_CLERK
        people = people_with(role, None if seat.code == "hub" else seat.booking.site.agency)
        take_seat(seat=seat, session_key=f"bench-{seat.code}", by=people.get())
    open_sitting(sitting=sitting, by=chair)
    reconcile.apply(sitting)
    room, engine = queries.open_room(sitting), provider("livekit")
    tokens = {}
    for admission in room.admissions.select_related("seat") if room else []:
        note_token(admission)
        code = admission.seat.code
        tokens[code] = engine.seat_token(admission.room.name, code, code)
    try:
        return _run(tokens, settings.ENGINE_URL, lambda: copy.pids(os.environ["TIEPDAN_DATA_DIR"]))
    finally:
        close_sitting(sitting=sitting, by=chair)
        reconcile.apply(sitting)


def _run(tokens: dict[str, str], url: str, pids: Any) -> Room:
    """Let the seats run; what `pids` took over SECONDS of it, once they have settled."""
    media = ["--video", ",".join(str(CLIPS / f"{name}.ivf") for name in LAYERS)]
    media += ["--audio", str(CLIPS / "voice.ogg")]
    seats = [
        copy.publisher(token, url, SETTLE + SECONDS + 3, *media,
                       "--from", "all" if seat == "hub" else "hub")
        for seat, token in tokens.items()
    ]  # fmt: skip
    time.sleep(SETTLE)
    found = pids()
    begin, before = time.monotonic(), {name: copy.spent(pid)[0] for name, pid in found.items()}
    room = Room({name: Use() for name in found})
    while time.monotonic() < begin + SECONDS:
        time.sleep(0.5)
        for name, pid in found.items():
            room.use[name].mib = max(room.use[name].mib, copy.spent(pid)[1])
    took = time.monotonic() - begin
    for name, pid in found.items():
        room.use[name].cores = (copy.spent(pid)[0] - before[name]) / took
    for seat in seats:
        told = json.loads(seat.communicate(timeout=30)[0])
        room.received += told["received_bytes"]
        room.longest_gap_ms = max(room.longest_gap_ms, told["longest_gap_ms"])
    return room
