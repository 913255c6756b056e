"""Taking words out of an issued document that the law forbids to keep (bảo vệ danh tính)."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from tiepdan.audit.actions import record
from tiepdan.documents import storage
from tiepdan.documents.contexts import Context
from tiepdan.documents.jobs import render_document
from tiepdan.documents.models import Document
from tiepdan.documents.plain import plain
from tiepdan.documents.queries import text_fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


@transaction.atomic
def redact_document(
    *, document: Document, context: Context, by: AbstractBaseUser, at: datetime
) -> Document:
    """Put another context in place of what the document says, number and day unchanged.

    Its files are destroyed once this is certain, and made anew. Only for what must not be known
    (Luật Tố cáo 25/2018/QH14, Điều 8 and 56); the log keeps both fingerprints and no word.
    """
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    before = fresh.text_sha256
    given: Mapping[str, Any] = context
    fresh.context = plain(dict(given))
    fresh.revision += 1
    fresh.text_sha256 = text_fingerprint(fresh)
    names = [name for name in (fresh.docx_name, fresh.pdf_name) if name]
    fresh.docx_name = fresh.pdf_name = fresh.docx_sha256 = fresh.pdf_sha256 = ""
    fresh.docx_size = fresh.pdf_size = fresh.rendered_revision = None
    fresh.save()
    transaction.on_commit(partial(destroy_files, names))
    record(
        verb="redact_document",
        on=fresh,
        by=by,
        at=at,
        detail={"before": before, "after": fresh.text_sha256},
    )
    render_document.enqueue(str(fresh.pk))
    return fresh


def destroy_files(names: Iterable[str]) -> None:
    """Overwrite and remove files under DOCUMENTS_DIR; what is gone already is left.

    On flash and copying file systems old blocks may outlive this: see
    `docs/explanation/denunciations.md`.
    """
    for name in names:
        path = storage.path_of(name)
        if not path.is_file():
            continue
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(b"\0" * min(left, 1 << 20))
        path.unlink(missing_ok=True)
