"""Synthetic seats in a room of the product: held, admitted and named as the database wants it."""

import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from bench import copy

CLIPS = copy.ROOT / "var" / "bench" / "clips"
LAYERS = {"camera-720": ("1280x720", "1700k"), "camera-360": ("640x360", "450k"),
          "camera-180": ("320x180", "160k")}  # fmt: skip
VOICE = CLIPS / "voice.ogg"


def make_clips() -> None:
    """Three layers of a picture that does not compress, and a voice."""
    CLIPS.mkdir(parents=True, exist_ok=True)
    for name, (size, rate) in LAYERS.items():
        vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "50"]
        _make(CLIPS / f"{name}.ivf", f"mandelbrot=size={size}:rate=25", [*vp8, "-b:v", rate])
    opus = ["-c:a", "libopus", "-b:a", "32k", "-page_duration", "20000"]
    _make(VOICE, "sine=frequency=330:sample_rate=48000", opus)


def media(*layers: str, silent: bool = False) -> list[str]:
    """Options of a publisher that sends these layers (all without any) and a voice."""
    files = [str(CLIPS / f"{name}.ivf") for name in layers or LAYERS]
    return ["--video", ",".join(files), *([] if silent else ["--audio", str(VOICE)])]


def bits_of(layer: str) -> float:
    """Bits a second that the clip of a layer really has (encoders miss their target)."""
    path = CLIPS / f"{layer}.ivf"
    head = path.read_bytes()[:32]
    rate, scale, frames = (int.from_bytes(head[at : at + 4], "little") for at in (16, 20, 24))
    return (path.stat().st_size - 32 - 12 * frames) * 8 * rate / (scale * frames)


def _make(path: Path, source: str, codec: list[str]) -> None:
    if not path.exists():
        draft = path.with_stem(f"draft-{path.stem}")
        command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-t", "10", *codec]
        subprocess.run([*command, str(draft)], check=True, timeout=120)
        draft.rename(path)


def communes(number: int) -> list[str]:
    """Codes of so many of the demo's communes with a video site."""
    from tiepdan.org.models import AgencyKind, VideoSite  # noqa: PLC0415 - Django is set up by now

    sites = VideoSite.objects.filter(agency__kind=AgencyKind.COMMUNE_COMMITTEE)
    return list(sites.order_by("code").values_list("code", flat=True)[:number])


def take(sitting: Any, codes: list[str]) -> None:
    """Each seat is taken by a session that only stands for a page."""
    from tiepdan.accounts.models import Role  # noqa: PLC0415
    from tiepdan.accounts.queries import people_with  # noqa: PLC0415
    from tiepdan.sittings.actions import take_seat  # noqa: PLC0415

    for seat in sitting.seats.select_related("booking__site__agency").filter(code__in=codes):
        hub = seat.code == "hub"
        role = Role.SECRETARY if hub else Role.COMMUNE_CLERK
        person = people_with(role, None if hub else seat.booking.site.agency).get()
        take_seat(seat=seat, session_key=f"bench-{seat.code}", by=person)


def tokens(sitting: Any, codes: list[str]) -> dict[str, str]:
    """What each seat would be handed for the room that is open now."""
    from tiepdan.sittings import queries  # noqa: PLC0415
    from tiepdan.sittings.actions import note_token  # noqa: PLC0415
    from tiepdan.video.providers import provider  # noqa: PLC0415

    room, engine, found = queries.open_room(sitting), provider("livekit"), {}
    if room is None:
        raise RuntimeError("no room is open")
    for admission in room.admissions.select_related("seat").filter(withdrawn_at__isnull=True):
        if (code := admission.seat.code) in codes:
            note_token(admission)
            found[code] = engine.seat_token(room.name, code, code)
    return found


def told(client: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """What a publisher counted, when it has ended."""
    return dict(json.loads(client.communicate(timeout=60)[0]))


def wait_for_room(sitting: Any, seconds: float = 20) -> None:
    """Until the engine has the sitting's room."""
    from tiepdan.sittings import queries  # noqa: PLC0415

    limit = time.monotonic() + seconds
    while (room := queries.open_room(sitting)) is None or room.provisioned_at is None:
        if time.monotonic() > limit:
            raise RuntimeError("the engine did not get the room")
        time.sleep(0.1)


def pids() -> dict[str, int]:
    """The copy's processes by name."""
    return copy.pids(os.environ["TIEPDAN_DATA_DIR"])


def client(token: str, seconds: int, *options: str) -> "subprocess.Popen[bytes]":
    """A synthetic seat that sends a small picture and a voice, and counts what it receives."""
    from django.conf import settings  # noqa: PLC0415

    small = media("camera-180")
    return copy.publisher(token, settings.ENGINE_URL, seconds, *small, *options)


def whole(token: str, seconds: int, *options: str) -> "subprocess.Popen[bytes]":
    """A synthetic seat that sends all layers and a voice."""
    from django.conf import settings  # noqa: PLC0415

    return copy.publisher(token, settings.ENGINE_URL, seconds, *media(), *options)
