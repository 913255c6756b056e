"""Media rooms and who may be in them."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.sittings.models.sitting import Seat, Sitting
from tiepdan.sittings.models.turns import Visit
from tiepdan.sittings.states import (
    RoomPart,
)


class MediaRoom(BaseModel):
    """One room of the media engine: a part of a sitting, in one generation.

    `name` is random and never used again. The room is wanted while `closed_at` is empty; the
    reconciler makes the engine agree. A private room (hội ý riêng) may be open beside another one
    and is never recorded. Times are the machine's (real) time.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="rooms")
    part = models.CharField(max_length=8, choices=RoomPart.choices)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="rooms")
    generation = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    provisioned_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sitting"],
                condition=models.Q(closed_at__isnull=True) & ~models.Q(part=RoomPart.PRIVATE),
                name="one_room_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["sitting"],
                condition=models.Q(closed_at__isnull=True, part=RoomPart.PRIVATE),
                name="one_private_room_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.generation} ({self.name})"


class Admission(BaseModel):
    """A seat may be in a media room (roster); withdrawn rows stay for the record.

    `joined_at` and `left_at` are the newest of each. `removal_reason` says that the chair put the
    seat out of this room: taking the seat again does not let it back in. Machine's times.
    """

    room = models.ForeignKey(MediaRoom, on_delete=models.PROTECT, related_name="admissions")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="admissions")
    admitted_at = models.DateTimeField()
    token_issued_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    removal_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["room", "seat"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_admission_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} -> {self.room}"

    @property
    def is_inside(self) -> bool:
        """Whether the seat is connected, as far as the engine has told."""
        return self.joined_at is not None and self.left_at is None and self.withdrawn_at is None
