"""The life of an assignment; pure."""

from django.db.models import TextChoices


class AssignmentState(TextChoices):
    """Where an assignment stands (giao việc); overdue is derived."""

    ASSIGNED = "assigned", "Đang thực hiện"
    ANSWERED = "answered", "Đã báo cáo kết quả"
    RETURNED = "returned", "Trả lại, làm tiếp"
    CLOSED = "closed", "Đã hoàn thành"


ASSIGNMENT_TRANSITIONS: dict[tuple[AssignmentState, str], AssignmentState] = {
    (AssignmentState.ASSIGNED, "answer"): AssignmentState.ANSWERED,
    (AssignmentState.RETURNED, "answer"): AssignmentState.ANSWERED,
    (AssignmentState.ANSWERED, "return"): AssignmentState.RETURNED,
    (AssignmentState.ANSWERED, "close"): AssignmentState.CLOSED,
}
