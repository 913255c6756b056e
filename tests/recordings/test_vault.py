"""Recordings of protected turns: encrypted under their own key, watched by few, still evidence."""

from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.management import call_command
from django.urls import reverse

from tests import profiles
from tests.recordings.small import small_package
from tests.sittings.protected import opened
from tests.web.pages import signed_in
from tiepdan.recordings import duties, folders, vault
from tiepdan.recordings.jobs import lock_recording
from tiepdan.recordings.models import Recording
from tiepdan.recordings.signing import fingerprint, signing_key
from tiepdan.recordings.states import RecordingState

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(cast, settings, tmp_path):
    """The sealed recording of a denouncer's turn, originals by two names."""
    settings.PROFILE, settings.VIDEO_PROVIDER = profiles.denouncing(tmp_path), "stub"
    settings.DATA_DIR = tmp_path
    settings.RUN_DIR, settings.RECORDINGS_DIR = tmp_path / "run", tmp_path / "recordings"
    afternoon = opened(cast)
    afternoon.started(1)
    room = afternoon.room()
    name = folders.name_for(room)
    package = folders.path_of(f"{name}-evidence")
    small_package(package)
    for path in package.glob("originals/1/*"):
        twin = folders.path_of(name) / path.relative_to(package)
        twin.parent.mkdir(parents=True, exist_ok=True)
        twin.hardlink_to(path)
    return Recording.objects.create(
        room=room, folder=name, package=f"{name}-evidence", state=RecordingState.SEALED,
        playable=f"{name}-evidence/tracks/1/01-hub-camera.mkv", started_at=room.opened_at,
        duration_ms=60_000,
    )  # fmt: skip


def contents() -> dict[str, bytes]:
    """Every file of the recordings' folder."""
    root = Path(live.RECORDINGS_DIR)
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_nothing_recorded_stays_in_the_open(film):
    """No picture, sound or word should be left readable, by any name; doing it twice is once."""
    before = [one for name, one in contents().items() if Path(name).name not in vault.OPEN]
    assert duties.lock_again() == 1
    assert lock_recording.call(str(film.pk)) == len({*before})
    left = contents()
    assert all(name.endswith(".locked") or Path(name).name in vault.OPEN for name in left)
    assert not any(one[:64] in kept for one in before for kept in left.values())
    assert lock_recording.call(str(film.pk)) == 0
    assert duties.lock_again() == 0
    assert contents() == left


def test_key_is_another_one(film):
    """The key should be of its own, the owner's only, and another one should read nothing."""
    whole = folders.path_of(film.playable).read_bytes()
    vault.lock(film)
    path = Path(live.DATA_DIR) / "secrets" / "protected_recordings.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() not in (path.parent / "evidence_key.pem").read_bytes()
    hidden = vault.locked(folders.path_of(film.playable))
    assert vault.read(hidden, 0, len(whole)) == whole
    path.write_bytes(bytes(32))
    assert vault.read(hidden, 0, 64) != whole[:64]


@pytest.mark.parametrize("first", [0, 1, 15, 16, 17, 4095, 262_000])
def test_any_place_can_be_read(film, first):
    """A piece from any byte on should be that of the film."""
    whole = folders.path_of(film.playable).read_bytes()
    vault.lock(film)
    hidden = vault.locked(folders.path_of(film.playable))
    assert vault.size(hidden) == len(whole)
    assert vault.read(hidden, first, 100) == whole[first : first + 100]


def test_it_is_evidence_still(film, capsys):
    """Verified with the key it should be whole; nothing of it in the open afterwards."""
    vault.lock(film)
    call_command("verify_recording", key=fingerprint(signing_key()))
    assert not any(path.is_file() for path in Path(live.RUN_DIR).rglob("*.rtpdump"))


def test_player_gets_pieces(cast, film):
    """The chairman's player should get the bytes it asks for; the secretary finds nothing."""
    whole = folders.path_of(film.playable).read_bytes()
    vault.lock(film)
    client = signed_in(cast.chair)
    asked = client.post(reverse("desk:recording", args=[film.pk]), {"purpose": "Đối chiếu"})
    where = asked["Location"] + "tep/"
    answer = client.get(where, headers={"Range": "bytes=1000-"})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes 1000-{len(whole) - 1}/{len(whole)}"
    assert answer.content == whole[1000:]
    short = client.get(where, headers={"Range": "bytes=5-9"})
    assert short.content == whole[5:10]
    for odd in ("bytes=-5", "bytes=99999999-", "x", "bytes=9-5"):
        assert client.get(where, headers={"Range": odd}).status_code == 416
    assert signed_in(cast.secretary).get(where).status_code == 404
