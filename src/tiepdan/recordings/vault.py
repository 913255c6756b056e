"""Recordings of protected turns lie encrypted, under a key of their own.

AES-256 in counter mode, so that a film can be watched from any place in it. Whether a file is the
one that was recorded is told by the package's signed manifest, as for every recording: `unlocked`
first, then verify.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.utils.translation import gettext as _

from tiepdan.recordings import folders
from tiepdan.recordings.models import Recording

LOCKED = ".locked"
"""Ends the name of an encrypted file: 16 random bytes, then as many as the file had."""
DRAFT = ".new"
"""Ends the name of an encrypted file that is not whole yet."""
BLOCK = 16
PIECE = 1 << 20
OPEN = frozenset({"manifest.json", "manifest.sig", "signer.pem", "verify.py", "README.txt"})
"""Files of a package that hold no picture, sound or word of the turn."""


SCRATCH = "unlocked-"
"""Begins the name of a folder in RUN_DIR in which a package lies in the open for a while."""


class KeyMissingError(Exception):
    """The key of the protected recordings is not where it was when they were encrypted."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("Thiếu khóa của bản ghi được bảo vệ: {path}").format(path=path))


def is_protected(recording: Recording) -> bool:
    """Whether it is of a turn whose citizen is protected (Luật Tố cáo 25/2018/QH14, Điều 56)."""
    visit = recording.room.visit
    return visit is not None and visit.appointment.filing.identity_protected


def lock(recording: Recording) -> int:
    """Encrypt what was recorded and destroy it in the open; how many files. Twice does no harm.

    File by file, so that a kill at any moment leaves each whole, open or encrypted. Of a file with
    its encrypted form the open one may be half destroyed: that form is never written again.
    Raises KeyMissingError when the key of earlier recordings is not here.
    """
    package, raw = folders.path_of(recording.package), folders.path_of(recording.folder)
    for draft in package.rglob(f"*{DRAFT}"):
        draft.unlink()
    left = open_files(package)
    for path in left:
        if not locked(path).exists():
            _encrypt(path)
        _destroy(path)
    for path in _files(raw):  # the same files by another name, or copies of them
        _destroy(path)
    return len(left)


def in_the_open(recording: Recording) -> list[Path]:
    """What was recorded, in the package or as it came, that is not encrypted and should be."""
    raw = _files(folders.path_of(recording.folder))
    return [*open_files(folders.path_of(recording.package)), *raw]


def open_files(package: Path) -> list[Path]:
    """What of a package is not encrypted and should be."""
    done = (LOCKED, DRAFT)
    return [one for one in _files(package) if one.name not in OPEN and one.suffix not in done]


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
    """The package in the open, in a folder that goes away again; itself when nothing is locked.

    Raises KeyMissingError.
    """
    if not any(path.suffix == LOCKED for path in _files(package)):
        yield package
        return
    Path(settings.RUN_DIR).mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(dir=settings.RUN_DIR, prefix=SCRATCH) as scratch,
        _held(Path(scratch)),
    ):
        try:
            _open_into(Path(scratch), package)
            yield Path(scratch)
        finally:
            for path in _files(Path(scratch)):
                _destroy(path)


def sweep() -> int:
    """Destroy what a killed `unlocked` left in the open; how many folders."""
    left = 0
    for scratch in Path(settings.RUN_DIR).glob(f"{SCRATCH}*"):
        with suppress(BlockingIOError, FileNotFoundError), _held(scratch):  # else it is read now
            for path in _files(scratch):
                _destroy(path)
            rmtree(scratch)
            left += 1
    return left


def has_key() -> bool:
    """Whether encrypted recordings can be read here."""
    return _key_file().exists()


def key() -> bytes:
    """The key in `DATA_DIR/secrets/protected_recordings.key`; raises KeyMissingError.

    Another one than signs the packages: who may check evidence cannot see these with it.
    """
    try:
        return _key_file().read_bytes()
    except FileNotFoundError as error:
        raise KeyMissingError(_key_file()) from error


def _key_file() -> Path:
    return Path(settings.DATA_DIR) / "secrets" / "protected_recordings.key"


def _make_key() -> None:
    """Make the key (0600) for the first file that is encrypted; raises KeyMissingError later.

    Files encrypted already tell that there was one: with another they would never be read again.
    """
    path = _key_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.with_suffix(".lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if path.exists():
            return
        if any(Path(settings.RECORDINGS_DIR).rglob(f"*{LOCKED}")):
            raise KeyMissingError(path)
        draft = path.with_suffix(DRAFT)
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(secrets.token_bytes(32))
            f.flush()
            os.fsync(f.fileno())
        draft.replace(path)
        _fsync(path.parent)


def _cipher(counter: int) -> Cipher[modes.CTR]:
    begin = (counter % (1 << 8 * BLOCK)).to_bytes(BLOCK)
    return Cipher(algorithms.AES256(key()), modes.CTR(begin))


def _encrypt(path: Path) -> None:
    """The encrypted form beside the file, whole on the disk before it takes its name."""
    _make_key()
    begin = secrets.token_bytes(BLOCK)
    encryptor = _cipher(int.from_bytes(begin)).encryptor()
    draft = path.with_name(path.name + DRAFT)
    with path.open("rb") as source, draft.open("wb") as target:
        target.write(begin)
        while piece := source.read(PIECE):
            target.write(encryptor.update(piece))
        target.flush()
        os.fsync(target.fileno())
    draft.replace(locked(path))
    _fsync(path.parent)


def _open_into(scratch: Path, package: Path) -> None:
    for path in _files(package):
        target = scratch / path.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == LOCKED:
            _decrypt(path, target.with_suffix(""))
        else:
            target.write_bytes(path.read_bytes())


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Ours alone; raises BlockingIOError when another process has it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _fsync(folder: Path) -> None:
    """Names in the folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
