"""After the sitting: the result notice and what was promised."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.followup.states import AssignmentState
from tiepdan.org.models import Agency
from tiepdan.sittings.models import ConclusionItem, Visit

OFFICER = settings.AUTH_USER_MODEL


class ResultNotice(BaseModel):
    """The result of a turn in writing (thông báo kết quả tiếp công dân).

    Its state is its document's.
    """

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="result_notice")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.document)


class Assignment(BaseModel):
    """A task from a conclusion (giao việc): one body, one deadline.

    Made when the notice is issued.
    """

    item = models.OneToOneField(ConclusionItem, on_delete=models.PROTECT, related_name="assignment")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    deadline = models.DateField(db_index=True)
    state = models.CharField(
        max_length=12, choices=AssignmentState.choices, default=AssignmentState.ASSIGNED
    )
    given_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["deadline"]

    def __str__(self) -> str:
        return f"{self.agency}: {self.item}"


class Answer(BaseModel):
    """What the body reported on its task (báo cáo kết quả); the newest counts."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    returned_reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at"]

    def __str__(self) -> str:
        return self.text
