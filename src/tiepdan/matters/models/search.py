"""What searching reads of a filing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Lookup

from tiepdan.matters.models.filings import Filing


class SearchEntry(models.Model):
    """The folded words of one filing; `matters.search_index` writes them and keeps the index.

    A row of its own with a whole number as key, in order of registration: a full-text index of
    SQLite needs both, and newer filings are found first by it.
    """

    filing = models.OneToOneField(Filing, on_delete=models.CASCADE, related_name="search_entry")
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.filing_id)


@dataclass(frozen=True)
class Asked:
    """What an entry's words must hold: all of these, one of each group, one so begun, one not.

    All are letters, digits and `_` (`folding.words`, `matters.search_index`), so nothing of them
    is an operator.
    """

    every: Sequence[str]
    groups: Sequence[Sequence[str]] = ()
    beginning: str = ""
    never: str = ""


class Matches(Lookup[Any]):
    """`words__matches=Asked(...)`, by the index."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[str | int]]:  # noqa: ARG002 - Django's signature
        """Ask the FTS5 table; it has the key of the row."""
        asked = self._asked(word='"{}"', beginning='"{}" *', both=" AND ", either=" OR ")
        never = f' NOT "{self.rhs.never}"' * bool(self.rhs.never)
        rows = "SELECT rowid FROM matters_searchindex WHERE matters_searchindex MATCH %s"
        return f'"{self.lhs.alias}"."id" IN ({rows})', [f"({asked}){never}"]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[str | int]]:
        """Ask the GIN index: the same expression as in its definition."""
        asked = self._asked(word="'{}'", beginning="'{}':*", both=" & ", either=" | ")
        never = f" & !'{self.rhs.never}'" * bool(self.rhs.never)
        column, values = self.process_lhs(compiler, connection)
        return (
            f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery",
            [*values, asked + never],
        )

    def _asked(self, *, word: str, beginning: str, both: str, either: str) -> str:
        rhs: Asked = self.rhs
        parts = [*map(word.format, rhs.every)]
        parts += [beginning.format(rhs.beginning)] * bool(rhs.beginning)
        parts += [f"({either.join(map(word.format, group))})" for group in rhs.groups]
        return both.join(parts)


SearchEntry._meta.get_field("words").register_lookup(Matches)  # noqa: SLF001 - documented
