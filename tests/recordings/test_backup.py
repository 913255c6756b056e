"""The backup of an installation: everything but the key of protected recordings."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"


def run(script: str, *told: str, data: Path) -> str:
    """What a script of `deploy/` says."""
    own = {"TIEPDAN_DATA_DIR": str(data), "DATABASE_URL": "sqlite"}
    command = [str(DEPLOY / script), *told]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | own
    ).stdout


def test_key_lies_apart(tmp_path):
    """The backup should hold each secret but that key, say where that is, and be restored so."""
    data, copy, new = tmp_path / "data", tmp_path / "copy", tmp_path / "new"
    for folder in ("db", "recordings", "secrets"):
        (data / folder).mkdir(parents=True)
    with closing(sqlite3.connect(data / "db" / "tiepdan.sqlite3")) as made:
        made.execute("CREATE TABLE one (two)")
    (data / "recordings" / "film.mkv.locked").write_bytes(b"x")
    for name in ("evidence_key.pem", "protected_recordings.key", "protected_recordings.lock"):
        (data / "secrets" / name).write_text(name)
    said = run("backup.sh", str(copy), data=data)
    assert str(data / "secrets" / "protected_recordings.key") in said
    assert [one.name for one in (copy / "secrets").iterdir()] == ["evidence_key.pem"]
    assert (copy / "recordings" / "film.mkv.locked").exists()
    run("restore.sh", str(copy), str(new), data=data)
    assert [one.name for one in (new / "secrets").iterdir()] == ["evidence_key.pem"]
