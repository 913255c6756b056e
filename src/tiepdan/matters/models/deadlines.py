"""What has to be done until when, and what happened to that day."""

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.matters.models.filings import Filing
from tiepdan.matters.states import DeadlineChangeKind, DeadlineKind, TimeUnit
from tiepdan.org.models import Agency

OFFICER = settings.AUTH_USER_MODEL


class Deadline(BaseModel):
    """A limit of time that runs on a filing (thời hạn): base, suspension, extension.

    `amount` and `unit` are the rule's value on the day it started, so that a later rule does not
    move it; `rule` is its key. `due_on` is the last day now, kept by `matters.actions.deadlines`
    alone; how it came about is in the changes.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=24, choices=DeadlineKind.choices)
    rule = models.CharField(max_length=60)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16, choices=TimeUnit.choices)
    started_on = models.DateField()
    due_on = models.DateField(db_index=True)
    responsible = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    suspended_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["due_on", "created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_on:%d/%m/%Y}"


class DeadlineChange(BaseModel):
    """One thing that happened to a deadline, with its reason; never rewritten."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=DeadlineChangeKind.choices)
    on = models.DateField()
    amount = models.PositiveSmallIntegerField(default=0)
    due_before = models.DateField()
    due_after = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]


class Urging(BaseModel):
    """A letter that urges an overdue body (công văn đôn đốc): the n-th of a deadline."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="urgings")
    number = models.PositiveSmallIntegerField()
    letter = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["deadline", "number"], name="one_urging_of_a_number")
        ]
