"""Building an evidence package: a folder that anybody can verify without us.

`originals/` what the recorder wrote · `journal.jsonl` the chained journal · `log.jsonl` what
happened in the sitting meanwhile · `tracks/` and `playable.mp4` derived copies for watching ·
`manifest.json` and `manifest.sig` · `signer.pem` · `verify.py` · `README.txt`.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tiepdan.common.stamps import stamp
from tiepdan.recordings import folders, signing, timeline
from tiepdan.recordings.composition import Film, make_film
from tiepdan.recordings.journal import NAME as JOURNAL
from tiepdan.recordings.journal import Journal
from tiepdan.recordings.manifest import listed, manifest, room_events
from tiepdan.recordings.models import Recording
from tiepdan.recordings.programs import run
from tiepdan.recordings.sealed import Sealed
from tiepdan.sittings import queries

VERIFIER = Path(__file__).parent / "verifier"
PLAYABLE = "playable.mp4"
_CONVERT_LIMIT = 1800


def build(recording: Recording) -> Sealed:
    """Make the package of a stored recording and put it in its place.

    The place is empty or holds the whole package: it is built under another name. When it is
    there already, an earlier run was cut off after building it, and it is taken as it is.
    Raises ProgramError, OSError.
    """
    folder = folders.path_of(recording.folder)
    package = folder.with_name(f"{folder.name}-evidence")
    if not package.exists():
        with _drafts(package) as (draft, scratch):
            _fill(recording, folder, draft, scratch)
            _make_durable(draft)
            draft.rename(package)
        _sync(package.parent)
    return _sealed(package)


def _fill(recording: Recording, folder: Path, draft: Path, scratch: Path) -> None:
    _take_originals(folder, draft)
    _convert(draft)
    film = _film(recording, draft)
    if film is not None:
        make_film(film, draft / PLAYABLE, scratch)
    key = signing.signing_key()
    _write_log(recording, draft / "log.jsonl")
    (draft / "signer.pem").write_bytes(signing.public_pem(key))
    readme = (VERIFIER / "README.txt").read_text(encoding="utf-8")
    readme = readme.replace("FINGERPRINT", signing.fingerprint(key))
    (draft / "README.txt").write_text(readme, encoding="utf-8")
    facts = manifest(recording, draft, key)
    text = json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"
    (draft / "manifest.json").write_bytes(text)
    (draft / "manifest.sig").write_bytes(key.sign(text))
    shutil.copyfile(VERIFIER / "verify.py", draft / "verify.py")


def _take_originals(folder: Path, draft: Path) -> None:
    """The originals by a second name for the same file: they are never copied, never moved."""
    journal = Journal(folder)
    journal.catch_up()  # nothing, unless the custodian was cut off at the very end
    journal.close()
    for path in [*folders.originals(folder), folder / JOURNAL]:
        target = draft / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target)
        except OSError:  # a file system without hard links
            shutil.copyfile(path, target)


def _convert(draft: Path) -> None:
    """Matroska files of every run that has tracks."""
    program = str(Path(settings.BIN_DIR) / "tiepdan-record")
    for one in folders.runs(draft):
        if any(one.glob("*.rtpdump")):
            out = draft / "tracks" / one.name
            run([program, "mux", "--dir", str(one), "--out", str(out)], draft, _CONVERT_LIMIT)


def _film(recording: Recording, draft: Path) -> Film | None:
    """What the film is to show; None when nothing can be played."""
    tracks = [track for track in timeline.tracks(draft / "tracks") if track.is_playable]
    if not tracks:
        return None
    begin = min(track.started_us for track in tracks)
    end = max(track.ended_us for track in tracks)
    return Film(
        tracks=tracks,
        seats=_seats(recording, tracks),
        gaps=timeline.gaps(timeline.runs(draft)),
        begin_us=begin,
        length=(end - begin) * timeline.MICROSECOND,
        ahead=timeline.product_offset(draft),
        pinned=next(iter(sorted(queries.sign_seats_during(recording.room))), ""),
    )


def _seats(recording: Recording, tracks: list[timeline.Track]) -> list[tuple[str, str]]:
    """Who is in the film, hub first, under the names of their sites."""
    seats = recording.room.sitting.seats.select_related("booking__site").order_by(
        "booking__position"
    )
    names = {seat.code: seat.name for seat in seats}
    heard = {track.identity: track.name or track.identity for track in tracks}
    order = [code for code in names if code in heard] + sorted(heard.keys() - names.keys())
    return [(code, names.get(code, heard[code])) for code in order]


def _write_log(recording: Recording, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for event in room_events(recording.room):
            # A mark's words stand apart because the operator reads events; the archive has both.
            more = {"words": event.mark.words} if event.kind == "mark" else {}
            line = {
                "sequence": event.sequence,
                "at": stamp(event.at),
                "recorded_at": stamp(event.recorded_at),
                "kind": event.kind,
                "audience": event.audience,
                "data": event.data | more,
            }
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")


def _sealed(package: Path) -> Sealed:
    """What there is to remember of a package in its place."""
    root = Path(settings.RECORDINGS_DIR).resolve()
    text = (package / "manifest.json").read_bytes()
    facts = json.loads(text)
    tracks = [track for track in timeline.tracks(package / "tracks") if track.is_playable]
    begin = min((track.started_us for track in tracks), default=0)
    end = max((track.ended_us for track in tracks), default=0)
    playable = package / PLAYABLE
    return Sealed(
        package=package.relative_to(root).as_posix(),
        playable=playable.relative_to(root).as_posix() if playable.exists() else "",
        duration_ms=timedelta(microseconds=end - begin) // timedelta(milliseconds=1),
        size=sum(entry["size"] for entry in facts["files"]),
        manifest_sha256=hashlib.sha256(text).hexdigest(),
        signer=facts["signer"]["fingerprint"],
    )


@contextmanager
def _drafts(package: Path) -> Iterator[tuple[Path, Path]]:
    """Two empty folders, for the package and for texts of the film; nothing of them stays."""
    drafts = [package.with_name(f"{package.name}.{end}") for end in ("draft", "scratch")]
    for path in drafts:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(mode=0o700)
    try:
        yield drafts[0], drafts[1]
    finally:
        for path in drafts:
            shutil.rmtree(path, ignore_errors=True)


def _make_durable(folder: Path) -> None:
    """Every file and folder on the disk before the package takes its name."""
    for path in listed(folder):
        _sync(path)
    for path in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
