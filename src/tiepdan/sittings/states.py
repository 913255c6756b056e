"""The life of a live sitting and of a citizen's turn; pure."""

from django.db.models import TextChoices


class SittingState(TextChoices):
    """Where a sitting stands (đang chờ, đang tiếp, tạm dừng, kết thúc)."""

    WAITING = "waiting", "Đang chờ"
    OPEN = "open", "Đang tiếp"
    PAUSED = "paused", "Tạm dừng"
    CLOSED = "closed", "Đã kết thúc"


SITTING_TRANSITIONS: dict[tuple[SittingState, str], SittingState] = {
    (SittingState.WAITING, "open"): SittingState.OPEN,
    (SittingState.OPEN, "pause"): SittingState.PAUSED,
    (SittingState.PAUSED, "resume"): SittingState.OPEN,
    (SittingState.OPEN, "close"): SittingState.CLOSED,
    (SittingState.PAUSED, "close"): SittingState.CLOSED,
    (SittingState.WAITING, "close"): SittingState.CLOSED,
}


class VisitState(TextChoices):
    """Where a turn stands (lượt tiếp); that it is being heard is derived: CALLED and started."""

    CALLED = "called", "Đang tiếp"
    HEARD = "heard", "Đã tiếp"
    ABSENT = "absent", "Vắng mặt"
    REFUSED = "refused", "Từ chối tiếp"


VISIT_TRANSITIONS: dict[tuple[VisitState, str], VisitState] = {
    (VisitState.CALLED, "end"): VisitState.HEARD,
    (VisitState.CALLED, "absent"): VisitState.ABSENT,
    (VisitState.CALLED, "refuse"): VisitState.REFUSED,
}


class RoomPart(TextChoices):
    """Which part of a sitting a media room serves."""

    PLENARY = "plenary", "Phiên chung"
    VISIT = "visit", "Lượt tiếp"


class EntryKind(TextChoices):
    """What a line of the minutes is (biên bản: nội dung, ý kiến, ý kiến người được tiếp)."""

    REQUEST = "request", "Nội dung, yêu cầu của công dân"
    OPINION = "opinion", "Ý kiến"
    CITIZEN_OPINION = "citizen_opinion", "Ý kiến của người được tiếp"
    NOTE = "note", "Ghi chú"


class RefusalGround(TextChoices):
    """Grounds of refusal (Luật Tiếp công dân, Điều 9); no. 3 is the head's alone."""

    INCAPABLE = "1", "Khoản 1: không làm chủ được hành vi"
    DISORDER = "2", "Khoản 2: đe dọa, xúc phạm, vi phạm nội quy"
    SETTLED = "3", "Khoản 3: đã giải quyết đúng, đã rà soát và thông báo bằng văn bản"
    OTHER = "4", "Khoản 4: trường hợp khác theo quy định của pháp luật"
