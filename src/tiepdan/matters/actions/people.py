"""One human being over many filings: linked, merged, parted again (hồ sơ công dân)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit.actions import record
from tiepdan.common import clock, locks
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import rules
from tiepdan.matters.models import Person, PersonMerge, Petitioner


def link_person(petitioner: Petitioner) -> Person:
    """The person of somebody who has just registered: a known one when it is certain, else new.

    Certain is the same number with the same name; part of the act of registering, which is logged.
    A person merged into another leads on to it, and comes along when the merge is undone.
    """
    person = _certain(petitioner)
    if person is None:
        person = Person()
    _describe(person, petitioner)
    for merge in _way_up(person):
        merge.moved.append(str(petitioner.pk))
        merge.save(update_fields=["moved"])
        person = merge.kept
    petitioner.person = person
    petitioner.save(update_fields=["person"])
    return person


def forget_person(petitioner: Petitioner) -> None:
    """Cut somebody off from the register whose identity must not stand here (tố cáo).

    Persons known through this filing alone go with their merges; what is left of the others is
    what they said elsewhere (Luật Tố cáo 25/2018/QH14, Điều 8 and 56).
    """
    person, petitioner.person = petitioner.person, None
    petitioner.save(update_fields=["person"])
    if person is None:
        return
    family = _family(person)
    for merge in PersonMerge.objects.filter(Q(kept__in=family) | Q(merged__in=family)):
        if str(petitioner.pk) in merge.moved:
            merge.moved.remove(str(petitioner.pk))
            merge.save(update_fields=["moved"])
    for row in reversed(family):
        _forget_or_correct(row)


def _certain(petitioner: Petitioner) -> Person | None:
    """Who has the same number and the same name; those found under another row's merge, too.

    Whoever registers the same number at the same moment waits until this one is done.
    """
    if not petitioner.id_number:
        return None
    locks.hold(f"person {petitioner.id_number}")
    same = Person.objects.select_for_update().filter(
        id_number=petitioner.id_number, folded_name=rules.fold(petitioner.full_name)
    )
    return min(same, key=lambda row: (row.merged_into_id is not None, row.created_at), default=None)


def _describe(person: Person, petitioner: Petitioner) -> None:
    """Keep of the person what was said last; years and telephones are not always said."""
    person.full_name = petitioner.full_name
    person.folded_name = rules.fold(petitioner.full_name)
    person.id_number = petitioner.id_number
    person.birth_year = petitioner.birth_year or person.birth_year
    person.phone = petitioner.phone or person.phone
    person.commune = petitioner.commune
    person.save()


def _way_up(person: Person) -> list[PersonMerge]:
    """The merges that lead from a row to the one that is kept."""
    found = []
    while person.merged_into_id:
        merge = PersonMerge.objects.select_related("kept").get(merged=person, undone_at=None)
        found.append(merge)
        person = merge.kept
    return found


def _family(person: Person) -> list[Person]:
    """The row and all that were merged into it, each after the one it was merged into."""
    return [person, *(one for row in person.merged.all() for one in _family(row))]


def _forget_or_correct(person: Person) -> None:
    """Delete a row to which no filing belongs or would return; else say what the others said."""
    merges = PersonMerge.objects.filter(Q(kept=person) | Q(merged=person))
    back = [key for row in merges.filter(merged=person, undone_at=None) for key in row.moved]
    own = Petitioner.objects.filter(Q(person=person) | Q(pk__in=back)).order_by("created_at")
    if person.merged.exists():
        own = own.filter(person=person)
    elif not own.exists():
        merges.delete()
        person.delete()
        return
    person.phone, person.birth_year = "", None
    for row in own:
        _describe(person, row)


@transaction.atomic
def merge_persons(
    *, kept: Person, merged: Person, reason: str, by: User, at: datetime | None = None
) -> PersonMerge:
    """Two rows are one human being: an official says so, with the reason; may be undone.

    Raises RuleRefusedError for a row merged already or with itself, NotValidError without reason.
    """
    at = at or clock.now()
    require(by, Ability.CLASSIFY)
    reason = rules.needs_text("reason", reason, _("Hãy ghi vì sao hai hồ sơ là một người."))
    rows = Person.objects.select_for_update().in_bulk([kept.pk, merged.pk])
    if len(rows) < 2:  # noqa: PLR2004 - both
        raise RuleRefusedError("itself", "Không gộp một hồ sơ với chính nó.")
    keep, gone = rows[kept.pk], rows[merged.pk]
    if keep.merged_into_id or gone.merged_into_id:
        raise RuleRefusedError("merged", "Hồ sơ này đã được gộp vào hồ sơ khác.")
    moved = list(Petitioner.objects.filter(person=gone).values_list("pk", flat=True))
    Petitioner.objects.filter(pk__in=moved).update(person=keep)
    gone.merged_into = keep
    gone.save(update_fields=["merged_into"])
    row = PersonMerge.objects.create(
        kept=keep, merged=gone, moved=[str(key) for key in moved], reason=reason, at=at, by=by
    )
    record(verb="merge_persons", on=keep, by=by, at=at, detail={"filings": len(moved)})
    return row


@transaction.atomic
def part_persons(*, merge: PersonMerge, by: User, at: datetime | None = None) -> PersonMerge:
    """Undo a merge: what it moved goes back (tách hồ sơ).

    Raises RuleRefusedError when undone, or when a later merge has to be undone before.
    """
    at = at or clock.now()
    require(by, Ability.CLASSIFY)
    row = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at:
        raise RuleRefusedError("parted", "Việc gộp này đã được hủy.")
    if row.kept.merged_into_id:
        raise RuleRefusedError("merged_on", "Hãy hủy việc gộp sau trước, rồi mới hủy việc này.")
    Petitioner.objects.filter(pk__in=row.moved, person=row.kept).update(person=row.merged)
    row.merged.merged_into = None
    row.merged.save(update_fields=["merged_into"])
    row.undone_at, row.undone_by = at, by
    row.save(update_fields=["undone_at", "undone_by"])
    record(verb="part_persons", on=row.kept, by=by, at=at, detail={"filings": len(row.moved)})
    return row
