"""Planned receptions, who comes to which site, who is invited."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.matters.models import Filing
from tiepdan.org.models import Agency, VideoSite
from tiepdan.scheduling.states import ReceptionKind, ReceptionMode, ReceptionState, SiteRole

OFFICER = settings.AUTH_USER_MODEL


class Reception(BaseModel):
    """A planned reception (buổi tiếp công dân); the live one is a `Sitting` with the same id."""

    kind = models.CharField(
        max_length=16, choices=ReceptionKind.choices, default=ReceptionKind.PERIODIC
    )
    mode = models.CharField(
        max_length=16, choices=ReceptionMode.choices, default=ReceptionMode.HYBRID
    )
    state = models.CharField(
        max_length=16, choices=ReceptionState.choices, default=ReceptionState.PLANNED
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="receptions")
    chair = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    secretary = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    planned_by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    notice = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%d/%m/%Y}"


class SiteBooking(BaseModel):
    """A site that takes part in one reception, as hub or branch; `position` is its lane."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="bookings")
    site = models.ForeignKey(VideoSite, on_delete=models.PROTECT, related_name="bookings")
    role = models.CharField(max_length=8, choices=SiteRole.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reception", "site"], name="a_site_once_a_reception"),
            models.UniqueConstraint(
                fields=["reception"], condition=models.Q(role="hub"), name="one_hub_a_reception"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.site}"


class Appointment(BaseModel):
    """A citizen's place in a reception (lượt hẹn): at which site, in which order.

    Order is registration order, carried-over citizens first (QĐ 2193, mục I.2).
    `slip` is the appointment slip (phiếu hẹn).
    """

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="appointments")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="appointments")
    booking = models.ForeignKey(SiteBooking, on_delete=models.PROTECT, related_name="appointments")
    order = models.PositiveSmallIntegerField()
    carried_from = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    slip = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reception", "order"], name="one_citizen_a_place"),
            models.UniqueConstraint(fields=["reception", "filing"], name="a_filing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.filing}"


class CarryOver(BaseModel):
    """A citizen not heard this time keeps their place for the next (chuyển kỳ sau)."""

    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="carry_over"
    )
    reason = models.CharField(max_length=250)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.appointment}: {self.reason}"


class Invitation(BaseModel):
    """A body asked to take part and to prepare (giấy mời)."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="invitations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reception", "agency"], name="one_invitation_a_body"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.reception}"
