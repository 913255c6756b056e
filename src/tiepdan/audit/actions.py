"""The only writer of the log."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction

from tiepdan.audit.chain import GENESIS, JSON, canonical, fingerprint, stamp
from tiepdan.audit.models import Entry, type_of
from tiepdan.common import clock

_TAIL_LOCK = 4_200_642_013
"""Number of the PostgreSQL advisory lock that only this module takes."""


@transaction.atomic
def record(
    *,
    verb: str,
    on: models.Model,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    detail: Mapping[str, JSON] | None = None,
) -> Entry:
    """Append one act to the log, in the transaction of the act itself.

    `verb` is short and stable («issue_document»), `by` None means the system. Call it last in an
    action: it makes everybody else wait for this transaction to end. Raises TypeError when
    `detail` cannot be written as JSON.
    """
    _wait_for_tail()
    tail = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    sequence, previous = (tail[0] + 1, tail[1]) if tail else (1, GENESIS)
    at, recorded_at = at or clock.now(), clock.real_now()
    facts: dict[str, JSON] = {
        "sequence": sequence,
        "previous": previous,
        "at": stamp(at),
        "recorded_at": stamp(recorded_at),
        "verb": verb,
        "on_type": type_of(on),
        "on_id": str(on.pk),
        "by": None if by is None else str(by.pk),
        "by_name": "" if by is None else by.get_username(),
        "detail": dict(detail or {}),
    }
    line = canonical(facts)
    return Entry.objects.create(
        sequence=sequence,
        at=at,
        recorded_at=recorded_at,
        verb=verb,
        on_type=type_of(on),
        on_id=str(on.pk),
        by_id=None if by is None else by.pk,
        line=line,
        hash=fingerprint(line),
    )


def _wait_for_tail() -> None:
    """One writer at a time; on SQLite the IMMEDIATE transaction has seen to it already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TAIL_LOCK])
