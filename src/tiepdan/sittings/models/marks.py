"""What the secretary's marks are about."""

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.sittings.models.sitting import SittingEvent


class MarkedMoment(BaseModel):
    """The free words of a mark (dấu mốc), beside its event, which everybody at control reads.

    Only pages that may read the minutes or watch the recording ask for them.
    """

    event = models.OneToOneField(SittingEvent, on_delete=models.PROTECT, related_name="mark")
    words = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.words
