"""The life of a document; pure."""

from django.db.models import TextChoices


class DocumentState(TextChoices):
    """Where a document (văn bản) stands; issued is final."""

    DRAFT = "draft", "Dự thảo"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"


DOCUMENT_TRANSITIONS: dict[tuple[DocumentState, str], DocumentState] = {
    (DocumentState.DRAFT, "revise"): DocumentState.DRAFT,
    (DocumentState.APPROVED, "revise"): DocumentState.DRAFT,
    (DocumentState.DRAFT, "approve"): DocumentState.APPROVED,
    (DocumentState.APPROVED, "issue"): DocumentState.ISSUED,
}
