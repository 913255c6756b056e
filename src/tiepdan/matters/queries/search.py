"""Finding filings by what somebody types: marks, order and the end of the last word left out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Max, QuerySet

from tiepdan.accounts.models import User
from tiepdan.common.folding import words
from tiepdan.matters.models import Filing, SearchEntry
from tiepdan.matters.models.search import Asked
from tiepdan.matters.queries.filings import Sight, sight_of, within
from tiepdan.matters.search_index import PROTECTED, SHORT, beginning_word, place_word

MOST_WORDS = 12
WALKED = 20_000
"""Newest entries that are read before the index is asked: what 1 filing in 20 holds is found."""
MOST_CHOSEN_FROM = 5000
"""Filings that match, looked at for those of a state or with such a name."""
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


@lru_cache(maxsize=8)
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


@dataclass(frozen=True)
class Hits:
    """Keys of filings found, last registered first.

    `partial`: more match than were looked at, so some of those asked for may be missing.
    """

    keys: list[UUID]
    partial: bool = False


def newest_hits(text: str, user: User, most: int, only: QuerySet[Filing] | None = None) -> Hits:
    """Filings in the user's sight whose code, name, number, subject or affair hold every word.

    Nothing when no letter or digit was typed. Denunciations are found by their code and their
    pseudonym only. `only`: a choice among all filings; the newest `MOST_CHOSEN_FROM` that match
    are looked at for it.

    Common words are met soon on a walk back through the newest entries, rare ones in the index;
    each is slow for what the other is good at. Entries know the places of their filings; whoever
    shows a filing asks the filing itself (`in_this_order`).
    """
    wanted, sight = wanted_in(text), sight_of(user)
    if not wanted or not sight:
        return Hits([])
    enough = most if only is None else MOST_CHOSEN_FROM
    candidates = list(_on_a_walk(wanted, sight)[:enough]) if sight.everywhere else []
    if len(candidates) < enough:
        candidates = list(_in_the_index(wanted, sight)[:enough])
    if only is None:
        return Hits(candidates)
    chosen = set(within(only, sight).filter(pk__in=candidates).values_list("pk", flat=True))
    keys = [key for key in candidates if key in chosen][:most]
    return Hits(keys, partial=len(candidates) == enough and len(keys) < most)


def _on_a_walk(wanted: Wanted, sight: Sight) -> QuerySet[SearchEntry, UUID]:
    """Filings among the newest entries of all places, by reading each one's words."""
    last = SearchEntry.objects.aggregate(last=Max("pk"))["last"] or 0
    entries = SearchEntry.objects.filter(pk__gt=last - WALKED)
    for part in (*wanted.whole, *wanted.phrases):
        entries = entries.filter(words__contains=f" {part} ")
    if wanted.beginning:
        entries = entries.filter(words__contains=f" {wanted.beginning}")
    if not sight.protected:
        entries = entries.exclude(words__contains=f" {PROTECTED} ")
    return entries.order_by("-pk").values_list("filing", flat=True)


def _in_the_index(wanted: Wanted, sight: Sight) -> QuerySet[SearchEntry, UUID]:
    """Filings by the full-text index; words that stand together are read."""
    begun = wanted.beginning
    short = [(begun, beginning_word(begun))] * (0 < len(begun) <= SHORT)
    places = tuple(map(place_word, (*sight.agencies, *sight.communes)))
    asked = Asked(
        wanted.whole,
        groups=[*short, *[places] * (not sight.everywhere)],
        beginning="" if short else begun,
        never="" if sight.protected else PROTECTED,
    )
    entries = SearchEntry.objects.filter(words__matches=asked)
    for phrase in wanted.phrases:
        entries = entries.filter(words__contains=f" {phrase} ")
    # A sum, so that no database takes the primary key's order for a short cut past the index.
    return entries.order_by((F("pk") + 0).desc()).values_list("filing", flat=True)


def in_this_order(keys: Sequence[UUID], user: User) -> list[Filing]:
    """The filings of these keys that lie in the user's sight, with what a row of a list shows."""
    rows = (
        within(Filing.objects.filter(pk__in=keys), sight_of(user))
        .select_related("petitioner__commune", "matter", "disposition__decision")
        .defer("content", "request")
    )
    found = {filing.pk: filing for filing in rows}
    return [found[key] for key in keys if key in found]


def exact_first(text: str, found: Iterable[Filing]) -> list[Filing]:
    """Those that show the words as typed, marks and all, first; else the order stays."""
    typed = _as_shown(text)
    return sorted(found, key=lambda one: not all(word in _as_shown(_shown(one)) for word in typed))


def _as_shown(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())


def _shown(filing: Filing) -> str:
    return f"{filing.tracking_code} {filing.shown_name} {filing.subject}"
