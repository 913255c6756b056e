"""Who may write, approve and issue notices, and who works on assignments."""

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can
from tiepdan.followup.models import Assignment, ResultNotice
from tiepdan.org.models import Agency
from tiepdan.sittings.models import Visit


def can_draft(user: User, visit: Visit) -> bool:
    """Draft the result notice: the board and the secretary (QĐ 2193/QĐ-UBND, mục V.1.1)."""
    return can(user, Ability.DRAFT_NOTICE, body_of(visit))


def can_approve(user: User, notice: ResultNotice) -> bool:
    """Approve it: whoever received the citizen."""
    return can(user, Ability.APPROVE_NOTICE, body_of(notice.visit))


def can_issue(user: User, notice: ResultNotice) -> bool:
    """Number and issue it: the registrar (văn thư)."""
    return can(user, Ability.ISSUE, body_of(notice.visit))


def can_answer(user: User, assignment: Assignment) -> bool:
    """Report on a task: only the body that has it."""
    return can(user, Ability.ANSWER_TASK, assignment.agency)


def can_close(user: User, assignment: Assignment) -> bool:
    """Confirm or return a report: the reception board."""
    return can(user, Ability.CLOSE_TASK, assignment.agency)


def body_of(visit: Visit) -> Agency:
    """The body whose head received the citizen."""
    return visit.sitting.reception.agency
