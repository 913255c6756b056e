"""What the signed manifest of an evidence package says."""

import hashlib
import platform
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils import translation

from tiepdan.common.stamps import stamp
from tiepdan.recordings import folders, signing, timeline
from tiepdan.recordings.journal import NAME as JOURNAL
from tiepdan.recordings.journal import Journal
from tiepdan.recordings.models import Recording
from tiepdan.recordings.programs import run
from tiepdan.sittings.models import MediaRoom, SittingEvent
from tiepdan.sittings.queries import interruptions

FORMAT = "tiepdan-evidence/1"
PIECE_SIZE = 256 * 1024
"""Files that are no originals are hashed in pieces of so many bytes too: that names the place."""

Facts = dict[str, Any]


def manifest(recording: Recording, package: Path, key: Ed25519PrivateKey) -> Facts:
    """Everything the manifest says of a package whose other files are all in place."""
    lives = timeline.runs(package)
    ahead = timeline.product_offset(package)
    return {
        "format": FORMAT,
        "rehearsal": bool(ahead) or settings.REHEARSAL,
        "session": _session(recording.room),
        "roster": _roster(recording.room),
        "segments": [_segment(life, package) for life in lives],
        "gaps": _gaps(recording, lives),
        "clock": {
            "source": "the recording machine's system clock, UTC",
            "product_ahead_seconds": ahead.total_seconds(),
            "note": "diễn tập: giờ buổi tiếp được dời khỏi giờ máy" if ahead else "",
        },
        "what_is_kept": (
            "RTP payloads as the media engine forwarded them to a hidden subscriber; the engine "
            "rewrites RTP headers and chooses simulcast layers"
        ),
        "software": _software(package),
        "signer": {
            "algorithm": "Ed25519",
            "public_key": signing.public_bytes(key).hex(),
            "fingerprint": signing.fingerprint(key),
        },
        "journal": _journal(package),
        "piece_size": PIECE_SIZE,
        "files": [_file(package, path) for path in listed(package)],
    }


def listed(package: Path) -> list[Path]:
    """Every file of the package, in a stable order."""
    return sorted(path for path in package.rglob("*") if path.is_file())


def room_events(room: MediaRoom) -> list[SittingEvent]:
    """The sitting's events while the room was open."""
    events = SittingEvent.objects.filter(
        sitting_id=room.sitting_id, recorded_at__gte=room.opened_at
    )
    if room.closed_at:
        events = events.filter(recorded_at__lte=room.closed_at)
    return list(events.order_by("sequence"))


def _session(room: MediaRoom) -> Facts:
    sitting, visit = room.sitting, room.visit
    reception = sitting.reception
    return {
        "sitting": str(sitting.pk),
        "agency": reception.agency.name,
        "chair": str(reception.chair),
        "secretary": str(reception.secretary),
        "planned_at": stamp(reception.starts_at),
        "room": room.name,
        "part": room.part,
        "generation": room.generation,
        "visit": None if visit is None else str(visit.pk),
        "visit_number": None if visit is None else visit.number,
        "started_at": None if visit is None else _stamp(visit.started_at),
        "ended_at": None if visit is None else _stamp(visit.ended_at),
        "room_opened_at": stamp(room.opened_at),
        "room_closed_at": _stamp(room.closed_at),
        "recording_verified_at": _stamp(room.verified_at),
    }


def _roster(room: MediaRoom) -> list[Facts]:
    admissions = room.admissions.select_related("seat__booking__site").order_by("admitted_at")
    return [
        {
            "seat": admission.seat.code,
            "site": admission.seat.name,
            "role": admission.seat.booking.role
            if admission.seat.booking
            else admission.seat.own_role,
            "admitted_at": stamp(admission.admitted_at),
            "joined_at": _stamp(admission.joined_at),
            "withdrawn_at": _stamp(admission.withdrawn_at),
        }
        for admission in admissions
    ]


def _segment(life: timeline.Run, package: Path) -> Facts:
    tracks = [track for track in timeline.tracks(package / "tracks") if track.run == life.number]
    return {
        "number": life.number,
        "started_at": timeline.stamp_of(life.started_us),
        "ended_at": timeline.stamp_of(life.ended_us),
        "ended_because": life.reason,
        "tracks": [
            {
                "original": track.original,
                "playable": track.file.relative_to(package).as_posix() if track.file else None,
                "seat": track.identity,
                "source": track.source,
                "codec": track.codec,
                "started_at": timeline.stamp_of(track.started_us) if track.is_playable else None,
                "duration_ms": track.duration_ms,
                "packets": track.packets,
                "lost": track.lost,
                "error": track.error,
            }
            for track in tracks
        ],
    }


def _gaps(recording: Recording, lives: list[timeline.Run]) -> list[Facts]:
    """Times without a recording or without a seat, and pauses, each with its reason."""
    found = [
        {
            "from": timeline.stamp_of(gap.from_us),
            "to": timeline.stamp_of(gap.to_us),
            "reason": gap.reason,
        }
        for gap in timeline.gaps(lives)
    ]
    with translation.override("vi"):
        for one in interruptions(recording.room):
            ended = stamp(one.ended) if one.ended else ""
            reason = f"{one.seat}: {one.words}" if one.seat else one.words
            found.append({"from": stamp(one.began), "to": ended, "reason": reason})
    for event in room_events(recording.room):
        if event.kind == "alarm":
            reason = f"alarm: {event.data.get('words', '')}"
            found.append({"from": stamp(event.recorded_at), "to": "", "reason": reason})
    return sorted(found, key=lambda gap: gap["from"])


def _software(package: Path) -> Facts:
    ffmpeg = run([settings.FFMPEG, "-version"], package, limit=10).splitlines()[0]
    return {
        "tiepdan": _version(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "recorder_sha256": _sha256(Path(settings.BIN_DIR) / "tiepdan-record"),
        "engine_sha256": _sha256(Path(settings.BIN_DIR) / "livekit-server"),
        "ffmpeg": ffmpeg,
    }


def _version() -> str:
    text = (settings.REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def _journal(package: Path) -> Facts:
    journal = Journal(package)
    journal.close()
    return {"file": JOURNAL, "head": journal.head, "lines": journal.lines}


def _file(package: Path, path: Path) -> Facts:
    """Size and hashes; the stretches of an original are in the journal instead."""
    name = path.relative_to(package).as_posix()
    facts: Facts = {"path": name, "size": path.stat().st_size}
    if name.startswith(f"{folders.ORIGINALS}/"):
        return {**facts, "sha256": _sha256(path)}
    whole, pieces = hashlib.sha256(), []
    with path.open("rb") as file:
        while piece := file.read(PIECE_SIZE):
            whole.update(piece)
            pieces.append(hashlib.sha256(piece).hexdigest())
    return {**facts, "sha256": whole.hexdigest(), "pieces": pieces}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
