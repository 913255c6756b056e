"""Roles are data; code asks for abilities."""

from collections.abc import Iterable
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from tiepdan.accounts.models import Grant, Role, User
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.org.models import PROVINCE_WIDE_KINDS, Agency


class Ability(StrEnum):
    """What somebody may do; `docs/reference/permissions.md` shows the whole table."""

    SEE_FILINGS = "see_filings"
    REGISTER = "register_filing"
    CLASSIFY = "classify_filing"
    PROPOSE = "propose"
    SEE_PROTECTED = "see_protected_filings"
    SHELVE = "shelve_filing"
    DECIDE = "decide_proposal"
    REFUSE = "refuse_reception"
    PLAN = "plan_reception"
    TAKE_SEAT = "take_seat"
    CHECK_IDENTITY = "check_identity"
    CONDUCT = "conduct_sitting"
    WRITE_MINUTES = "write_minutes"
    DRAFT_NOTICE = "draft_notice"
    APPROVE_NOTICE = "approve_notice"
    ISSUE = "issue_document"
    ANSWER_TASK = "answer_assignment"
    CLOSE_TASK = "close_assignment"
    WATCH_RECORDING = "watch_recording"
    SEE_REPORT = "see_report"
    OPERATE = "operate_sitting"
    SET_RULE = "set_rule"
    EDIT_TEMPLATE = "edit_template"


ABILITIES: dict[str, frozenset[Ability]] = {
    Role.COMMUNE_CLERK: frozenset(
        {
            Ability.SEE_FILINGS,
            Ability.REGISTER,
            Ability.TAKE_SEAT,
            Ability.CHECK_IDENTITY,
            Ability.ANSWER_TASK,
        }
    ),
    Role.BOARD_OFFICER: frozenset(
        {
            Ability.SEE_FILINGS,
            Ability.SEE_PROTECTED,
            Ability.REGISTER,
            Ability.CLASSIFY,
            Ability.PROPOSE,
            Ability.PLAN,
            Ability.DRAFT_NOTICE,
            Ability.CLOSE_TASK,
            Ability.SEE_REPORT,
        }
    ),
    Role.BOARD_HEAD: frozenset(
        {
            Ability.SEE_FILINGS,
            Ability.SEE_PROTECTED,
            Ability.REGISTER,
            Ability.CLASSIFY,
            Ability.PROPOSE,
            Ability.SHELVE,
            Ability.SET_RULE,
            Ability.EDIT_TEMPLATE,
            Ability.PLAN,
            Ability.DRAFT_NOTICE,
            Ability.CLOSE_TASK,
            Ability.SEE_REPORT,
            Ability.WATCH_RECORDING,
        }
    ),
    Role.CHAIR: frozenset(
        {
            Ability.SEE_FILINGS,
            Ability.SEE_PROTECTED,
            Ability.DECIDE,
            Ability.REFUSE,
            Ability.SET_RULE,
            Ability.CONDUCT,
            Ability.APPROVE_NOTICE,
            Ability.WATCH_RECORDING,
            Ability.SEE_REPORT,
        }
    ),
    Role.SECRETARY: frozenset(
        {
            Ability.SEE_FILINGS,
            Ability.WRITE_MINUTES,
            Ability.TAKE_SEAT,
            Ability.DRAFT_NOTICE,
            Ability.WATCH_RECORDING,
        }
    ),
    Role.REGISTRAR: frozenset({Ability.SEE_FILINGS, Ability.ISSUE, Ability.EDIT_TEMPLATE}),
    Role.AGENCY_OFFICER: frozenset({Ability.ANSWER_TASK}),
    Role.OPERATOR: frozenset({Ability.OPERATE, Ability.TAKE_SEAT}),
    Role.INSPECTOR: frozenset({Ability.SEE_FILINGS, Ability.WATCH_RECORDING, Ability.SEE_REPORT}),
}

# Bodies whose officers work for the whole province; everybody else only for their own agency.
PROVINCE_WIDE = PROVINCE_WIDE_KINDS


def grants_of(user: User | AnonymousUser) -> list[Grant]:
    """Where the user holds which role; what the request asked before is not asked again.

    Nothing for who is not signed in or may not work here any more.
    """
    if not isinstance(user, User) or not user.is_active:
        return []
    known: list[Grant] | None = getattr(user, "known_grants", None)
    return list(user.grants.select_related("agency")) if known is None else known


def remembered_grants(user: User) -> list[Grant]:
    """`grants_of`, oldest first, with the units of the agencies; asked once in a request."""
    known: list[Grant] | None = getattr(user, "known_grants", None)
    if known is None:
        known = list(user.grants.select_related("agency__unit").order_by("created_at"))
        user.known_grants = known  # type: ignore[attr-defined]
    return known


def can(user: User | AnonymousUser, ability: Ability, agency: Agency | None = None) -> bool:
    """Whether the user may do it, for `agency` when one is given."""
    return gives(grants_of(user), ability, agency)


def gives(grants: Iterable[Grant], ability: Ability, agency: Agency | None = None) -> bool:
    """`can`, for who asks often: whether one of the `grants_of` somebody lets them do it.

    A grant in the reception board or the provincial committee reaches every agency.
    """
    return any(
        ability in ABILITIES[grant.role]
        and (agency is None or grant.agency_id == agency.pk or grant.agency.is_province_wide)
        for grant in grants
    )


def require(user: User | AnonymousUser, ability: Ability, agency: Agency | None = None) -> None:
    """Raise RuleRefusedError unless the user may do it."""
    if not can(user, ability, agency):
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")


def abilities(user: User | AnonymousUser) -> frozenset[Ability]:
    """Everything the user may do somewhere."""
    return frozenset[Ability]().union(*(ABILITIES[grant.role] for grant in grants_of(user)))
