"""Times in which a sitting does not go on."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.sittings.models.rooms import MediaRoom
from tiepdan.sittings.models.sitting import OFFICER, Sitting
from tiepdan.sittings.states import InterludeKind


class Interlude(BaseModel):
    """A pause, a technical suspension or a deliberation (tạm dừng, sự cố, hội ý riêng).

    `words` are what the sites read; of a deliberation nothing is kept but its times. `owner` looks
    after it. `room` is where a deliberation's remote members meet, unrecorded; from `private_at`
    on (the machine's clock) no packet of theirs is in the turn's room, as the engine was seen.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="interludes")
    kind = models.CharField(max_length=12, choices=InterludeKind.choices)
    words = models.CharField(max_length=250, blank=True)
    owner = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    room = models.ForeignKey(MediaRoom, null=True, on_delete=models.PROTECT, related_name="+")
    private_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["began_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sitting"],
                condition=models.Q(ended_at__isnull=True),
                name="one_interlude_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.began_at:%H:%M:%S}"
