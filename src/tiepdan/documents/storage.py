"""Files of documents on disk, under DOCUMENTS_DIR: written whole or not at all."""

import hashlib
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings


@dataclass(frozen=True)
class StoredFile:
    """A file as it was stored: its name relative to DOCUMENTS_DIR, SHA-256, size in bytes."""

    name: str
    sha256: str
    size: int


def store(document_id: UUID, revision: int, form: str, content: bytes) -> StoredFile:
    """Write the content so that after a power cut the file is either whole or not there.

    The name carries the start of the SHA-256: two workers at once never touch each other's file.
    """
    return write(f"{document_id.hex[:2]}/{document_id}/{revision}", form, content)


def write(stem: str, form: str, content: bytes) -> StoredFile:
    """Write under DOCUMENTS_DIR as `stem-<start of the SHA-256>.form`, as `store` does."""
    return write_pieces(stem, form, [content])


def write_pieces(stem: str, form: str, pieces: Iterable[bytes]) -> StoredFile:
    """The same, piece by piece as they come: the whole is never in memory."""
    near = path_of(f"{stem}.{form}")
    near.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = near.with_name(f".{near.name}.{uuid4().hex}")
    try:
        sha256, size = _fill(draft, pieces)
        name = f"{stem}-{sha256[:12]}.{form}"
        path = path_of(name)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync_folder(folder)
    return StoredFile(name, sha256, size)


def _fill(draft: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    fingerprint, size = hashlib.sha256(), 0
    with draft.open("wb") as file:
        for piece in pieces:
            fingerprint.update(piece)
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return fingerprint.hexdigest(), size


def open_file(name: str) -> io.BufferedReader:
    """The stored file, for reading; raises FileNotFoundError, ValueError for a foreign path."""
    return path_of(name).open("rb")


def fingerprint(name: str) -> str:
    """SHA-256 of the file as it lies there now; empty when it is missing."""
    try:
        with open_file(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def path_of(name: str) -> Path:
    """Where a stored name lies; raises ValueError when it leads out of DOCUMENTS_DIR."""
    root = Path(settings.DOCUMENTS_DIR).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise ValueError(f"{name!r} is not the name of a document")
    return path


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
