"""Persons as far as somebody may know of them: those of filings in their sight."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.matters import rules
from tiepdan.matters.models import Person
from tiepdan.matters.queries.filings import filings_for
from tiepdan.matters.rules import Described, Likeness

MOST_ALIKE = 5
MOST_LOOKED_AT = 50
LONGEST_TEXT, MOST_WORDS = 120, 8
"""Of what somebody types into the search; names are shorter."""


@dataclass(frozen=True)
class Alike:
    """A known person who may be the one before us, and why."""

    person: Person
    likeness: Likeness


def people_for(user: User) -> QuerySet[Person]:
    """Persons with a filing the user may see; with its count and the day of the last."""
    seen = filings_for(user).filter(identity_protected=False).values("petitioner__person")
    return (
        Person.objects.filter(pk__in=seen, merged_into=None)
        .select_related("commune")
        .annotate(filing_count=Count("petitioners"), last_at=Max("petitioners__created_at"))
        .order_by("folded_name", "birth_year")
    )


def search_people(text: str, user: User) -> QuerySet[Person]:
    """Those whose name holds every word, marks left out; or with that number or telephone."""
    found = people_for(user)
    digits = "".join(text.split())
    if digits.isdecimal():
        return found.filter(Q(id_number=digits) | Q(phone=digits))
    for word in rules.fold(text)[:LONGEST_TEXT].split()[:MOST_WORDS]:
        found = found.filter(folded_name__contains=word)
    return found


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
