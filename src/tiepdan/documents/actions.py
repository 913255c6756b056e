"""The only writers of documents.

Each enqueues the rendering as a row of its own transaction: a worker sees it after the commit,
and a crash in between loses neither.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.documents.contexts import Context
from tiepdan.documents.jobs import render_document
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Document
from tiepdan.documents.numbering import series_of, take_number
from tiepdan.documents.plain import plain
from tiepdan.documents.queries import text_fingerprint
from tiepdan.documents.states import DOCUMENT_TRANSITIONS, DocumentState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tiepdan.audit.chain import JSON


@transaction.atomic
def draft_document(
    *,
    kind: str,
    issuer: str,
    title: str,
    context: Context,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    key: UUID | None = None,
) -> Document:
    """Write a first draft; `by` None means the system drafted it.

    With the `key` of a form the paper is written once. Raises KeyError for an unknown kind,
    RuleRefusedError when the context lacks something, IntegrityError when `key` has its paper.
    """
    document = Document(kind=kind_of(kind).code, issuer=issuer, drafted_by_id=_key(by))
    document.pk = key or document.pk
    _write_text(document, title, context)
    document.save(force_insert=True)
    _record("draft_document", document, by, at)
    _render(document)
    return document


@transaction.atomic
def revise_document(
    *,
    document: Document,
    title: str,
    context: Context,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
) -> Document:
    """Change the text before issue; an approved document is a draft again."""
    document = _locked(document, "revise")
    document.revision += 1
    document.approved_by_id = document.approved_at = None
    _write_text(document, title, context)
    document.save()
    _record("revise_document", document, by, at)
    _render(document)
    return document


@transaction.atomic
def approve_document(
    *, document: Document, by: AbstractBaseUser, at: datetime | None = None
) -> Document:
    """Approve the text as it is (duyệt)."""
    document = _locked(document, "approve")
    document.approved_by_id = by.pk
    document.approved_at = at or clock.now()
    document.save()
    _record("approve_document", document, by, at)
    return document


@transaction.atomic
def issue_document(
    *, document: Document, by: AbstractBaseUser, at: datetime | None = None
) -> Document:
    """Number, date and freeze an approved document (ban hành); the files follow in a job.

    The number comes from the series of its body, type and year (NĐ 30/2020/NĐ-CP, Điều 15).
    """
    at = at or clock.now()
    document = _locked(document, "issue")
    kind = kind_of(document.kind)
    document.issued_by_id = by.pk
    document.issued_at = at
    document.issued_on = at.astimezone(clock.VIETNAM).date()
    document.year = document.issued_on.year
    document.symbol = kind.symbol(document.context["letterhead"])
    document.series = series_of(kind, document.issuer)
    document.number = take_number(
        issuer=document.issuer, series=document.series, year=document.year
    )
    document.revision += 1
    document.text_sha256 = text_fingerprint(document)
    document.save()
    _record("issue_document", document, by, at, text_sha256=document.text_sha256)
    _render(document)
    return document


def draft_and_issue(
    *,
    kind: str,
    issuer: str,
    title: str,
    context: Context,
    by: AbstractBaseUser,
    at: datetime | None = None,
    key: UUID | None = None,
) -> Document:
    """Write, approve and issue in one act, for papers a clerk signs alone (giấy biên nhận).

    Raises IntegrityError when `key` has its paper.
    """
    with transaction.atomic():
        document = draft_document(
            kind=kind, issuer=issuer, title=title, context=context, by=by, at=at, key=key
        )
        document = approve_document(document=document, by=by, at=at)
        return issue_document(document=document, by=by, at=at)


def _locked(document: Document, event: str) -> Document:
    """The row as it is now, locked, in the state after `event`; or the refusal."""
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    fresh.state = follow(DOCUMENT_TRANSITIONS, DocumentState(fresh.state), event)
    return fresh


def _write_text(document: Document, title: str, context: Context) -> None:
    """Fill in the text after checking that nothing the template needs is missing."""
    given: Mapping[str, Any] = context
    missing = sorted(kind_of(document.kind).needs - given.keys())
    if missing:
        raise RuleRefusedError(
            "document_incomplete",
            "Văn bản còn thiếu nội dung: {missing}.",
            missing=", ".join(missing),
        )
    if not title.strip():
        raise RuleRefusedError("document_untitled", "Văn bản cần có trích yếu.")
    document.title, document.context = plain(title).strip(), plain(dict(given))


def _record(
    verb: str, document: Document, by: AbstractBaseUser | None, at: datetime | None, **more: str
) -> None:
    detail: dict[str, JSON] = {
        "kind": document.kind,
        "title": document.title,
        "revision": document.revision,
        "number": document.number_text,
    }
    record(verb=verb, on=document, by=by, at=at, detail=detail | more)


def _render(document: Document) -> None:
    render_document.enqueue(str(document.pk))


def _key(user: AbstractBaseUser | None) -> Any:
    return None if user is None else user.pk
