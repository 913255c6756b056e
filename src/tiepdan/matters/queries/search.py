"""Finding filings by what somebody types: marks, order and the end of the last word left out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat

from tiepdan.common.folding import words
from tiepdan.matters.models import Filing
from tiepdan.matters.queries.filings import filings

MOST_WORDS = 12
_PHRASE = re.compile(r"[\"“”«»]([^\"“”«»]*)[\"“”«»]")


@dataclass(frozen=True)
class Wanted:
    """What is looked for, folded: whole words, the beginning of one, words next to each other."""

    whole: tuple[str, ...]
    beginning: str
    phrases: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.whole or self.beginning)

    @property
    def every(self) -> list[str]:
        """All words, the unfinished one too."""
        return [*self.whole, self.beginning] if self.beginning else list(self.whole)

    def meets(self, word: str) -> bool:
        """Whether a folded word is one of those looked for."""
        return word in self.whole or bool(self.beginning and word.startswith(self.beginning))


def wanted_in(text: str) -> Wanted:
    """What somebody typed: every word must be there, the last may be unfinished.

    Words between quotation marks are whole and stand together. Nothing else is an operator.
    """
    phrases = [words(found) for found in _PHRASE.findall(text)]
    loose = words(_PHRASE.sub(" ", text))
    open_end = bool(loose) and not text.rstrip().endswith(('"', "”", "»"))
    beginning = loose[-1] if open_end and len(loose) <= MOST_WORDS else ""
    whole = [word for phrase in phrases for word in phrase] + (loose[:-1] if beginning else loose)
    return Wanted(
        tuple(dict.fromkeys(whole[:MOST_WORDS])),
        beginning,
        tuple(" ".join(phrase) for phrase in phrases[:MOST_WORDS] if len(phrase) > 1),
    )


def search(text: str, among: QuerySet[Filing] | None = None) -> QuerySet[Filing]:
    """Filings whose code, name, personal number, subject or affair hold every word.

    Nothing when no letter or digit was typed. Denunciations are found by their code and their
    pseudonym only.
    """
    found, wanted = filings() if among is None else among, wanted_in(text)
    if not wanted:
        return found.none()
    found = found.filter(search_entry__words__matches=(wanted.whole, wanted.beginning))
    for phrase in wanted.phrases:
        padded = Concat(Value(" "), "search_entry__words", Value(" "), output_field=TextField())
        found = found.alias(padded=padded).filter(padded__contains=f" {phrase} ")
    return found


def newest_first(found: QuerySet[Filing]) -> QuerySet[Filing]:
    """What `search` found in the order of the index: last registered first, without sorting."""
    return found.order_by("-search_entry__pk")


def newest_hits(text: str, among: QuerySet[Filing], most: int) -> list[UUID]:
    """Keys of what `search` finds, last registered first; one look into the index."""
    return list(newest_first(search(text, among)).values_list("pk", flat=True)[:most])


def in_this_order(keys: Sequence[UUID]) -> list[Filing]:
    """The filings of these keys with their rows."""
    found = {filing.pk: filing for filing in filings().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def exact_first(text: str, found: Iterable[Filing]) -> list[Filing]:
    """Those that show the words as typed, marks and all, first; else the order stays."""
    typed = _as_shown(text)
    return sorted(found, key=lambda one: not all(word in _as_shown(_shown(one)) for word in typed))


def _as_shown(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())


def _shown(filing: Filing) -> str:
    return f"{filing.tracking_code} {filing.shown_name} {filing.subject}"
