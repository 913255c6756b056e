"""The life of a live sitting and of a citizen's turn; pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SittingState(TextChoices):
    """Where a sitting stands (đang chờ, đang tiếp, tạm dừng, đang bế mạc, kết thúc).

    CLOSING: its rooms are still open and recorded, so that the chair may undo it for a while.
    """

    WAITING = "waiting", _("Đang chờ")
    OPEN = "open", _("Đang tiếp")
    PAUSED = "paused", _("Tạm dừng")
    CLOSING = "closing", _("Đang bế mạc")
    CLOSED = "closed", _("Đã kết thúc")


SITTING_TRANSITIONS: dict[tuple[SittingState, str], SittingState] = {
    (SittingState.WAITING, "open"): SittingState.OPEN,
    (SittingState.OPEN, "pause"): SittingState.PAUSED,
    (SittingState.PAUSED, "resume"): SittingState.OPEN,
    (SittingState.OPEN, "close"): SittingState.CLOSING,
    (SittingState.PAUSED, "close"): SittingState.CLOSING,
    (SittingState.CLOSING, "undo"): SittingState.OPEN,
    (SittingState.CLOSING, "undo_paused"): SittingState.PAUSED,
    (SittingState.CLOSING, "finish"): SittingState.CLOSED,
    (SittingState.WAITING, "finish"): SittingState.CLOSED,
}


class InterludeKind(TextChoices):
    """Why the sitting does not go on for a while (gián đoạn)."""

    PAUSE = "pause", _("Tạm dừng")
    SUSPENSION = "suspension", _("Tạm ngừng vì kỹ thuật")
    DELIBERATION = "deliberation", _("Hội ý riêng")


class VisitState(TextChoices):
    """Where a turn stands (lượt tiếp); that it is being heard is derived: CALLED and started.

    A turn on hold (tạm giữ) goes on later; one that had not started is back in the queue.
    """

    CALLED = "called", _("Đang tiếp")
    HELD = "held", _("Tạm giữ")
    HEARD = "heard", _("Đã tiếp")
    ABSENT = "absent", _("Vắng mặt")
    REFUSED = "refused", _("Từ chối tiếp")
    CARRIED = "carried", _("Chuyển kỳ sau")


VISIT_TRANSITIONS: dict[tuple[VisitState, str], VisitState] = {
    (VisitState.CALLED, "end"): VisitState.HEARD,
    (VisitState.CALLED, "absent"): VisitState.ABSENT,
    (VisitState.CALLED, "refuse"): VisitState.REFUSED,
    (VisitState.CALLED, "hold"): VisitState.HELD,
    (VisitState.HELD, "recall"): VisitState.CALLED,
    (VisitState.HELD, "end"): VisitState.HEARD,
    (VisitState.HELD, "absent"): VisitState.ABSENT,
    (VisitState.HELD, "carry"): VisitState.CARRIED,
}


class RoomPart(TextChoices):
    """Which part of a sitting a media room serves."""

    PLENARY = "plenary", _("Phiên chung")
    VISIT = "visit", _("Lượt tiếp")
    PRIVATE = "private", _("Hội ý riêng")


class Layout(TextChoices):
    """How every screen is arranged (bố cục màn hình); the chair chooses for all."""

    SPEAKER = "speaker", _("Người nói lớn")
    PAIR = "pair", _("Hai bên")
    GRID = "grid", _("Tất cả")
    DOCUMENT = "document", _("Tài liệu")


class SittingRole(TextChoices):
    """What somebody is in one sitting (vai trò trong buổi tiếp); `roles.TABLE` says what they may.

    CITIZEN is the seat of a commune room, whoever sits before its camera; the Centre (Ban Tiếp
    công dân trung ương) observes.
    """

    CHAIR = "chair", _("Người chủ trì")
    COUNCIL = "council", _("Đồng chủ trì: Thường trực Hội đồng nhân dân")
    ASSEMBLY = "assembly", _("Đồng chủ trì: Đoàn đại biểu Quốc hội")
    SECRETARY = "secretary", _("Thư ký")
    AGENCY = "agency", _("Đại diện cơ quan")
    COMMUNE_CHAIR = "commune_chair", _("Chủ tịch UBND cấp xã")
    COMMUNE_CLERK = "commune_clerk", _("Cán bộ tiếp công dân cấp xã")
    CITIZEN = "citizen", _("Ghế công dân")
    SPOKEN_INTERPRETER = "spoken_interpreter", _("Phiên dịch tiếng nói")
    SIGN_INTERPRETER = "sign_interpreter", _("Phiên dịch ngôn ngữ ký hiệu")
    OBSERVER = "observer", _("Quan sát viên")
    PRESS = "press", _("Báo chí")
    OPERATOR = "operator", _("Kỹ thuật viên")


class ShownKind(TextChoices):
    """What is put on the screens of a turn (tệp, màn hình máy tính, camera soi giấy tờ)."""

    FILE = "file", _("Tệp trong hồ sơ")
    SCREEN = "screen", _("Màn hình máy tính")
    CAMERA = "camera", _("Camera soi giấy tờ")


class EntryKind(TextChoices):
    """What a line of the minutes is (biên bản: nội dung, ý kiến, ý kiến người được tiếp)."""

    REQUEST = "request", _("Nội dung, yêu cầu của công dân")
    OPINION = "opinion", _("Ý kiến")
    CITIZEN_OPINION = "citizen_opinion", _("Ý kiến của người được tiếp")
    NOTE = "note", _("Ghi chú")


class TaskState(TextChoices):
    """Where an operator's task stands (mới, đang xử lý, xong)."""

    OPEN = "open", _("Chưa ai nhận")
    TAKEN = "taken", _("Đang xử lý")
    DONE = "done", _("Đã xong")


TASK_TRANSITIONS: dict[tuple[TaskState, str], TaskState] = {
    (TaskState.OPEN, "take"): TaskState.TAKEN,
    (TaskState.TAKEN, "take"): TaskState.TAKEN,
    (TaskState.OPEN, "finish"): TaskState.DONE,
    (TaskState.TAKEN, "finish"): TaskState.DONE,
}
