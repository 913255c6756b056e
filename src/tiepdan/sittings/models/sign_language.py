"""Which site's camera shows the sign interpreter."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.sittings.models.sitting import OFFICER, Seat


class SignInterpreter(BaseModel):
    """A site whose camera shows the sign interpreter (người phiên dịch ngôn ngữ ký hiệu).

    Its picture is pinned for everyone and in the film, and it is admitted to the turns of citizens
    who need it. `dismissed_at` ends it. Times are the machine's, as those of rooms are.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="signings")
    appointed_by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["appointed_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(dismissed_at__isnull=True),
                name="one_signing_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.appointed_at:%H:%M}"
