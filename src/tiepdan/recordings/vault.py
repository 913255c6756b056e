"""Recordings of protected turns lie encrypted, under a key of their own.

AES-256 in counter mode, so that a film can be watched from any place in it. Whether a file is the
one that was recorded is told by the package's signed manifest, as for every recording: `unlocked`
first, then verify.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from tiepdan.recordings import folders
from tiepdan.recordings.models import Recording

LOCKED = ".locked"
"""Ends the name of an encrypted file: 16 random bytes, then as many as the file had."""
BLOCK = 16
PIECE = 1 << 20
OPEN = frozenset({"manifest.json", "manifest.sig", "signer.pem", "verify.py", "README.txt"})
"""Files of a package that hold no picture, sound or word of the turn."""


def is_protected(recording: Recording) -> bool:
    """Whether it is of a turn whose citizen is protected (Luật Tố cáo 25/2018/QH14, Điều 56)."""
    visit = recording.room.visit
    return visit is not None and visit.appointment.filing.identity_protected


def lock(recording: Recording) -> int:
    """Encrypt what was recorded and destroy it in the open; how many files. Twice does no harm."""
    package, raw = folders.path_of(recording.package), folders.path_of(recording.folder)
    left = open_files(package)
    for path in left:
        _encrypt(path)
    for path in [*left, *_files(raw)]:  # the same files by another name, or copies of them
        _destroy(path)
    return len(left)


def open_files(package: Path) -> list[Path]:
    """What of a package is not encrypted and should be."""
    return [path for path in _files(package) if path.name not in OPEN and path.suffix != LOCKED]


def locked(path: Path) -> Path:
    """The encrypted file of that name."""
    return path.with_name(path.name + LOCKED)


def size(path: Path) -> int:
    """Bytes of the file whose encrypted form is `path`."""
    return path.stat().st_size - BLOCK


def read(path: Path, first: int, count: int) -> bytes:
    """At most `count` bytes of the file whose encrypted form is `path`, from byte `first` on."""
    with path.open("rb") as file:
        start = int.from_bytes(file.read(BLOCK))
        block, within = divmod(first, BLOCK)
        file.seek(BLOCK + block * BLOCK)
        content = file.read(within + count)
    return _cipher(start + block).decryptor().update(content)[within:]


@contextmanager
def unlocked(package: Path) -> Iterator[Path]:
    """The package in the open, in a folder that goes away again; itself when nothing is locked."""
    if not any(path.suffix == LOCKED for path in _files(package)):
        yield package
        return
    Path(settings.RUN_DIR).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.RUN_DIR) as scratch:
        for path in _files(package):
            target = Path(scratch) / path.relative_to(package)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == LOCKED:
                _decrypt(path, target.with_suffix(""))
            else:
                target.write_bytes(path.read_bytes())
        try:
            yield Path(scratch)
        finally:
            for path in _files(Path(scratch)):
                _destroy(path)


def key() -> bytes:
    """The key in `DATA_DIR/secrets/protected_recordings.key` (0600), made when there is none yet.

    Another one than signs the packages: who may check evidence cannot see these with it.
    """
    path = Path(settings.DATA_DIR) / "secrets" / "protected_recordings.key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_suffix(".lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.unlink(missing_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
                f.write(secrets.token_bytes(32))
                f.flush()
                os.fsync(f.fileno())
            draft.replace(path)
    return path.read_bytes()


def _cipher(counter: int) -> Cipher[modes.CTR]:
    begin = (counter % (1 << 8 * BLOCK)).to_bytes(BLOCK)
    return Cipher(algorithms.AES256(key()), modes.CTR(begin))


def _encrypt(path: Path) -> None:
    """The encrypted form beside the file, whole on the disk before it takes its name."""
    begin = secrets.token_bytes(BLOCK)
    encryptor, draft = (
        _cipher(int.from_bytes(begin)).encryptor(),
        path.with_name(f"{path.name}.new"),
    )
    with path.open("rb") as source, draft.open("wb") as target:
        target.write(begin)
        while piece := source.read(PIECE):
            target.write(encryptor.update(piece))
        target.flush()
        os.fsync(target.fileno())
    draft.replace(locked(path))


def _decrypt(path: Path, target: Path) -> None:
    with target.open("wb") as file:
        for first in range(0, size(path), PIECE):
            file.write(read(path, first, PIECE))


def _destroy(path: Path) -> None:
    with path.open("r+b") as file:
        for _piece in range(0, path.stat().st_size, PIECE):
            file.write(b"\0" * PIECE)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
