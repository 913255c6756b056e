"""The log of acts: written once, never changed."""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from tiepdan.audit.chain import JSON


def type_of(obj: models.Model) -> str:
    """The object's model as the log names it: «documents.document»."""
    return str(obj._meta.label_lower)  # noqa: SLF001 - Django's documented `_meta`


class Entry(models.Model):
    """One act in the log (nhật ký): who did what to which object, and when.

    `line` is the canonical JSON of all facts, with the fingerprint of the entry before it; `hash`
    is its SHA-256. The other columns repeat the line for searching, `verify_chain` compares them.
    `at` is the product's time, `recorded_at` the machine's: they differ in rehearsals only.
    The key is the place in the chain, so this is the one model without a random key.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    verb = models.CharField(max_length=64)
    on_type = models.CharField(max_length=64)
    on_id = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    line = models.TextField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["sequence"]
        verbose_name_plural = "entries"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["on_type", "on_id"], name="entries_of_an_object"),
            models.Index(fields=["verb", "at"], name="entries_of_a_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.on_type}:{self.on_id}"

    @property
    def facts(self) -> dict[str, Any]:
        """Everything the line says."""
        facts: dict[str, Any] = json.loads(self.line)
        return facts

    @property
    def detail(self) -> dict[str, JSON]:
        """What the act's author added."""
        detail: dict[str, JSON] = self.facts["detail"]
        return detail
