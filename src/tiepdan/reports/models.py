"""Reports as they were sent: figures frozen with the version of the query that counted them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.org.models import Agency


class PeriodicReport(BaseModel):
    """A frozen report of a period (báo cáo định kỳ); both days are inclusive.

    `figures` is what `queries` counted; `file` the workbook, relative to DOCUMENTS_DIR.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    figures = models.JSONField()
    query_version = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_on", "-frozen_at"]

    def __str__(self) -> str:
        return f"{self.starts_on:%d/%m/%Y} - {self.ends_on:%d/%m/%Y}"
