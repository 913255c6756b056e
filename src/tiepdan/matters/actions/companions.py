"""Who acts for a citizen, who filed together, and what they need to be heard."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.models import Attachment, Filing, GroupMember, Representation
from tiepdan.matters.queries import representatives_allowed
from tiepdan.matters.states import Capacity, Need, ProofPaper
from tiepdan.org import rulebook


@dataclass(frozen=True)
class Companion:
    """Somebody who comes for another, and what they show."""

    capacity: Capacity
    full_name: str
    papers: Sequence[ProofPaper] = ()
    id_number: str = ""
    phone: str = ""
    address: str = ""
    paper_number: str = ""
    paper_date: date | None = None
    valid_until: date | None = None
    certified: bool = False
    scope: str = ""


@dataclass(frozen=True)
class Member:
    """One of several who filed together."""

    full_name: str
    id_number: str = ""
    address: str = ""
    represents: bool = field(default=False)


@transaction.atomic
def add_representation(
    *, filing: Filing, companion: Companion, by: User, at: datetime | None = None
) -> Representation:
    """Note who acts for the citizen and check the capacity (TT 04/2021/TT-TTCP, Điều 6).

    With objections the row stands as refused: the person is received for themselves only, and is
    told why. Raises RuleRefusedError for a denunciation or without the right.
    """
    at = at or clock.now()
    fresh = _open_filing(filing, by)
    found = _objections(fresh, companion, clock.day_of(at))
    number = companion.id_number.strip()
    row = Representation.objects.create(
        filing=fresh,
        capacity=companion.capacity,
        full_name=rules.validate_name(companion.full_name),
        id_number=rules.validate_id_number(number) if number else "",
        phone=rules.validate_phone(companion.phone),
        address=rules.normalise_name(companion.address),
        papers=[ProofPaper(one).value for one in companion.papers],
        paper_number=companion.paper_number.strip(),
        paper_date=companion.paper_date,
        valid_until=companion.valid_until,
        certified=companion.certified,
        scope=companion.scope.strip(),
        objections=found,
        at=at,
        by=by,
    )
    record(
        verb="add_representation",
        on=fresh,
        by=by,
        at=at,
        detail={"capacity": companion.capacity, "lawful": not found},
    )
    return row


def _objections(filing: Filing, companion: Companion, on: date) -> list[str]:
    others = sum(
        row.is_lawful(on) and rules.fold(row.full_name) != rules.fold(companion.full_name)
        for row in _authorised_for_the_same(filing)
    )
    shown = rules.Shown(
        companion.capacity,
        frozenset(ProofPaper(one) for one in companion.papers),
        companion.certified,
        companion.paper_date,
        companion.valid_until,
        companion.scope,
    )
    most = rulebook.number("authorised_at_most", on)
    with override("vi"):  # They are kept, and translated for whoever reads them.
        return rules.objections(shown, today=on, others_authorised=others, most_authorised=most)


def _authorised_for_the_same(filing: Filing) -> QuerySet[Representation]:
    """Those the same citizen has authorised, in this filing or another of the same affair."""
    same = Q(filing=filing)
    if filing.matter_id and filing.petitioner.person_id:
        same |= Q(
            filing__matter=filing.matter_id,
            filing__petitioner__person=filing.petitioner.person_id,
            filing__identity_protected=False,
        )
    return Representation.objects.filter(same, capacity=Capacity.AUTHORISED)


@transaction.atomic
def end_representation(
    *, representation: Representation, by: User, at: datetime | None = None
) -> Representation:
    """Somebody acts for the citizen no more; the row stays."""
    at = at or clock.now()
    fresh = _open_filing(representation.filing, by)
    row = Representation.objects.select_for_update().get(pk=representation.pk)
    if row.ended_at:
        raise RuleRefusedError("ended", "Tư cách đại diện này đã chấm dứt.")
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    record(verb="end_representation", on=fresh, by=by, at=at)
    return row


@transaction.atomic
def list_members(
    *,
    filing: Filing,
    members: Sequence[Member],
    by: User,
    elected_on: date | None = None,
    election_paper: Attachment | None = None,
    at: datetime | None = None,
) -> list[GroupMember]:
    """Write down who filed together and who speaks for them, in place of an earlier list.

    From 5 persons one or two representatives, from 10 up to five, elected in writing, each one of
    the group (NĐ 124/2020/NĐ-CP); nobody has to be chosen by fewer. Raises NotValidError.
    """
    at = at or clock.now()
    fresh = _open_filing(filing, by)
    speakers = sum(member.represents for member in members)
    most = representatives_allowed(fresh)
    if len(members) > fresh.headcount:
        raise rules.NotValidError(
            "members", _("Danh sách nhiều hơn số người đã ghi: hãy sửa số người trước.")
        )
    rules.check_representatives(speakers, most)
    rules.check_listed_once(member.id_number for member in members)
    if speakers and most is not None and not (elected_on and election_paper):
        raise rules.NotValidError(
            "election_paper", _("Hãy ghi ngày cử và đính kèm văn bản cử người đại diện."),
            "NĐ 124/2020/NĐ-CP",
        )  # fmt: skip
    if election_paper and election_paper.filing_id != fresh.pk:
        raise RuleRefusedError("not_allowed", "Văn bản này không thuộc đơn này.")
    fresh.members.all().delete()
    rows = GroupMember.objects.bulk_create(
        GroupMember(
            filing=fresh,
            full_name=rules.validate_name(member.full_name),
            id_number=rules.validate_id_number(member.id_number) if member.id_number else "",
            address=rules.normalise_name(member.address),
            represents=member.represents,
            elected_on=elected_on if member.represents else None,
            election_paper=election_paper if member.represents else None,
            at=at,
            by=by,
        )
        for member in members
    )
    detail = {"members": len(rows), "representatives": speakers}
    record(verb="list_members", on=fresh, by=by, at=at, detail=detail)
    return rows


@transaction.atomic
def note_needs(
    *, filing: Filing, needs: Sequence[Need | str], language: str, by: User,
    at: datetime | None = None,
) -> Filing:  # fmt: skip
    """Note what the citizen needs at the site; the site's checklist has it from then on.

    Raises NotValidError for an interpreter without a language.
    """
    at = at or clock.now()
    fresh = _open_filing(filing, by)
    wanted = [Need(need) for need in needs]
    spoken = rules.normalise_name(language)
    if Need.INTERPRETER in wanted and not spoken:
        raise rules.NotValidError("language", _("Hãy ghi tiếng cần phiên dịch."))
    fresh.needs = [need.value for need in wanted]
    fresh.language = spoken if Need.INTERPRETER in wanted else ""
    fresh.save(update_fields=["needs", "language"])
    record(verb="note_needs", on=fresh, by=by, at=at, detail={"needs": fresh.needs})
    return fresh


def _open_filing(filing: Filing, by: User) -> Filing:
    fresh = locked(filing)
    allow(permissions.can_record_consent(by, fresh))
    if fresh.identity_protected:
        raise RuleRefusedError(
            "protected", "Đơn tố cáo không ghi tên ai ở đây: chỉ ghi trong sổ niêm phong.",
            "Luật Tố cáo 25/2018/QH14, Điều 56",
        )  # fmt: skip
    return fresh
