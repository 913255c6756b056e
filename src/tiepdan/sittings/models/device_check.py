"""Whether a site's machine was tried before the sitting."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.sittings.models.sitting import OFFICER, Seat


class DeviceCheck(BaseModel):
    """A try of camera, microphone, loudspeaker and line at a site (kiểm tra máy).

    The try goes through the real engine in a room of that page alone, `room_name`; the room is
    wanted until `ended_at` or a while after `opened_at`, and is never recorded. `score` stays
    empty until the page has told what it found. Times are the machine's.
    """

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="checks")
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=64)
    room_name = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    score = models.CharField(max_length=8, blank=True)
    faults = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    browser = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at"]

    def __str__(self) -> str:
        return f"{self.seat} {self.score}"
