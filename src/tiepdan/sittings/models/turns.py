"""A citizen's turn and what goes before it."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.matters.states import RefusalGround
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings.models.sitting import OFFICER, Sitting
from tiepdan.sittings.states import (
    VisitState,
)


class IdentityCheck(BaseModel):
    """A commune officer has seen the citizen's papers (xác minh nhân thân; TT 04/2021, Điều 5).

    `needs_met`: what the citizen needs at the site was there; else `needs_note` says what was
    done instead.
    """

    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="identity_check"
    )
    papers = models.CharField(max_length=160)
    recording_explained = models.BooleanField()
    needs_met = models.BooleanField(default=False)
    needs_note = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.appointment}: {self.papers}"


class Visit(BaseModel):
    """A citizen's turn (lượt tiếp), the unit counted in reports.

    `started_at` is when the recording of both ends was verified on disk, or the chair decided a
    logged exception: `unrecorded_reason` says why (law.md 6.7 no. 1). `number` is the citizen's
    place in the reception. `conclusion_draft`: points being composed, as `{text, agency, deadline}`
    with the agency's key and an ISO date, both "" for a point answered at once.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="visits")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="visit")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=VisitState.choices, default=VisitState.CALLED)
    called_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    unrecorded_reason = models.CharField(max_length=250, blank=True)
    refusal_ground = models.CharField(max_length=2, choices=RefusalGround.choices, blank=True)
    refusal_reason = models.TextField(blank=True)
    conclusion_draft = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sitting", "number"], name="one_visit_a_number"),
            models.UniqueConstraint(
                fields=["sitting"],
                condition=models.Q(state=VisitState.CALLED),
                name="one_visit_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Lượt {self.number}"


class Passing(BaseModel):
    """A waiting citizen let others go first (để sau), with the chair's reason.

    The place in the reception stays; in the queue they come after those never passed over.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="passings")
    reason = models.CharField(max_length=250)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.reason}"
