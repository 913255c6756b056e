"""The live sitting: seats, turns, media rooms, events, minutes, conclusions."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.org.models import Agency
from tiepdan.scheduling.models import Appointment, Reception, SiteBooking
from tiepdan.sittings.states import (
    EntryKind,
    RefusalGround,
    RoomPart,
    SittingState,
    VisitState,
)

OFFICER = settings.AUTH_USER_MODEL


class Sitting(BaseModel):
    """A reception while it is held (buổi tiếp đang diễn ra).

    It survives the death of every media room. `last_sequence` numbers its events; it is taken
    under a lock of this row, so that commit order is sequence order. `provider` names the adapter
    of the `video` port. Times are on the product's clock.
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

    def __str__(self) -> str:
        return f"Buổi tiếp {self.reception}"


class Seat(BaseModel):
    """The media seat of one physical room (điểm cầu): one browser with camera and microphone.

    `code` is its identity in the media engine. `session_key` is the web session that holds it:
    the door lets only that one in.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="seats")
    booking = models.ForeignKey(SiteBooking, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    holder = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=64, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["booking__position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sitting", "code"], name="one_seat_a_site"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_hub(self) -> bool:
        """Whether the chair sits here."""
        return self.booking.role == "hub"


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


class MediaRoom(BaseModel):
    """One room of the media engine: a part of a sitting, in one generation.

    `name` is random and never used again. The room is wanted while `closed_at` is empty; the
    reconciler makes the engine agree. Times are the machine's (real) time.
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
                condition=models.Q(closed_at__isnull=True),
                name="one_room_at_a_time",
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
