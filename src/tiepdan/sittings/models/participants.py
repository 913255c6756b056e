"""People added to a sitting beside those whose duty or site brings them, and their cases."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings.models.sitting import OFFICER, Seat, Sitting
from tiepdan.sittings.models.turns import Visit
from tiepdan.sittings.states import SittingRole


class Participant(BaseModel):
    """Somebody with a role in one sitting (thành phần tham dự), at a seat of their own or a site's.

    `ended_at` ends it: nothing of the role is left. Times are the machine's.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=24, choices=SittingRole.choices)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="participants")
    added_by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sitting", "user"],
                condition=models.Q(ended_at__isnull=True),
                name="one_role_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class CaseAttendance(BaseModel):
    """A seat is named for a citizen's case (tham dự vụ việc): it is let into that turn alone.

    `ended_at` takes it back. Times are the machine's.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="cases")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="attendances"
    )
    named_by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["appointment__order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["seat", "appointment"],
                condition=models.Q(ended_at__isnull=True),
                name="one_naming_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.appointment}"


class TurnInvite(BaseModel):
    """A link that brings one more person into a running turn (lời mời vào lượt), once.

    Only the `token_hash` is kept; the link itself is shown once. Whoever opens it until
    `expires_at` becomes `participant`. Machine's times.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="invites")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=SittingRole.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    participant = models.OneToOneField(
        Participant, null=True, on_delete=models.PROTECT, related_name="invite"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at"]

    def __str__(self) -> str:
        return f"{self.name}: {self.visit}"
