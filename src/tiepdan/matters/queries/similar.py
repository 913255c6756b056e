"""Filings that may be about the same affair (trùng nội dung): candidates, a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.common.folding import fold
from tiepdan.matters.models import Comparison, Filing
from tiepdan.matters.queries.filings import filings_for
from tiepdan.matters.similarity import likeness
from tiepdan.matters.states import FilingState

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
    pool = list(_pool(filing, user)[:MOST_COMPARED])
    texts = likeness(_text(filing), [_text(other) for other in pool])
    found = [_judged(filing, other, text) for other, text in zip(pool, texts, strict=True)]
    likely = [one for one in found if one.score >= SHOWN_FROM]
    return sorted(likely, key=lambda one: -one.score)[:MOST_SHOWN]


def _pool(filing: Filing, user: User) -> QuerySet[Filing]:
    decided = Comparison.objects.filter(filing=filing).values("other")
    rows = (
        filings_for(user)
        .filter(identity_protected=filing.identity_protected)
        .exclude(pk=filing.pk)
        .exclude(pk__in=decided)
        .exclude(state=FilingState.WITHDRAWN)
    )
    if filing.matter_id:
        rows = rows.exclude(matter=filing.matter_id)
    person = filing.petitioner
    near = Q(petitioner__commune=person.commune_id)
    if not filing.identity_protected:
        near |= Q(petitioner__full_name=person.full_name)
        if person.id_number:
            near |= Q(petitioner__id_number=person.id_number)
    return rows.filter(near).order_by("-received_at")


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
