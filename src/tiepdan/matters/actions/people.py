"""One human being over many filings: linked, merged, parted again (hồ sơ công dân)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import rules
from tiepdan.matters.models import Person, PersonMerge, Petitioner


def link_person(petitioner: Petitioner) -> Person:
    """The person of somebody who has just registered: a known one when it is certain, else new.

    Certain is the same number with the same name; part of the act of registering, which is logged.
    """
    same = Person.objects.none()
    if petitioner.id_number:
        same = Person.objects.select_for_update().filter(
            id_number=petitioner.id_number,
            folded_name=rules.fold(petitioner.full_name),
            merged_into=None,
        )
    person = same.order_by("created_at").first()
    if person is None:
        person = Person(folded_name=rules.fold(petitioner.full_name))
    person.full_name = petitioner.full_name
    person.id_number = petitioner.id_number
    person.birth_year = petitioner.birth_year or person.birth_year
    person.phone = petitioner.phone or person.phone
    person.commune = petitioner.commune
    person.save()
    petitioner.person = person
    petitioner.save(update_fields=["person"])
    return person


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
    """Undo a merge: what it moved goes back (tách hồ sơ). Raises RuleRefusedError when undone."""
    at = at or clock.now()
    require(by, Ability.CLASSIFY)
    row = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at:
        raise RuleRefusedError("parted", "Việc gộp này đã được hủy.")
    Petitioner.objects.filter(pk__in=row.moved, person=row.kept).update(person=row.merged)
    row.merged.merged_into = None
    row.merged.save(update_fields=["merged_into"])
    row.undone_at, row.undone_by = at, by
    row.save(update_fields=["undone_at", "undone_by"])
    record(verb="part_persons", on=row.kept, by=by, at=at, detail={"filings": len(row.moved)})
    return row
