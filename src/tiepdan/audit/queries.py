"""Reading the log and proving that it is whole."""

from dataclasses import dataclass

from django.db import models

from tiepdan.audit.chain import GENESIS, fingerprint, stamp
from tiepdan.audit.models import Entry, type_of


@dataclass(frozen=True)
class ChainReport:
    """What a check of the whole log found; `head` is the last good fingerprint."""

    entries: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Nothing was changed, removed or put in between."""
        return self.broken_at is None


def verify_chain() -> ChainReport:
    """Walk the log from its first entry and stop at the first one that does not fit.

    Entries cut from the end are seen only by comparing `head` with one noted before.
    """
    count, head = 0, GENESIS
    for entry in Entry.objects.order_by("sequence").iterator():
        reason = _fault(entry, count + 1, head)
        if reason:
            return ChainReport(count, head, count + 1, reason)
        count, head = count + 1, entry.hash
    return ChainReport(count, head)


def entries_of(obj: models.Model) -> models.QuerySet[Entry]:
    """The object's acts, oldest first."""
    return Entry.objects.filter(on_type=type_of(obj), on_id=str(obj.pk)).select_related("by")


def _fault(entry: Entry, sequence: int, previous: str) -> str:
    """Why the entry does not fit here; empty when it does."""
    if entry.sequence != sequence:
        return f"entry {sequence} is missing"
    if fingerprint(entry.line) != entry.hash:
        return "the line was changed"
    facts = entry.facts
    if facts["previous"] != previous:
        return "the entry before it was replaced"
    columns = {
        "sequence": entry.sequence,
        "at": stamp(entry.at),
        "recorded_at": stamp(entry.recorded_at),
        "verb": entry.verb,
        "on_type": entry.on_type,
        "on_id": entry.on_id,
        "by": None if entry.by_id is None else str(entry.by_id),
    }
    changed = [name for name, value in columns.items() if facts[name] != value]
    return f"column {changed[0]} was changed" if changed else ""
