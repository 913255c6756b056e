"""What keeps the operator busy: figures of each site, and tasks."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.sittings.models.sitting import OFFICER, Seat, Sitting
from tiepdan.sittings.states import TaskState


class SeatReport(models.Model):
    """The newest figures of a site's line and machine (số đo đường truyền); one row a seat.

    `readings` as `line_rules.Readings.as_json`; `troubles`: what is wrong, and since when (ISO).
    Times are the machine's.
    """

    seat = models.OneToOneField(
        Seat, primary_key=True, on_delete=models.CASCADE, related_name="report"
    )
    at = models.DateTimeField()
    readings = models.JSONField(default=dict)
    troubles = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.seat} {self.at:%H:%M:%S}"


class OperatorTask(BaseModel):
    """A problem that somebody has to settle (việc kỹ thuật), with an owner and a time to be done.

    `cause` is short and stable: no second task is opened for it while one is not done. `over_at`:
    the trouble itself has ended. A task nobody took ends with its trouble.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="tasks")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="tasks")
    cause = models.CharField(max_length=120)
    words = models.CharField(max_length=250)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    opened_at = models.DateTimeField()
    done_by = models.DateTimeField()
    owner = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")
    over_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["done_by"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sitting", "cause"],
                condition=~models.Q(state=TaskState.DONE),
                name="one_task_a_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cause}: {self.words}"
