"""The minutes while they are written, and the conclusions."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.org.models import Agency
from tiepdan.sittings.models.sitting import OFFICER, Sitting
from tiepdan.sittings.models.turns import Visit
from tiepdan.sittings.states import (
    EntryKind,
)


class MinutesEntry(BaseModel):
    """A line of the minutes while they are written (biên bản); `visit` empty: the plenary."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="entries")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16, choices=EntryKind.choices)
    speaker = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "created_at"]

    def __str__(self) -> str:
        return self.text


class Conclusion(BaseModel):
    """What the chair concluded in a turn (kết luận); confirmed once, then only read."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="conclusion")
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Kết luận {self.visit}"


class ConclusionItem(BaseModel):
    """One point of a conclusion: who does what until when.

    A directed point has both agency and deadline («ấn định thời gian», TT 04/2021/TT-TTCP);
    a point answered at once has neither.
    """

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(agency__isnull=True, deadline__isnull=True)
                | models.Q(agency__isnull=False, deadline__isnull=False),
                name="directed_with_body_and_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.text
