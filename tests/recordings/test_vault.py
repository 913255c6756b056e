"""Recordings of protected turns: encrypted under their own key, watched by few, still evidence."""

from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.management import CommandError, call_command
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


@pytest.mark.parametrize("left", [b"", bytes(64)])
def test_killed_while_destroying(film, monkeypatch, left):
    """What a killed run zeroed or cut short should never replace the encrypted form beside it."""
    whole = folders.path_of(film.playable).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(vault, "_destroy", lambda path: path.write_bytes(left))
        vault.lock(film)
    assert duties.lock_again() == 1
    assert lock_recording.call(str(film.pk))
    assert duties.lock_again() == 0
    hidden = vault.locked(folders.path_of(film.playable))
    assert vault.read(hidden, 0, len(whole)) == whole
    call_command("verify_recording", key=fingerprint(signing_key()))


def test_file_by_file(film, monkeypatch):
    """No file should be encrypted while the one before it is in the open still."""
    first, *others = vault.open_files(folders.path_of(film.package))
    encrypt = vault._encrypt

    def until_the_second(path):
        assert path == first or not first.exists()
        encrypt(path)

    monkeypatch.setattr(vault, "_encrypt", until_the_second)
    assert vault.lock(film) == 1 + len(others)


def test_half_encrypted(film):
    """What a killed run had not wholly written should go away and be neither film nor evidence."""
    path = folders.path_of(film.playable)
    whole, draft = path.read_bytes(), path.with_name(path.name + ".new")
    draft.write_bytes(b"x" * 40)
    assert draft not in vault.open_files(folders.path_of(film.package))
    assert lock_recording.call(str(film.pk))
    assert not any(name.endswith(".new") for name in contents())
    assert vault.read(vault.locked(path), 0, len(whole)) == whole


def test_raw_files_are_seen(film):
    """Files as they came should count as in the open, also when the package is encrypted."""
    vault.lock(film)
    raw = folders.path_of(film.folder) / "originals" / "1" / "left.rtpdump"
    raw.write_bytes(b"x" * 40)
    assert duties.lock_again() == 1
    lock_recording.call(str(film.pk))
    assert not raw.exists()


def test_without_its_key(cast, film, capsys):
    """Restored without the key, no other should be made: player, check and next film say so."""
    vault.lock(film)
    path = Path(live.DATA_DIR) / "secrets" / "protected_recordings.key"
    path.unlink()
    client = signed_in(cast.chair)
    asked = client.post(reverse("desk:recording", args=[film.pk]), {"purpose": "Đối chiếu"})
    assert "không có khóa" in client.get(asked["Location"]).content.decode()
    answer = client.get(asked["Location"] + "tep/", headers={"Range": "bytes=0-"})
    assert answer.status_code == 503
    assert "không có khóa" in answer.content.decode()
    with pytest.raises(CommandError):
        call_command("verify_recording", key=fingerprint(signing_key()))
    assert "Thiếu khóa" in capsys.readouterr().out
    another = folders.path_of(film.package) / "tracks" / "1" / "another.mkv"
    another.write_bytes(b"x" * 40)
    with pytest.raises(vault.KeyMissingError):
        vault.lock(film)
    assert another.read_bytes() == b"x" * 40
    assert not path.exists()


def test_what_a_killed_check_left(film):
    """A folder that a killed check left open should be destroyed, one in use stay."""
    vault.lock(film)
    left = Path(live.RUN_DIR) / "unlocked-left" / "tracks"
    with vault.unlocked(folders.path_of(film.package)) as used:
        left.mkdir(parents=True)
        (left / "one.mkv").write_bytes(b"x" * 40)
        assert vault.sweep() == 1
        assert not left.parent.exists()
        assert (used / "manifest.json").exists()
    assert not list(Path(live.RUN_DIR).glob("unlocked-*"))
    assert vault.sweep in {duty.run for duty in duties.DUTIES}


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
