"""A small evidence package: originals of any bytes, really journalled and signed."""

import json
import random
import shutil
import subprocess
import sys

from tiepdan.recordings import manifest, signing
from tiepdan.recordings.journal import Journal
from tiepdan.recordings.package import VERIFIER


def grow(path, size, seed):
    """Append bytes that are the same in every run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(random.Random(seed).randbytes(size))


def small_package(folder):
    """Write the package into `folder`; the fingerprint of its key."""
    journal = Journal(folder)
    for second in range(4):
        for number, name in enumerate(["01-hub-camera", "02-huu-lung-microphone"]):
            grow(folder / "originals" / "1" / f"{name}.rtpdump", 900, 10 * second + number)
        journal.catch_up()
    journal.note("recording ended")
    journal.close()
    grow(folder / "tracks" / "1" / "01-hub-camera.mkv", manifest.PIECE_SIZE + 1000, 99)
    (folder / "log.jsonl").write_text('{"kind":"opened"}\n', encoding="utf-8")
    (folder / "README.txt").write_text("Xin chào\n", encoding="utf-8")
    key = signing.signing_key()
    write_manifest(folder, key)
    shutil.copyfile(VERIFIER / "verify.py", folder / "verify.py")
    return signing.fingerprint(key)


def write_manifest(folder, key, **changes):
    """Sign a manifest of what lies there, as the product does."""
    for name in ("manifest.json", "manifest.sig"):
        (folder / name).unlink(missing_ok=True)
    facts = {
        "format": manifest.FORMAT,
        "rehearsal": True,
        "signer": {
            "public_key": signing.public_bytes(key).hex(),
            "fingerprint": signing.fingerprint(key),
        },
        "journal": manifest._journal(folder),
        "piece_size": manifest.PIECE_SIZE,
        "files": [
            manifest._file(folder, path)
            for path in manifest.listed(folder)
            if path.name != "verify.py"
        ],
    }
    text = json.dumps(facts | changes, ensure_ascii=False).encode()
    (folder / "manifest.json").write_bytes(text)
    (folder / "manifest.sig").write_bytes(key.sign(text))


def run_script(folder, *arguments, python=sys.executable):
    """The script as a stranger runs it; its exit code and what it said."""
    command = [str(python), "-I", "verify.py", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout
