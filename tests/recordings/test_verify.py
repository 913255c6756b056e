"""The one-file verifier, run as a stranger runs it."""

import ast
import json
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.recordings.small import grow, run_script, small_package, write_manifest
from tiepdan.recordings import signing
from tiepdan.recordings.package import VERIFIER

SCRIPT = VERIFIER / "verify.py"
CAMERA = "originals/1/01-hub-camera.rtpdump"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A package nobody touches, and its key's fingerprint."""
    folder = tmp_path_factory.mktemp("package") / "gói bằng chứng"
    folder.mkdir()
    return folder, small_package(folder)


@pytest.fixture
def package(original, tmp_path):
    """A copy of it to be tampered with."""
    return Path(shutil.copytree(original[0], tmp_path / "gói"))


def test_whole(original):
    """A whole package should be found whole, and its authenticity unproven without a key."""
    code, said = run_script(original[0])
    assert code == 0
    assert "Nguyên vẹn, nhưng chưa chứng minh được ai ký" in said
    assert "authenticity is unproven" in said
    assert original[1] in said
    assert "DIỄN TẬP" in said


def test_key(original):
    """The right key should prove the signer; another one, or half of one, should not."""
    folder, fingerprint = original
    code, said = run_script(folder, "--key", fingerprint.upper())
    assert code == 0
    assert "unproven" not in said
    code, said = run_script(folder, "--key", "0" * 64)
    assert code == 1
    assert "another key" in said
    assert run_script(folder, "--key", fingerprint[:32])[0] == 2
    assert run_script(folder, "--key")[0] == 2
    assert run_script(folder, "nowhere")[0] == 2


def test_one_byte_of_anything(original, package):
    """One changed byte of any file should be found, with file and place."""
    dice = random.Random(4)
    for path in sorted(p for p in package.rglob("*") if p.is_file() and p.name != "verify.py"):
        name = path.relative_to(package).as_posix()
        content = path.read_bytes()
        place = dice.randrange(len(content))
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        code, said = run_script(package)
        path.write_bytes(content)
        assert code == 1, name
        assert name in said
        if name.startswith(("originals/", "tracks/")):
            begin, end = _range(said)
            assert begin <= place <= end < begin + 262_144
    assert run_script(package)[0] == 0


def test_place_in_an_original(package):
    """A changed original should be placed within the second in which it was written."""
    path = package / CAMERA
    content = bytearray(path.read_bytes())
    content[1000] ^= 0x80
    path.write_bytes(content)
    code, said = run_script(package)
    assert code == 1
    assert _range(said) == (900, 1799)
    lines = (package / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    journal = [json.loads(line) for line in lines]
    second = next(line for line in journal if line.get("file") == CAMERA and line["from"] == 900)
    assert second["at"] in said


def test_missing_extra_cut_longer(package):
    """A file that is missing, extra, cut or longer should be named."""
    (package / "log.jsonl").unlink()
    (package / "tracks" / "thêm.txt").write_text("x", encoding="utf-8")
    (package / "empty").mkdir()
    os.truncate(package / CAMERA, 2000)
    grow(package / "originals/1/02-huu-lung-microphone.rtpdump", 1, 0)
    code, said = run_script(package)
    assert code == 1
    assert "log.jsonl: THIẾU" in said
    assert "tracks/thêm.txt: THỪA" in said
    assert "empty/: THỪA" in said
    assert f"{CAMERA}: BỊ CẮT: 2000 byte thay vì 3600" in said
    assert "02-huu-lung-microphone.rtpdump: DÀI THÊM" in said


def test_link(package):
    """A link should be reported, not followed."""
    target = package.parent / "elsewhere"
    shutil.move(package / "log.jsonl", target)
    (package / "log.jsonl").symlink_to(target)
    (package / "more").symlink_to("/etc")
    code, said = run_script(package)
    assert code == 1
    assert "log.jsonl: không phải tệp thường" in said
    assert "more: THỪA" in said


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a//b", "a\\b", "C:x", "", "manifest.sig", 7]
)
def test_names_that_lead_away(package, name):
    """A signed manifest with a dangerous name should be refused and nothing outside read."""
    files = [{"path": name, "size": 0, "sha256": "", "pieces": []}]
    write_manifest(package, signing.signing_key(), files=files)
    code, said = run_script(package)
    assert code == 1
    assert "tên tệp không hợp lệ" in said


def test_malformed_manifests(package):
    """Signed nonsense should end with exit code 1, not with a traceback."""
    key = signing.signing_key()
    for changes in ({"files": 3}, {"files": [{}]}, {"journal": None}, {"format": "other/9"}):
        write_manifest(package, key, **changes)
        assert run_script(package)[0] == 1
    for text in (b'{"signer":1,"signer":2}', b"[]", b"\xff", b"[" * 100_000):
        (package / "manifest.json").write_bytes(text)
        code, said = run_script(package)
        assert code == 1
        assert "manifest.json" in said


def test_journal_must_cover_originals(package):
    """Bytes that no journal line proves should be found although the manifest lists them."""
    grow(package / CAMERA, 10, 1)
    write_manifest(package, signing.signing_key())
    code, said = run_script(package)
    assert code == 1
    assert "3600 trong 3610" in said


def test_journal_cannot_be_rewritten_in_part(package):
    """A line taken out of the journal should break the chain even under a new signature."""
    path = package / "journal.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    told = {"file": "journal.jsonl", "head": json.loads(lines[-1])["hash"], "lines": len(lines) - 1}
    path.write_text("".join(lines[:2] + lines[3:]), encoding="utf-8")
    _resign(package, told)
    code, said = run_script(package)
    assert code == 1
    assert "line 3" in said


def _resign(package, journal):
    """A manifest by hand: our own refuses to read such a journal."""
    lines = (package / "journal.jsonl").read_bytes()
    (package / "journal.jsonl").write_bytes(b"")
    key = signing.signing_key()
    write_manifest(package, key)
    facts = json.loads((package / "manifest.json").read_bytes())
    (package / "journal.jsonl").write_bytes(lines)
    facts["journal"] = journal
    text = json.dumps(facts).encode()
    (package / "manifest.json").write_bytes(text)
    (package / "manifest.sig").write_bytes(key.sign(text))


def test_old_python():
    """The script should keep to the grammar of Python 3.8 and to the standard library."""
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    ours = "__future__ collections.abc hashlib json os pathlib stat sys typing"
    assert names == set(ours.split())


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.13"])
def test_other_pythons(original, version):
    """Other Pythons on this machine should come to the same end."""
    homes = Path.home().glob(f".pyenv/versions/{version}.*/bin/python3")
    found = shutil.which(f"python{version}", path="/usr/bin:/usr/local/bin") or next(homes, None)
    if found is None:
        pytest.skip(f"no Python {version} here")
    assert run_script(original[0], "--key", original[1], python=found)[0] == 0


def _range(said):
    words = said.split("CHANGED at byte ")[1].split()[0]
    begin, _, end = words.partition("-")
    return int(begin), int(end)
