"""Filling a Word template with a document's context."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from tiepdan.common import clock
from tiepdan.documents.kinds import KindOfDocument, kind_of
from tiepdan.documents.models import Document
from tiepdan.documents.plain import literal
from tiepdan.documents.states import DocumentState
from tiepdan.documents.wording import FILTERS, name_lines, ngay_dai

TEMPLATES = Path(__file__).parent / "templates_docx"


def render_docx(document: Document, template_file: Path | BytesIO | None = None) -> bytes:
    """The document as DOCX; before issue with the mark «DỰ THẢO», without number and day.

    By the template that comes with the product unless another one is given.

    Raises jinja2.TemplateError when an edited template asks for something that is not there.
    """
    kind = kind_of(document.kind)
    template = DocxTemplate(template_file or TEMPLATES / kind.template)
    template.init_docx()
    template.render(_values(document, kind, template), environment(), autoescape=True)
    template.docx.core_properties.title = document.title
    template.docx.core_properties.language = "vi-VN"
    content = BytesIO()
    template.save(content)
    return content.getvalue()


def environment() -> SandboxedEnvironment:
    """Templates are edited by people: no access to Python, and a missing name is an error."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.filters.update(FILTERS)
    return environment


def _values(document: Document, kind: KindOfDocument, template: DocxTemplate) -> dict[str, Any]:
    context = document.context
    values: dict[str, Any] = literal(context)
    values |= {
        "title": literal(_unbroken(document.title)),
        "draft": document.state != DocumentState.ISSUED,
        "number_text": literal(_number_text(document, kind)),
        "date_text": _date_text(document),
        "issuer_lines": literal(name_lines(context["letterhead"]["issuer_name"])),
        "parent_lines": literal(name_lines(context["letterhead"]["parent_name"])),
    }
    if url := context.get("tracking_url"):
        values["qr"] = InlineImage(template, _qr(url), width=Mm(32))
        values["tracking_site"] = literal(urlsplit(url).netloc or url)
    return values


def _unbroken(title: str) -> str:
    """The name of the committee is not parted at a line's end of a centred title."""
    return re.sub(r"(?i)ủy ban nhân dân", lambda name: name[0].replace(" ", "\u00a0"), title)


def _number_text(document: Document, kind: KindOfDocument) -> str:
    """The number, or room for it before the slash."""
    blank = f"{' ' * 8}/{kind.symbol(document.context['letterhead'])}"
    return document.number_text or blank


def _date_text(document: Document) -> str:
    """The day of issue, or room for it."""
    if document.issued_on:
        return ngay_dai(document.issued_on.isoformat())
    return f"ngày       tháng       năm {clock.today().year}"


def _qr(text: str) -> BytesIO:
    """A QR code (ISO/IEC 18004), error correction M or better, with its quiet zone, as PNG."""
    image = BytesIO()
    segno.make_qr(text, error="m").save(image, kind="png", scale=8, border=4)
    image.seek(0)
    return image
