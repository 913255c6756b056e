"""Files sent in pieces, so that a weak line loses a piece and never a file.

Begun with name and size; each piece is stored behind the others and flushed to the disk before it
is confirmed; after a cut the sender asks how many bytes are there and goes on from them. A form
then names the finished file by its id. Files nobody took are swept after a day.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db.models import QuerySet, Sum
from django.utils.crypto import salted_hmac

from tiepdan.accounts.models import User
from tiepdan.common import clock
from tiepdan.documents import storage
from tiepdan.documents.redacting import destroy_files
from tiepdan.matters.file_kinds import FileKind, shown_name
from tiepdan.matters.models import PartialUpload
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.upload_limits import MEGABYTE, RULE, limits
from tiepdan.org import rulebook

FOLDER = "uploads"
LARGEST_PIECE = MEGABYTE
_KEPT_AFTER_USE = timedelta(hours=1)
"""A form sent twice finds its files again."""


class Piece(Protocol):
    """What a request's body can do."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes."""


class WrongOffsetError(ValueError):
    """A piece does not follow what is stored; `offset` is how many bytes are."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class ArrivedFile(File[bytes]):
    """A whole file of this protocol, as a form hands it on; opened when it is read, also again."""

    _content: IO[bytes] | None = None

    def __init__(self, upload: PartialUpload) -> None:
        super().__init__(None, name=upload.name)
        self.key = upload.pk
        self.size = upload.size

    @property
    def file(self) -> IO[bytes]:
        """The content."""
        if self._content is None or self._content.closed:
            self._content = _path(self.key).open("rb")
        return self._content

    @file.setter
    def file(self, content: IO[bytes] | None) -> None:
        self._content = content

    def close(self) -> None:
        """Close it until it is read again."""
        if self._content is not None:
            self._content.close()


def owner_of(user: User | None, session_key: str | None) -> str:
    """Who sends: the account, or the browser's session of somebody without one."""
    who = f"user {user.pk}" if user else f"session {session_key}"
    return salted_hmac("tiepdan.uploads", who, algorithm="sha256").hexdigest()


def begin(*, owner: str, name: str, size: int) -> PartialUpload:
    """Announce a file; raises NotValidError when it is too large or too much is on its way."""
    on = clock.day_of(clock.now())
    most, each, together = limits(on)
    shown = shown_name(name, FileKind.PDF).removesuffix(".pdf")
    if not 0 < size <= each * MEGABYTE:
        raise NotValidError(
            RULE, "Tệp «{name}» trống hoặc nặng quá {each} MB.", name=shown, each=each
        )
    open_ones = PartialUpload.objects.filter(owner=owner, used_at=None)
    if open_ones.count() >= 2 * most or _bytes_of(open_ones) + size > 2 * together * MEGABYTE:
        raise NotValidError(RULE, "Ông/bà đang gửi quá nhiều tệp. Hãy bỏ bớt tệp rồi thử lại.")
    _check_room(size, on)
    upload = PartialUpload.objects.create(owner=owner, name=shown, size=size)
    path = _path(upload.pk)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    return upload


def _check_room(size: int, on: date) -> None:
    """All files on their way together leave the disk to the rest."""
    room = rulebook.number("uploads_waiting_megabytes", on) * MEGABYTE
    if _bytes_of(PartialUpload.objects.all()) + size > room:
        raise NotValidError(RULE, "Hệ thống đang nhận quá nhiều tệp. Xin thử lại sau ít phút.")


def _bytes_of(uploads: QuerySet[PartialUpload]) -> int:
    return uploads.aggregate(all=Sum("size"))["all"] or 0


def offset(upload: PartialUpload) -> int:
    """How many bytes are stored."""
    return _path(upload.pk).stat().st_size


def append(*, upload: PartialUpload, at_offset: int, piece: Piece) -> int:
    """Store a piece behind the others and flush it; how many bytes are there now.

    Raises WrongOffsetError when it does not follow, or another piece is being stored, and
    NotValidError when the file would become larger than announced; nothing is stored then.
    """
    with _alone(_path(upload.pk)) as file:
        there = file.seek(0, os.SEEK_END)
        if at_offset != there:
            raise WrongOffsetError(there)
        content = piece.read(LARGEST_PIECE + 1)
        if there + len(content) > upload.size or len(content) > LARGEST_PIECE:
            raise NotValidError(RULE, "Phần gửi dài hơn cỡ tệp đã báo.")
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


@contextmanager
def _alone(path: Path) -> Iterator[IO[bytes]]:
    """The file, for this writer only; who comes second is told to ask for the offset again."""
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongOffsetError(path.stat().st_size) from None
        yield file


def arrived(keys: Sequence[str], owner: str) -> list[ArrivedFile]:
    """The whole files a form names; raises NotValidError for one not there or not the sender's."""
    found = []
    for key in dict.fromkeys(keys):
        upload = find(key, owner)
        if upload is None or offset(upload) != upload.size:
            raise NotValidError(RULE, "Một tệp chưa gửi xong hoặc đã hết hạn. Hãy chọn lại tệp đó.")
        found.append(ArrivedFile(upload))
    return found


def find(key: str, owner: str) -> PartialUpload | None:
    """The sender's own upload of that id whose file is there."""
    try:
        upload = PartialUpload.objects.filter(pk=UUID(key), owner=owner).first()
    except ValueError:
        return None
    return upload if upload and _path(upload.pk).exists() else None


def store(*, owner: str, file: File[bytes]) -> PartialUpload:
    """Keep a file that came whole, for a form of several pages; raises NotValidError."""
    upload = begin(owner=owner, name=file.name or "", size=file.size or 0)
    file.seek(0)
    there = 0
    while content := file.read(LARGEST_PIECE):
        there = append(upload=upload, at_offset=there, piece=BytesIO(content))
    return upload


def hand_over(before: str, after: str) -> None:
    """What one sender sent is another's now: the same person in another browser."""
    PartialUpload.objects.filter(owner=before, used_at=None).update(owner=after)


def mark_used(file: object) -> None:
    """A filing took the file: it counts no more among those on their way."""
    if isinstance(file, ArrivedFile):
        PartialUpload.objects.filter(pk=file.key).update(used_at=clock.real_now())


def let_rest(file: object) -> None:
    """The file is not read for the moment; one that came with the form is Django's to close."""
    if isinstance(file, ArrivedFile):
        file.close()


def forget_used() -> None:
    """Destroy at once what filings took and a form sent twice might still ask for.

    For secrets only: `sweep` does it within the hour.
    """
    used = PartialUpload.objects.exclude(used_at=None)
    destroy_files([f"{FOLDER}/{upload.pk}" for upload in used])
    used.delete()


def forget(upload: PartialUpload) -> None:
    """The sender does not want it any more."""
    _path(upload.pk).unlink(missing_ok=True)
    upload.delete()


def sweep() -> int:
    """Remove what was not finished or not taken within a day, and what was taken; how many."""
    now, on = clock.real_now(), clock.day_of(clock.now())
    kept_for = timedelta(hours=rulebook.number("uploads_kept_hours", on))
    old = [
        *PartialUpload.objects.filter(began_at__lt=now - kept_for),
        *PartialUpload.objects.filter(used_at__lt=now - _KEPT_AFTER_USE),
    ]
    for upload in old:
        forget(upload)
    return len(old) + _sweep_files()


def _sweep_files() -> int:
    """Files whose row never came or has gone."""
    names = [path.name for path in (Path(settings.DOCUMENTS_DIR) / FOLDER).glob("*")]
    known = {str(pk) for pk in PartialUpload.objects.values_list("pk", flat=True)}
    gone = [name for name in names if name not in known]
    for name in gone:
        storage.path_of(f"{FOLDER}/{name}").unlink(missing_ok=True)
    return len(gone)


def _path(key: UUID) -> Path:
    return storage.path_of(f"{FOLDER}/{key}")
