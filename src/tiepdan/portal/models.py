"""Tries of the public look-up, to slow down guessing."""

from django.db import models

from tiepdan.common import clock


class LookUpTry(models.Model):
    """Somebody asked for a filing; `who` is a keyed hash of network address and code."""

    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.real_now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="tries_of_one")]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%H:%M}"
