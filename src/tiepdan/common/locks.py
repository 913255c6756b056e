"""One at a time for what has no row yet to lock."""

import hashlib

from django.db import connection

KEY_BYTES = 8
"""Of PostgreSQL's advisory locks: a signed 64-bit number."""


def hold(name: str) -> None:
    """Wait until nobody else holds this name, and hold it until the transaction ends.

    Two clerks who enter one person at the same moment find no row to lock. PostgreSQL has
    advisory locks for it; on SQLite the IMMEDIATE transaction is alone anyway.
    """
    if connection.vendor != "postgresql":
        return
    digest = hashlib.sha256(name.encode()).digest()[:KEY_BYTES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, "big", signed=True)]
        )
