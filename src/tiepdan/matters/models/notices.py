"""What a citizen is told of in writing besides what was done with the filing."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.matters.models.filings import Filing
from tiepdan.matters.states import NoticeKind, RefusalGround

OFFICER = settings.AUTH_USER_MODEL


class Notice(BaseModel):
    """A paper on an act that leaves the disposition as it is (văn bản thông báo).

    Refused at the door, not taken up, taken back, discontinued. A citizen may be refused several
    times, by one of the `ground`s of Luật Tiếp công dân, Điều 9; the others happen once.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16, choices=NoticeKind.choices)
    ground = models.CharField(max_length=2, choices=RefusalGround.choices, blank=True)
    reason = models.TextField()
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "kind"],
                condition=~Q(kind=NoticeKind.RECEPTION_REFUSED),
                name="one_notice_of_a_kind",
            )
        ]
