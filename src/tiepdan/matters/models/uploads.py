"""Files that come in pieces over a weak line, before they belong to a filing."""

from django.db import models

from tiepdan.common import clock
from tiepdan.common.models import BaseModel


class PartialUpload(BaseModel):
    """A file on its way (tệp đang gửi); what has arrived is the length of its file on disk.

    `owner` is a keyed hash of the account or the browser's session that sends it: nobody else may
    go on with it or use it. `size` is in bytes, as announced. `used_at` is when a filing took it.
    """

    owner = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=124)
    size = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=clock.real_now, db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk} {self.size}"
