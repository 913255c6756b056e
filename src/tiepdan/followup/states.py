"""The life of an assignment; pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AssignmentState(TextChoices):
    """Where an assignment stands (giao việc); overdue is derived."""

    ASSIGNED = "assigned", _("Đang thực hiện")
    ANSWERED = "answered", _("Đã báo cáo kết quả")
    RETURNED = "returned", _("Trả lại, làm tiếp")
    CLOSED = "closed", _("Đã hoàn thành")


ASSIGNMENT_TRANSITIONS: dict[tuple[AssignmentState, str], AssignmentState] = {
    (AssignmentState.ASSIGNED, "answer"): AssignmentState.ANSWERED,
    (AssignmentState.RETURNED, "answer"): AssignmentState.ANSWERED,
    (AssignmentState.ANSWERED, "return"): AssignmentState.RETURNED,
    (AssignmentState.ANSWERED, "close"): AssignmentState.CLOSED,
}
