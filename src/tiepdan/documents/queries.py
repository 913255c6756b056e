"""Reading documents and proving that they are whole."""

import hashlib
import json
from typing import Literal

from django.db.models import F, Q, QuerySet

from tiepdan.documents import storage
from tiepdan.documents.models import Document
from tiepdan.documents.states import DocumentState


def text_fingerprint(document: Document) -> str:
    """SHA-256 over everything the issued document says: kind, number, day, title, context."""
    text = {
        "kind": document.kind,
        "issuer": document.issuer,
        "number": document.number_text,
        "issued_on": document.issued_on.isoformat() if document.issued_on else "",
        "title": document.title,
        "context": document.context,
    }
    line = json.dumps(text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()


def faults(document: Document) -> list[str]:
    """What of an issued document differs from what was issued; empty when it is whole."""
    found = []
    if (
        document.state == DocumentState.ISSUED
        and text_fingerprint(document) != document.text_sha256
    ):
        found.append("nội dung")
    for name, sha256 in [
        (document.docx_name, document.docx_sha256),
        (document.pdf_name, document.pdf_sha256),
    ]:
        if name and storage.fingerprint(name) != sha256:
            found.append(name)
    return found


def to_render() -> QuerySet[Document]:
    """Documents whose files are missing or older than their text; the reaper takes them again."""
    return Document.objects.filter(
        Q(rendered_revision__isnull=True) | ~Q(rendered_revision=F("revision"))
    )


def register(issuer: str, year: int) -> QuerySet[Document]:
    """The body's register of issued documents (sổ đăng ký văn bản đi)."""
    return Document.objects.filter(issuer=issuer, year=year, state=DocumentState.ISSUED).order_by(
        "series", "number"
    )


def download_name(document: Document, form: Literal["docx", "pdf"]) -> str:
    """A file name without spaces or marks: `05-TB-UBND.pdf`, `du-thao-result_notice.pdf`."""
    stem = document.number_text or f"du-thao-{document.kind}"
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in stem) + f".{form}"
