"""The form of an audit line and its fingerprint; pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

GENESIS = "0" * 64
"""What stands in the first entry in place of its predecessor's fingerprint."""


def canonical(facts: Mapping[str, JSON]) -> str:
    """The facts as one JSON line that is always written the same way.

    Keys sorted, no spaces, no NaN, letters kept as they are.
    """
    return json.dumps(
        facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def fingerprint(line: str) -> str:
    """SHA-256 of the line in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(line.encode("utf-8")).hexdigest()


def stamp(moment: datetime) -> str:
    """The moment in UTC with microseconds, RFC 3339."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
