"""Recordings as evidence, and who watched them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.recordings.states import RecordingState
from tiepdan.sittings.models import MediaRoom

OFFICER = settings.AUTH_USER_MODEL


class Recording(BaseModel):
    """What was recorded of one media room (bản ghi hình).

    `folder` is relative to RECORDINGS_DIR: originals and journal while it runs, the evidence
    package once sealed. `package` and `playable` are relative to RECORDINGS_DIR too. Sizes are in
    bytes, `duration_ms` in milliseconds, times are the machine's.
    """

    room = models.OneToOneField(MediaRoom, on_delete=models.PROTECT, related_name="recording")
    state = models.CharField(
        max_length=12, choices=RecordingState.choices, default=RecordingState.RUNNING
    )
    folder = models.CharField(max_length=160, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    package = models.CharField(max_length=200, blank=True)
    playable = models.CharField(max_length=200, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    signer = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["started_at"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.room}"


class Viewing(BaseModel):
    """Somebody asked to see a recording, and for what purpose (mục đích xem)."""

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="viewings")
    purpose = models.CharField(max_length=250)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return f"{self.by}: {self.purpose}"
