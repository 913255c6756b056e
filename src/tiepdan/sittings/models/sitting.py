"""The live sitting, its seats and what happened in it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.org.models import AgencyKind, VideoSite
from tiepdan.scheduling.models import Reception, SiteBooking
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings.states import Layout, SittingRole, SittingState

OFFICER = settings.AUTH_USER_MODEL


class Sitting(BaseModel):
    """A reception while it is held (buổi tiếp đang diễn ra).

    It survives the death of every media room. `last_sequence` numbers its events; it is taken
    under a lock of this row, so that commit order is sequence order. `provider` names the adapter
    of the `video` port. Times are on the product's clock. What the chair decides for all screens:
    `layout`, the seat shown large (`spotlight`), the only seat besides the hub that is heard
    (`floor`, quyền phát biểu).
    """

    reception = models.OneToOneField(Reception, on_delete=models.PROTECT, related_name="sitting")
    state = models.CharField(
        max_length=12, choices=SittingState.choices, default=SittingState.WAITING
    )
    provider = models.CharField(max_length=24)
    last_sequence = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    minutes = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    layout = models.CharField(max_length=8, choices=Layout.choices, default=Layout.SPEAKER)
    spotlight = models.ForeignKey("Seat", null=True, on_delete=models.SET_NULL, related_name="+")
    floor = models.ForeignKey("Seat", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"Buổi tiếp {self.reception}"


class Seat(BaseModel):
    """The media seat of one physical room (điểm cầu), or of one person who joins from elsewhere.

    It is one browser with camera and microphone. A room's seat has a `booking`; a person's seat
    has none, but the role it was made for (`own_role`) and the name others see (`label`).

    `code` is its identity in the media engine. `session_key` is the web session that holds it:
    the door lets only that one in. `locked_at`: the chair has taken the microphone away until it
    is given back; `hand_at`: since when the site asks to speak (giơ tay). Product's clock.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="seats")
    booking = models.ForeignKey(SiteBooking, null=True, on_delete=models.PROTECT, related_name="+")
    own_role = models.CharField(max_length=24, choices=SittingRole.choices, blank=True)
    label = models.CharField(max_length=160, blank=True)
    code = models.SlugField(max_length=40)
    holder = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=64, blank=True)
    taken_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    hand_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["booking__position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sitting", "code"], name="one_seat_a_site"),
            models.CheckConstraint(
                condition=models.Q(booking__isnull=False, own_role="")
                | (models.Q(booking__isnull=True) & ~models.Q(own_role="")),
                name="of_a_room_or_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_hub(self) -> bool:
        """Whether the chair sits here."""
        return self.booking is not None and self.booking.role == SiteRole.HUB

    @property
    def site(self) -> VideoSite | None:
        """The room it belongs to; None for a person's seat."""
        return self.booking.site if self.booking else None

    @property
    def name(self) -> str:
        """What others see beside the picture: the room's name, or what the person is."""
        return self.site.name if self.site else self.label

    @property
    def role(self) -> str:
        """Whose rights the seat has (`roles.TABLE`).

        The chair's at the hub, the citizen's in a commune's room, in another body's room its
        representative's, else the person's.
        """
        if self.booking is None:
            return self.own_role
        if self.is_hub:
            return SittingRole.CHAIR
        is_commune = self.booking.site.agency.kind == AgencyKind.COMMUNE_COMMITTEE
        return SittingRole.CITIZEN if is_commune else SittingRole.AGENCY


class SittingEvent(models.Model):
    """What happened in a sitting (nhật ký buổi tiếp): appended, never changed.

    `audience` is empty for everyone in the sitting, `control` for the control pages, else the code
    of the one seat (and its control page) that may know. `at` is the product's time,
    `recorded_at` the machine's.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    audience = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["sequence"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sitting", "sequence"], name="one_event_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"
