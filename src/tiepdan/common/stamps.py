"""How times are written into files that outlive the product."""

from datetime import UTC, datetime

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def stamp(moment: datetime) -> str:
    """The moment (aware) in UTC, RFC 3339, always six digits of a second."""
    return moment.astimezone(UTC).strftime(_FORM)


def moment_of(text: str) -> datetime:
    """The moment that a stamp names; raises ValueError."""
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)
