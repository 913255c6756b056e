"""Documents made from the samples, and what is in their files."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document as Docx

from tiepdan.accounts.models import User
from tiepdan.documents.actions import draft_and_issue, draft_document
from tiepdan.documents.kinds import DocumentKind, kind_of
from tiepdan.documents.models import Document
from tiepdan.documents.rendering import TEMPLATES, render_docx
from tiepdan.documents.samples import SAMPLES
from tiepdan.documents.states import DocumentState

ISSUER = "ubnd-tinh"


def unsaved(kind: DocumentKind, *, issued: bool = True, **changes: object) -> Document:
    """A sample as a document that is not in the database."""
    title, context = SAMPLES[kind]
    document = Document(kind=kind, issuer=ISSUER, title=title, context=context | changes)
    if issued:
        document.state = DocumentState.ISSUED
        document.number, document.issued_on = 5, date(2026, 2, 3)
        document.symbol = kind_of(kind).symbol(context["letterhead"])
    return document


def draft(by: User, kind: DocumentKind = DocumentKind.INVITATION) -> Document:
    """A sample drafted by the product's own action."""
    title, context = SAMPLES[kind]
    return draft_document(kind=kind, issuer=ISSUER, title=title, context=context, by=by)  # type: ignore[arg-type]


def issued(
    by: User, kind: DocumentKind = DocumentKind.INVITATION, issuer: str = ISSUER
) -> Document:
    """A sample issued in one act."""
    title, context = SAMPLES[kind]
    return draft_and_issue(kind=kind, issuer=issuer, title=title, context=context, by=by)  # type: ignore[arg-type]


def opened(document: Document) -> Docx:
    """The rendered Word file, opened again."""
    return docx.Document(BytesIO(render_docx(document)))


def edited(kind: DocumentKind, text: str) -> bytes:
    """Our template of that kind with one more paragraph, as somebody saves it in Word."""
    file, content = docx.Document(str(TEMPLATES / kind_of(kind).template)), BytesIO()
    file.add_paragraph(text)
    file.save(content)
    return content.getvalue()


def text_of(file: Docx) -> str:
    """Everything the body says, tables included, in order."""
    return "\n".join(
        "".join(part.text or "" for part in paragraph.iter(_TEXT))
        for paragraph in file.element.body.iter(_PARAGRAPH)
    )


def parts_of(content: bytes) -> dict[str, bytes]:
    """The XML parts of a Word file, less the dates of the archive."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _PARAGRAPH = f"{_WORD}t", f"{_WORD}p"
