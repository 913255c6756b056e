"""The life of a document; pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentState(TextChoices):
    """Where a document (văn bản) stands; issued is final."""

    DRAFT = "draft", _("Dự thảo")
    APPROVED = "approved", _("Đã duyệt")
    ISSUED = "issued", _("Đã ban hành")


DOCUMENT_TRANSITIONS: dict[tuple[DocumentState, str], DocumentState] = {
    (DocumentState.DRAFT, "revise"): DocumentState.DRAFT,
    (DocumentState.APPROVED, "revise"): DocumentState.DRAFT,
    (DocumentState.DRAFT, "approve"): DocumentState.APPROVED,
    (DocumentState.APPROVED, "issue"): DocumentState.ISSUED,
}
