"""Tries of the public look-up, to slow down guessing; registrations not sent yet."""

from django.db import models

from tiepdan.common import clock
from tiepdan.common.models import BaseModel


class LookUpTry(models.Model):
    """Somebody asked for a filing; `who` is a keyed hash of network address and code."""

    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.real_now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="tries_of_one")]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%H:%M}"


class Draft(BaseModel):
    """A registration a citizen has begun and not sent (đăng ký đang soạn).

    `sealed` is the answers, encrypted; `code` and `check_digest` exist once the citizen asked to
    go on later; `sender` is whose uploaded files belong to it. Swept some days after the last
    change, deleted when sent.
    """

    sealed = models.TextField(blank=True)
    code = models.CharField(max_length=16, unique=True, null=True)  # noqa: DJ001 - unique
    check_digest = models.CharField(max_length=64, blank=True)
    sender = models.CharField(max_length=64)
    changed_at = models.DateTimeField(default=clock.real_now, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
