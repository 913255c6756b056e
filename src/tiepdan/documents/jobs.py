"""Background work: making the files of a document."""

import hashlib
from io import BytesIO

from django.db import transaction
from django_tasks import task

from tiepdan.documents import office, storage, templates
from tiepdan.documents.models import Document
from tiepdan.documents.rendering import render_docx


@task()
def render_document(document_id: str) -> bool:
    """Make DOCX and PDF of the document as it is now; True when they were stored.

    May be run again at any time: files that fit the text are left alone, and a text that changed
    meanwhile is left to the job its change has enqueued. Raises ConversionError, then it is tried
    again by whoever runs `queries.to_render`.
    """
    document = Document.objects.get(pk=document_id)
    if document.is_rendered:
        return False
    template = templates.in_force(document.kind)
    docx_content = render_docx(document, BytesIO(template))
    pdf_content = office.to_pdf(docx_content)
    docx = storage.store(document.pk, document.revision, "docx", docx_content)
    pdf = storage.store(document.pk, document.revision, "pdf", pdf_content)
    return _note_files(document, docx, pdf, hashlib.sha256(template).hexdigest())


@transaction.atomic
def _note_files(
    document: Document, docx: storage.StoredFile, pdf: storage.StoredFile, template_sha256: str
) -> bool:
    """Remember the files unless the text changed or another worker was first."""
    fresh = Document.objects.select_for_update().get(pk=document.pk)
    if fresh.revision != document.revision or fresh.is_rendered:
        return False
    fresh.docx_name, fresh.docx_sha256, fresh.docx_size = docx.name, docx.sha256, docx.size
    fresh.pdf_name, fresh.pdf_sha256, fresh.pdf_size = pdf.name, pdf.sha256, pdf.size
    fresh.template_sha256 = template_sha256
    fresh.rendered_revision = fresh.revision
    fresh.save()
    return True
