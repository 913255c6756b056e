"""Filings that may be about the same affair (trùng nội dung): candidates, a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.common.folding import fold
from tiepdan.matters.models import Comparison, Filing
from tiepdan.matters.queries.filings import filings_for
from tiepdan.matters.similarity import likeness
from tiepdan.matters.states import FilingState, Sameness

MOST_COMPARED = 300
"""Filings whose texts are compared: the newest of the same person or the same commune."""
MOST_SHOWN = 5
SHOWN_FROM = 0.3
TEXT_SHARE, PERSON_SHARE, PLACE_SHARE = 0.7, 0.2, 0.1
ALIKE = 0.45
"""Texts from here on are said to be alike; the quality test shows what that finds and misses."""


@dataclass(frozen=True)
class Candidate:
    """A filing that may be the same affair, how sure (0 to 1), and why."""

    filing: Filing
    score: float
    reasons: list[str]

    @property
    def percent(self) -> int:
        """The score as people read it."""
        return round(self.score * 100)


def candidates(filing: Filing, user: User) -> list[Candidate]:
    """The likeliest first; nothing the user may not see, nothing found different before.

    Denunciations are compared with each other only, by their words alone.
    """
    pool = _pool(filing, user)
    texts = likeness(_text(filing), [_text(other) for other in pool])
    found = [_judged(filing, other, text) for other, text in zip(pool, texts, strict=True)]
    likely = [one for one in found if one.score >= SHOWN_FROM]
    return sorted(likely, key=lambda one: -one.score)[:MOST_SHOWN]


def _pool(filing: Filing, user: User) -> list[Filing]:
    """The same person's filings first, then the newest of the commune, up to the limit."""
    rows = (
        filings_for(user)
        .filter(identity_protected=filing.identity_protected)
        .exclude(pk__in=[filing.pk, *_different_from(filing)])
        .exclude(state=FilingState.WITHDRAWN)
        .order_by("-received_at")
    )
    if filing.matter_id:
        rows = rows.exclude(matter=filing.matter_id)
    person = filing.petitioner
    own: list[Filing] = []
    if not filing.identity_protected:
        same = Q(petitioner__full_name=person.full_name) | Q(petitioner__person=person.person_id)
        if person.id_number:
            same |= Q(petitioner__id_number=person.id_number)
        own = list(rows.filter(same)[:MOST_COMPARED])
    near = rows.filter(petitioner__commune=person.commune_id)
    near = near.exclude(pk__in=[one.pk for one in own])
    return own + list(near[: MOST_COMPARED - len(own)])


def _different_from(filing: Filing) -> set[UUID]:
    """Filings of which somebody said last that they are another affair, from either side."""
    said = Comparison.objects.filter(Q(filing=filing) | Q(other=filing))
    last = {
        row.other_id if row.filing_id == filing.pk else row.filing_id: row.verdict
        for row in said.order_by("at", "created_at")
    }
    return {key for key, verdict in last.items() if verdict == Sameness.DIFFERENT}


def _text(filing: Filing) -> str:
    return f"{filing.subject} {filing.subject} {filing.content} {filing.request}"


def _judged(filing: Filing, other: Filing, text: float) -> Candidate:
    reasons = []
    if text >= ALIKE:
        reasons.append(_("nội dung giống {percent} %").format(percent=round(text * 100)))
    person = 0.0
    if not filing.identity_protected:
        person, why = _same_person(filing, other)
        reasons += why
    place = float(filing.petitioner.commune_id == other.petitioner.commune_id)
    if place:
        reasons.append(_("cùng xã, phường"))
    if other.matter_id and other.matter:
        reasons.append(_("vụ việc {code}").format(code=other.matter.code))
    score = TEXT_SHARE * text + PERSON_SHARE * person + PLACE_SHARE * place
    return Candidate(other, score, reasons)


def _same_person(filing: Filing, other: Filing) -> tuple[float, Iterable[str]]:
    mine, theirs = filing.petitioner, other.petitioner
    if mine.id_number and mine.id_number == theirs.id_number:
        return 1.0, [_("cùng số căn cước")]
    if fold(mine.full_name) == fold(theirs.full_name):
        return 0.6, [_("cùng họ tên")]
    return 0.0, []
