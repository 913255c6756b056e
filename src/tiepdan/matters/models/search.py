"""What searching reads of a filing."""

from collections.abc import Sequence
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


class Matches(Lookup[Any]):
    """`words__matches=(words, beginning)`: every word is there, and one with this beginning.

    Both hold letters and digits only (`folding.words`), so nothing of them is an operator.
    """

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[str | int]]:  # noqa: ARG002 - Django's signature
        """Ask the FTS5 table; it has the key of the row."""
        whole, beginning = self._wanted()
        asked = " AND ".join(
            [f'"{word}"' for word in whole] + [f'"{beginning}" *'] * bool(beginning)
        )
        rows = "SELECT rowid FROM matters_searchindex WHERE matters_searchindex MATCH %s"
        return f'"{self.lhs.alias}"."id" IN ({rows})', [asked]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[str | int]]:
        """Ask the GIN index: the same expression as in its definition."""
        whole, beginning = self._wanted()
        asked = " & ".join([f"'{word}'" for word in whole] + [f"'{beginning}':*"] * bool(beginning))
        column, values = self.process_lhs(compiler, connection)
        return (
            f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery",
            [*values, asked],
        )

    def _wanted(self) -> tuple[Sequence[str], str]:
        wanted: tuple[Sequence[str], str] = self.rhs
        return wanted


SearchEntry._meta.get_field("words").register_lookup(Matches)  # noqa: SLF001 - documented
