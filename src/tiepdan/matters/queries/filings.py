"""Reading filings; lists come with everything their rows show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import ABILITIES, Ability, grants_of
from tiepdan.common import clock
from tiepdan.common.codes import normalise_code
from tiepdan.matters import check_digits, rules
from tiepdan.matters.models import (
    Attachment,
    Classification,
    Consent,
    Deadline,
    Filing,
    GroupMember,
    Representation,
)
from tiepdan.matters.states import FilingState, Outcome, ReceptionForm, Verdict
from tiepdan.org import rulebook

NO_DIGEST = "0" * 64
"""What an unknown code is compared with: no digits have this keyed hash."""


def filings() -> QuerySet[Filing]:
    """Every filing with its rows, in order of registration; no further query per row.

    Their consents and classifications are prefetched: see `latest_consent`.
    """
    return Filing.objects.select_related(
        "petitioner__commune",
        "received_at_agency",
        "received_by",
        "matter",
        "receipt",
        "disposition__reply",
        "disposition__decision",
        "withdrawal",
    ).prefetch_related(
        "consents",
        "classifications",
        Prefetch("deadlines", Deadline.objects.select_related("responsible")),
    )


def with_signs(found: QuerySet[Filing]) -> QuerySet[Filing]:
    """With `has_companions`, `has_members`, `has_papers`, `has_history` (of limits).

    Few filings have any of these: a page asks for what is there.
    """
    return found.annotate(
        has_companions=Exists(Representation.objects.filter(filing=OuterRef("pk"))),
        has_members=Exists(GroupMember.objects.filter(filing=OuterRef("pk"))),
        has_papers=Exists(
            Attachment.objects.filter(Q(filing=OuterRef("pk")) | Q(filing=OuterRef("split_from")))
        ),
        has_history=Exists(
            Deadline.objects.filter(
                Q(changes__isnull=False) | Q(urgings__isnull=False), filing=OuterRef("pk")
            )
        ),
    )


@dataclass(frozen=True)
class Sight:
    """What of all filings somebody may see: those of these places, denunciations among them."""

    agencies: tuple[UUID, ...]
    communes: tuple[UUID, ...]
    everywhere: bool
    protected: bool

    def __bool__(self) -> bool:
        return bool(self.agencies)


def sight_of(user: User) -> Sight:
    """How far the user's roles let them see; nothing without such a role."""
    roles = grants_of(user)
    reading = [grant.agency for grant in roles if Ability.SEE_FILINGS in ABILITIES[grant.role]]
    return Sight(
        tuple(agency.pk for agency in reading if user.is_active),
        tuple(agency.unit_id for agency in reading if agency.unit_id),
        everywhere=any(agency.is_province_wide for agency in reading),
        protected=any(Ability.SEE_PROTECTED in ABILITIES[grant.role] for grant in roles),
    )


def filings_for(user: User) -> QuerySet[Filing]:
    """What the user may see (`permissions.can_see` says the same of one filing)."""
    return within(filings(), sight_of(user))


def within(found: QuerySet[Filing], sight: Sight) -> QuerySet[Filing]:
    """Those of these filings that lie in somebody's sight."""
    if not sight:
        return found.none()
    if not sight.protected:
        found = found.filter(identity_protected=False)
    if sight.everywhere:
        return found
    return found.filter(
        Q(received_at_agency__in=sight.agencies) | Q(petitioner__commune__in=sight.communes)
    )


def find_by_code(code: str, digits: str) -> Filing | None:
    """The filing of a receipt, when both its code and its check digits are right.

    An unknown code takes the same comparison as a wrong digit, so time tells nothing.
    """
    wanted = normalise_code(code)
    found = Filing.objects.filter(tracking_code=wanted).values_list("pk", "check_digest").first()
    key, stored = found or (None, NO_DIGEST)
    right = check_digits.matches(wanted, digits.strip(), stored)
    return filings().get(pk=key) if right and key else None


def awaiting_the_board(states: Iterable[FilingState], most: int) -> QuerySet[Filing]:
    """The first so many in each of these states; rows show no consent and no classification."""
    of_each = [Filing.objects.filter(state=state).values("pk")[:most] for state in states]
    return (
        Filing.objects.filter(reduce(or_, (Q(pk__in=keys) for keys in of_each), Q(pk=None)))
        .select_related("petitioner__commune")
        .prefetch_related("deadlines")
    )


def awaiting_decision() -> QuerySet[Filing]:
    """Proposed, the chairman has not said yes or no."""
    return _proposed().filter(disposition__decision=None)


def approved() -> QuerySet[Filing]:
    """The chairman receives them: decided yes and not withdrawn, in order of registration."""
    return _proposed().filter(disposition__decision__verdict=Verdict.APPROVED)


def latest_consent(filing: Filing) -> Consent | None:
    """The consent row that counts; uses the prefetched rows of `filings()` when there."""
    return max(filing.consents.all(), key=_age, default=None)


def newest_classification(filing: Filing) -> Classification | None:
    """The classification that counts, when there is one."""
    return max(filing.classifications.all(), key=_age, default=None)


def latest_classification(filing: Filing) -> Classification:
    """The classification that counts; raises LookupError before there is one."""
    found = newest_classification(filing)
    if found is None:
        raise LookupError(f"{filing.tracking_code} is not classified")
    return found


def has_consent(filing: Filing) -> bool:
    """Whether the citizen agrees, now, to be received online."""
    consent = latest_consent(filing)
    return consent is not None and consent.given


def form_of(filing: Filing) -> ReceptionForm:
    """How a proposed filing is received as things stand: in person once consent is taken back."""
    return rules.form_in_force(ReceptionForm(filing.disposition.form), consent=has_consent(filing))


def papers_of(filing: Filing) -> QuerySet[Attachment]:
    """Papers handed in with the filing, or with the one it was split from."""
    return Attachment.objects.filter(filing__in={filing.pk, filing.split_from_id or filing.pk})


def representatives_allowed(filing: Filing) -> int | None:
    """How many may speak for the group that filed it; None when nobody has to be chosen."""
    on = clock.day_of(filing.received_at)
    return rules.most_representatives(
        filing.headcount,
        group_from=rulebook.number("large_group_from", on),
        few=rulebook.number("representatives_few", on),
        more_from=rulebook.number("representatives_more_from", on),
        more=rulebook.number("representatives_more", on),
    )


def _proposed() -> QuerySet[Filing]:
    return filings().filter(state=FilingState.DISPOSED, disposition__outcome=Outcome.PROPOSED)


def _age(row: Consent | Classification) -> tuple[datetime, datetime]:
    return row.at, row.created_at
