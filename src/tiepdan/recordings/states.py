"""The life of a recording; pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordingState(TextChoices):
    """Where a recording stands (đang ghi, đã lưu, đã niêm phong, đã hủy, hỏng)."""

    RUNNING = "running", _("Đang ghi")
    STORED = "stored", _("Đã lưu")
    SEALED = "sealed", _("Đã niêm phong")
    FAILED = "failed", _("Không ghi được")


RECORDING_TRANSITIONS: dict[tuple[RecordingState, str], RecordingState] = {
    (RecordingState.RUNNING, "store"): RecordingState.STORED,
    (RecordingState.RUNNING, "fail"): RecordingState.FAILED,
    (RecordingState.STORED, "seal"): RecordingState.SEALED,
}
