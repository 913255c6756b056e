"""Handing out the files of documents, after the check and with a line in the log."""

from typing import Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from tiepdan.audit.actions import record
from tiepdan.desk.documents.scope import documents_for
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.documents.models import Document
from tiepdan.documents.queries import download_name

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@official()
@require_GET
def document_file(request: OfficialRequest, pk: UUID, form: Literal["docx", "pdf"]) -> HttpResponse:
    """A document as DOCX or PDF; nginx sends the file (X-Accel-Redirect)."""
    document = get_object_or_404(documents_for(request.user), pk=pk)
    name = document.docx_name if form == "docx" else document.pdf_name
    if not name or not document.is_rendered:
        return render(request, "desk/not_ready.html", {"document": document}, status=202)
    record(verb="download_document", on=document, by=request.user, detail={"form": form})
    return send(f"documents/{name}", CONTENT_TYPES[form], download_name(document, form))


def send_to_read(document: Document) -> HttpResponse:
    """The PDF of a document shown in the page that asks for it, not saved as a file."""
    response = HttpResponse(content_type=CONTENT_TYPES["pdf"])
    response["X-Accel-Redirect"] = f"/protected/papers/{document.pdf_name}"
    name = download_name(document, "pdf")
    response["Content-Disposition"] = str(content_disposition_header(False, name))  # noqa: FBT003
    return response


def send(protected: str, content_type: str, file_name: str = "") -> HttpResponse:
    """Let nginx send a protected file; raises Http404 for a name that leads elsewhere."""
    if ".." in protected:
        raise Http404
    response = HttpResponse(content_type=content_type)
    response["X-Accel-Redirect"] = f"/protected/{protected}"
    if file_name:
        response["Content-Disposition"] = str(
            content_disposition_header(as_attachment=True, filename=file_name)
        )
    return response
