"""Papers handed in with a filing (tài liệu kèm theo): taken in, kept, cleared.

The file is on disk, whole, before its row exists; a file without a row is swept after a day.
"""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents import storage
from tiepdan.documents.contexts import PaperItem
from tiepdan.matters import permissions
from tiepdan.matters.file_kinds import (
    HEAD,
    BrokenFileError,
    FileKind,
    shown_name,
    sniff,
    without_metadata,
)
from tiepdan.matters.models import Attachment, Filing
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import FilingState
from tiepdan.org import rulebook

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

Upload: TypeAlias = "UploadedFile[bytes]"
FOLDER = "attachments"
MEGABYTE = 1024 * 1024
FORGOTTEN_AFTER = timedelta(days=1)
RULE = "attachments"


def limits(on: date) -> tuple[int, int, int]:
    """How many files a filing may have, megabytes of one, megabytes of all sent together."""
    return (
        rulebook.number("attachments_per_filing", on),
        rulebook.number("attachment_megabytes", on),
        rulebook.number("attachments_megabytes_together", on),
    )


def check_uploads(uploads: Sequence[Upload], on: date, already: int = 0) -> None:
    """Refuse too many, too large, or what is neither PDF nor photograph by its content.

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
            "Tệp «{name}» không phải là PDF hay ảnh chụp (JPEG, PNG). Hãy chụp ảnh giấy tờ "
            "hoặc quét thành PDF.",
            name=name,
        )
    return kind


def keep_file(filing: Filing, upload: Upload, by: User | None, at: datetime) -> Attachment:
    """Write the file and give its row, not saved yet; the name on disk is ours alone.

    One file is in memory at a time. Raises NotValidError.
    """
    kind = kind_of(upload, upload.name or "")
    name = shown_name(upload.name or "", kind)
    try:
        content = without_metadata(upload.read(), kind)
    except BrokenFileError:
        raise NotValidError(
            RULE, "Tệp ảnh «{name}» bị hỏng, không đọc được. Hãy chụp lại.", name=name
        ) from None
    stored = storage.write(f"{FOLDER}/{filing.pk}/{uuid4()}", kind, content)
    return Attachment(
        filing=filing,
        name=name,
        kind=kind,
        size=stored.size,
        sha256=stored.sha256,
        stored_name=stored.name,
        at=at,
        by=by,
    )


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
