"""Papers of a case on the screens of a turn."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.matters.models import Attachment
from tiepdan.sittings.models.sitting import OFFICER
from tiepdan.sittings.models.turns import Visit
from tiepdan.sittings.states import Layout


class ShownPaper(BaseModel):
    """A paper of the case shown to everybody in a turn (giấy tờ trình chiếu).

    `sha256` is of the file as kept, so that the log says what was seen even when the file is gone.
    `pages` is empty until the first page is drawn, `began_at` until it is on the screens; `page`
    is the one shown now. `layout` is what the screens go back to. Product's clock.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="shown_papers")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(null=True)
    page = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_unreadable = models.BooleanField(default=False)
    layout = models.CharField(max_length=8, choices=Layout.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=models.Q(ended_at__isnull=True),
                name="one_paper_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.sha256[:12]}"
