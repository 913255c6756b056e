"""Papers handed in with a filing (tài liệu kèm theo): taken in, kept, cleared.

The file is on disk, whole, before its row exists; a file without a row is swept after a day.
Photographs are drawn anew; PDF and DOCX are looked through, asked about with ClamAV when it is
there, and marked as not yet scanned when it is not.
"""

import hashlib
import logging
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, TypeAlias
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents import clamav, storage
from tiepdan.documents.containers import (
    BrokenFileError,
    Unpacking,
    UnsafeFileError,
    check_docx,
    check_pdf,
)
from tiepdan.documents.contexts import PaperItem
from tiepdan.matters import permissions
from tiepdan.matters.file_kinds import (
    HEAD,
    FileKind,
    shown_name,
    sniff,
)
from tiepdan.matters.models import Attachment, Filing
from tiepdan.matters.pictures import redraw
from tiepdan.matters.resumable import let_rest, mark_used
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import FilingState, ScanState
from tiepdan.matters.upload_limits import MEGABYTE, RULE, limits
from tiepdan.org import rulebook

if TYPE_CHECKING:
    from django.core.files import File

logger = logging.getLogger(__name__)

Upload: TypeAlias = "File[bytes]"
FOLDER = "attachments"
FORGOTTEN_AFTER = timedelta(days=1)
_PIECE = 256 * 1024
_UNSAFE = {
    "pixels": gettext_noop(
        "Ảnh «{name}» quá lớn (quá {most} triệu điểm ảnh). Hãy chụp lại ở cỡ nhỏ hơn."
    ),
    "hidden": gettext_noop(
        "Tệp «{name}» có phần khác giấu bên trong, không nhận được. Hãy in ra rồi chụp ảnh, hoặc "
        "xuất lại thành PDF."
    ),
    "program": gettext_noop(
        "Tệp «{name}» có chứa mã lệnh (macro), liên kết tự mở hoặc tệp nhúng, không nhận được. Hãy "
        "xuất lại thành PDF."
    ),
    "bomb": gettext_noop("Tệp «{name}» giải nén ra quá lớn, không nhận được."),
}


def check_uploads(uploads: Sequence[Upload], on: date, already: int = 0) -> None:
    """Refuse too many, too large, or what by its content is neither paper nor photograph.

    Raises NotValidError with the rule «attachments».
    """
    most, each, together = limits(on)
    if len(uploads) + already > most:
        raise NotValidError(RULE, "Mỗi đơn kèm theo nhiều nhất {most} tệp.", most=most)
    for upload in uploads:
        name = shown_name(upload.name or "", FileKind.PDF).removesuffix(".pdf")
        size = upload.size or 0
        if size == 0:
            raise NotValidError(RULE, "Tệp «{name}» trống. Hãy chọn lại tệp.", name=name)
        if size > each * MEGABYTE:
            raise NotValidError(
                RULE,
                "Tệp «{name}» nặng {size} MB; mỗi tệp tối đa {each} MB. Hãy chụp hoặc quét lại ở "
                "cỡ nhỏ hơn.",
                name=name,
                size=f"{size / MEGABYTE:.0f}",
                each=each,
            )
        kind_of(upload, name)
    if sum(upload.size or 0 for upload in uploads) > together * MEGABYTE:
        raise NotValidError(
            RULE, "Tất cả các tệp gửi một lần tối đa {together} MB.", together=together
        )


def kind_of(upload: Upload, name: str) -> FileKind:
    """The kind by content; raises NotValidError for what may not be handed in."""
    upload.seek(0)
    kind = sniff(upload.read(HEAD))
    upload.seek(0)
    if kind is None:
        raise NotValidError(
            RULE,
            "Tệp «{name}» không phải là PDF, ảnh chụp (JPEG, PNG, HEIC) hay văn bản Word (DOCX). "
            "Hãy chụp ảnh giấy tờ hoặc quét thành PDF.",
            name=name,
        )
    return kind


def keep_file(filing: Filing, upload: Upload, by: User | None, at: datetime) -> Attachment:
    """Write the file and give its row, not saved yet; the name on disk is ours alone.

    Streamed to disk; only a picture is in memory. Raises NotValidError for what may not come in;
    what carries a virus is written to the log, with the virus's name and the file's SHA-256.
    """
    try:
        kept = _keep(filing, upload, by, at)
        mark_used(upload)
    finally:
        let_rest(upload)
    return kept


def _keep(filing: Filing, upload: Upload, by: User | None, at: datetime) -> Attachment:
    kind = kind_of(upload, upload.name or "")
    name = shown_name(upload.name or "", kind)
    received = hashlib.sha256()
    for piece in _pieces(upload):
        received.update(piece)
    stored = _write(f"{FOLDER}/{filing.pk}/{uuid4()}", upload, kind, name, clock.day_of(at))
    scan = ScanState.NOT_NEEDED if kind.is_picture else _scanned(stored, name, filing, by, at)
    return Attachment(
        filing=filing,
        name=name,
        kind=kind.kept_as,
        size=stored.size,
        sha256=stored.sha256,
        received_sha256=received.hexdigest(),
        scan=scan,
        stored_name=stored.name,
        at=at,
        by=by,
    )


def _write(stem: str, upload: Upload, kind: FileKind, name: str, on: date) -> storage.StoredFile:
    """The file as it is kept; raises NotValidError in words for the citizen."""
    most = rulebook.number("picture_megapixels", on)
    try:
        if kind.is_picture:
            with TemporaryFile() as drawn:
                redraw(upload, kind, drawn, most)
                return storage.write_pieces(stem, kind.kept_as, _pieces(drawn))
        if kind == FileKind.PDF:
            check_pdf(upload)
        else:
            check_docx(upload, unpacking(on))
        return storage.write_pieces(stem, kind, _pieces(upload))
    except BrokenFileError:
        raise NotValidError(
            RULE, "Tệp «{name}» bị hỏng, không đọc được. Hãy chụp hoặc xuất lại.", name=name
        ) from None
    except UnsafeFileError as fault:
        raise NotValidError(RULE, _UNSAFE[str(fault)], name=name, most=most) from None


def _pieces(file: Upload | IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def unpacking(on: date) -> Unpacking:
    """How far a DOCX may unpack on that day."""
    return Unpacking(
        rulebook.number("docx_unpacked_megabytes", on) * MEGABYTE,
        rulebook.number("docx_unpacked_times", on),
    )


def _scanned(
    stored: storage.StoredFile, name: str, filing: Filing, by: User | None, at: datetime
) -> ScanState:
    """CLEAN, or WAITING without a scanner; raises NotValidError and removes the file otherwise."""
    try:
        with storage.open_file(stored.name) as file:
            health, found = clamav.scan(file)
    except clamav.NoScannerError:
        return ScanState.WAITING
    if health == clamav.Health.CLEAN:
        return ScanState.CLEAN
    storage.path_of(stored.name).unlink(missing_ok=True)
    logger.warning("a file with %s was refused, SHA-256 %s", found, stored.sha256)
    record(
        verb="refuse_infected_file",
        on=filing.received_at_agency,
        by=by,
        at=at,
        detail={"found": found, "sha256": stored.sha256, "size": stored.size},
    )
    raise NotValidError(
        RULE,
        "Tệp «{name}» có mã độc ({found}), không nhận được. Hãy mang bản giấy đến, hoặc chụp ảnh "
        "giấy tờ rồi gửi.",
        name=name,
        found=found,
    )


def scan_again(attachment: Attachment) -> ScanState:
    """Ask about a paper that came while there was no scanner; the answer is kept.

    Raises NoScannerError. The question is asked outside a transaction, the answer written in one.
    """
    found = ""
    try:
        with storage.open_file(attachment.stored_name) as file:
            health, found = clamav.scan(file)
        state = ScanState.CLEAN if health == clamav.Health.CLEAN else ScanState.INFECTED
    except FileNotFoundError:  # destroyed by decision, or with a denouncer's identity
        state = ScanState.NOT_NEEDED
    with transaction.atomic():
        fresh = Attachment.objects.select_for_update().get(pk=attachment.pk)
        if fresh.scan != ScanState.WAITING:
            return ScanState(fresh.scan)
        fresh.scan = state
        fresh.save(update_fields=["scan"])
        if state == ScanState.INFECTED:
            logger.warning("attachment %s carries %s", fresh.pk, found)
            record(
                verb="find_infected_file",
                on=fresh.filing,
                by=None,
                detail={"found": found, "attachment": str(fresh.pk)},
            )
    return state


def attach(*, filing: Filing, upload: Upload, by: User, at: datetime | None = None) -> Attachment:
    """Add one paper to a filing (bổ sung tài liệu kèm theo).

    Raises NotValidError for what may not be handed in, RuleRefusedError when `by` has nothing
    to do with the filing or it was withdrawn.
    """
    at = at or clock.now()
    if not permissions.can_record_consent(by, filing):
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")
    check_uploads([upload], clock.day_of(at), filing.attachments.count())
    kept = keep_file(filing, upload, by, at)
    with transaction.atomic():
        fresh = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
        if fresh.state == FilingState.WITHDRAWN:
            raise RuleRefusedError("withdrawn", "Công dân đã rút đề nghị này.")
        if fresh.identity_protected:
            raise RuleRefusedError(
                "sealed", "Giấy tờ của đơn tố cáo để trong sổ niêm phong trên giấy.", "Luật Tố cáo"
            )
        if fresh.attachments.count() >= limits(clock.day_of(at))[0]:  # somebody was quicker
            raise NotValidError(RULE, "Đơn này đã đủ số tệp kèm theo.")
        save_rows([kept])
    return kept


def save_rows(kept: Sequence[Attachment]) -> None:
    """Store the rows of files that lie on disk already, in the transaction around."""
    for attachment in kept:
        attachment.save()
        record(
            verb="attach_file",
            on=attachment.filing,
            by=attachment.by,
            at=attachment.at,
            detail={"kind": attachment.kind, "sha256": attachment.sha256, "size": attachment.size},
        )


def paper_items(kept: Sequence[Attachment]) -> list[PaperItem]:
    """The papers as the receipt lists them (TT 04/2021/TT-TTCP, Mẫu 02)."""
    return [{"name": one.name, "copies": 1, "note": "bản chụp"} for one in kept]


def sweep(now: float | None = None) -> int:
    """Remove files that no row names and that are older than a day; how many.

    They come from a form sent twice or a machine that died between file and row. `now` is in
    seconds of the machine's own clock, on which files bear their times.
    """
    root = Path(settings.DOCUMENTS_DIR)
    before = (time.time() if now is None else now) - FORGOTTEN_AFTER.total_seconds()
    old = {
        str(path.relative_to(root)): path
        for path in (root / FOLDER).glob("*/*")
        if path.is_file() and path.stat().st_mtime < before
    }
    known = set(Attachment.objects.values_list("stored_name", flat=True))
    forgotten = [path for name, path in old.items() if name not in known]
    for path in forgotten:
        path.unlink(missing_ok=True)
    return len(forgotten)
