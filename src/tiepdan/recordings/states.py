"""The life of a recording; pure."""

from django.db.models import TextChoices


class RecordingState(TextChoices):
    """Where a recording stands (đang ghi, đã lưu, đã niêm phong, đã hủy, hỏng)."""

    RUNNING = "running", "Đang ghi"
    STORED = "stored", "Đã lưu"
    SEALED = "sealed", "Đã niêm phong"
    FAILED = "failed", "Không ghi được"


RECORDING_TRANSITIONS: dict[tuple[RecordingState, str], RecordingState] = {
    (RecordingState.RUNNING, "store"): RecordingState.STORED,
    (RecordingState.RUNNING, "fail"): RecordingState.FAILED,
    (RecordingState.STORED, "seal"): RecordingState.SEALED,
}
