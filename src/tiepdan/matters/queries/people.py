"""Persons as far as somebody may know of them: those of filings in their sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from tiepdan.accounts.models import User
from tiepdan.matters import rules
from tiepdan.matters.models import Filing, Person, Representation
from tiepdan.matters.queries.filings import filings_for
from tiepdan.matters.queries.search import newest_hits, wanted_in
from tiepdan.matters.rules import Described, Likeness

MOST_ALIKE = 5
MOST_LOOKED_AT = 50
MOST_HITS = 500
"""Filings whose authors are offered when many match a name: the newest."""


@dataclass(frozen=True)
class Alike:
    """A known person who may be the one before us, and why."""

    person: Person
    likeness: Likeness


def people_for(user: User) -> QuerySet[Person]:
    """Persons with a filing the user may see; with the count of those and the day of the last.

    What lies out of sight, and denunciations, are not even counted.
    """
    seen = filings_for(user).filter(identity_protected=False)
    theirs = seen.filter(petitioner__person=OuterRef("pk")).order_by()
    counted = theirs.values("petitioner__person").annotate(total=Count("pk")).values("total")
    return (
        Person.objects.filter(Exists(theirs), merged_into=None)
        .select_related("commune")
        .annotate(
            filing_count=Subquery(counted),
            last_at=Subquery(theirs.order_by("-received_at").values("received_at")[:1]),
        )
        .order_by("folded_name", "birth_year")
    )


def acts_for(person: Person, user: User) -> QuerySet[Representation]:
    """Where this person acts for others, as far as the user may see those filings."""
    if not person.id_number:
        return Representation.objects.none()
    return (
        Representation.objects.filter(
            id_number=person.id_number,
            filing__in=filings_for(user).filter(identity_protected=False),
        )
        .select_related("filing__petitioner")
        .order_by("-at")
    )


def filings_of(people: Sequence[Person], user: User, most: int) -> dict[Person, list[Filing]]:
    """The last filings of each, in the user's sight; one query for all."""
    found: dict[Person, list[Filing]] = {person: [] for person in people}
    rows = (
        filings_for(user)
        .filter(petitioner__person__in=people, identity_protected=False)
        .select_related("petitioner__person")
    )
    for filing in rows.order_by("-received_at"):
        theirs = found[filing.petitioner.person] if filing.petitioner.person else []
        if len(theirs) < most:
            theirs.append(filing)
    return found


@dataclass(frozen=True)
class FoundPeople:
    """Persons found; older ones may be missing when either is true.

    `partial`: not every filing that matches was looked at; `overflows`: more than `MOST_HITS` have
    such an author.
    """

    people: QuerySet[Person]
    partial: bool = False
    overflows: bool = False


def search_people(text: str, user: User) -> FoundPeople:
    """Those whose name holds every word, marks left out; or with that number or telephone.

    Everybody in sight when nothing was typed.
    """
    found, digits, wanted = people_for(user), _digits(text), wanted_in(text)
    if digits:
        return FoundPeople(found.filter(Q(id_number=digits) | Q(phone=digits)))
    if not wanted:
        return FoundPeople(found)
    named = Filing.objects.filter(identity_protected=False)
    for word in wanted.every:
        named = named.filter(petitioner__person__folded_name__contains=word)
    hits = newest_hits(text, user, MOST_HITS + 1, only=named)
    newest = Filing.objects.filter(pk__in=hits.keys[:MOST_HITS])
    authors = newest.values_list("petitioner__person", flat=True)
    people = found.filter(pk__in=set(authors))
    return FoundPeople(people, hits.partial, overflows=len(hits.keys) > MOST_HITS)


def authors_among(filings: Iterable[Filing], text: str, user: User, most: int) -> QuerySet[Person]:
    """Those of these filings' authors whose name holds every word, of the first filings first.

    For a number, whoever `search_people` finds by it.
    """
    if _digits(text):
        return search_people(text, user).people[:most]
    words = wanted_in(text).every
    keys = dict.fromkeys(
        filing.petitioner.person_id
        for filing in filings
        if filing.petitioner.person_id
        and not filing.identity_protected
        and all(word in rules.fold(filing.petitioner.full_name) for word in words)
    )
    return people_for(user).filter(pk__in=list(keys)[:most])


def _digits(text: str) -> str:
    """What was typed, when it is a number."""
    digits = "".join(text.split())
    return digits if digits.isdecimal() else ""


def alike(described: Described, user: User, besides: Person | None = None) -> list[Alike]:
    """Known persons who may be the described one, certain ones first; a person decides."""
    near = Q(folded_name=rules.fold(described.full_name)) if described.full_name else Q(pk=None)
    if described.id_number:
        near |= Q(id_number=described.id_number)
    if described.phone:
        near |= Q(phone=described.phone)
    rows = people_for(user).filter(near)
    if besides:
        rows = rows.exclude(pk=besides.pk)
    found = [
        Alike(person, rules.compare_people(described, describe(person)))
        for person in rows[:MOST_LOOKED_AT]
    ]
    likely = sorted(
        (one for one in found if one.likeness),
        key=lambda one: (not one.likeness.certain, not one.likeness.warning),
    )
    return likely[:MOST_ALIKE]


def describe(person: Person) -> Described:
    """What is known of a person, to be compared."""
    return Described(
        person.full_name,
        person.id_number,
        person.birth_year,
        person.phone,
        person.commune.full_name if person.commune else "",
    )
