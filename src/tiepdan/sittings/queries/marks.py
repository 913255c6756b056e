"""The secretary's marks."""

from dataclasses import dataclass
from datetime import datetime

from tiepdan.sittings.models import Sitting, Visit


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment the secretary marked (dấu mốc); `key` names it within its sitting."""

    key: int
    at: datetime
    words: str


def marks(sitting: Sitting, visit: Visit | None) -> list[Mark]:
    """Those of a turn, or of the plenary and the time between turns; oldest first."""
    number = visit.number if visit else 0
    rows = sitting.events.filter(kind="mark", data__number=number).select_related("mark")
    return [Mark(row.sequence, row.at, row.mark.words) for row in rows.order_by("sequence")]


def unwritten(sitting: Sitting, visit: Visit | None) -> list[Mark]:
    """Those at whose moment no line of the minutes stands yet."""
    written = set(sitting.entries.filter(visit=visit).values_list("at", flat=True))
    return [mark for mark in marks(sitting, visit) if mark.at not in written]
