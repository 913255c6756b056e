"""Reading what was promised and what is due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.queries import agencies_of
from tiepdan.common import clock
from tiepdan.common.workdays import Calendar
from tiepdan.documents.states import DocumentState
from tiepdan.followup import rules
from tiepdan.followup.models import Assignment, ResultNotice
from tiepdan.followup.states import AssignmentState
from tiepdan.matters.protected import Kept, closed_to
from tiepdan.org import rulebook
from tiepdan.org.queries import calendar
from tiepdan.sittings.models import Visit
from tiepdan.sittings.states import VisitState

TURN = {"filing": "appointment__filing", "reception": "sitting__reception"}
"""How a turn reaches what decides who may know it."""

UNANSWERED = [AssignmentState.ASSIGNED, AssignmentState.RETURNED]


@dataclass(frozen=True)
class DueNotice:
    """A heard citizen without an issued result: both limits count working days from the sitting.

    `due_on` is this product's own limit for the notice, `answer_by` the law's for telling the
    citizen (Luật Tiếp công dân 42/2013/QH13, Điều 28).
    """

    visit: Visit
    notice: ResultNotice | None
    due_on: date
    days_left: int
    answer_by: date
    answer_days_left: int


def assignments() -> QuerySet[Assignment]:
    """Every assignment with what its row shows."""
    return Assignment.objects.select_related(
        "agency", "item__conclusion__visit__appointment__filing__petitioner"
    ).prefetch_related("answers")


def assignments_for(user: User) -> QuerySet[Assignment]:
    """The user's own bodies' tasks; every task for those who work for the whole province.

    Of a protected turn the body that was given it, and who may know the filing.
    """
    bodies = list(agencies_of(user)) if user.is_active else []
    if any(body.is_province_wide for body in bodies):
        filing = "item__conclusion__visit__appointment__filing"
        others = closed_to(user, Kept.TASK, filing=filing) & ~Q(agency__in=bodies)
        return assignments().exclude(others)
    return assignments().filter(agency__in=bodies)


def overdue(today: date | None = None) -> QuerySet[Assignment]:
    """Tasks not reported on whose deadline is past, oldest first."""
    missed = rules.last_missed(today or clock.today(), calendar())
    return assignments().filter(state__in=UNANSWERED, deadline__lte=missed)


def days_left(assignment: Assignment, today: date | None = None) -> int:
    """Working days left to the task's deadline; negative when it is past."""
    return rules.days_left(assignment.deadline, today or clock.today(), calendar())


def notices_due(
    user: User, today: date | None = None, days: Calendar | None = None
) -> list[DueNotice]:
    """Heard citizens of whom the user may know without an issued notice, the most urgent first."""
    today, days = today or clock.today(), days or calendar()
    visits = (
        Visit.objects.filter(state=VisitState.HEARD)
        .exclude(result_notice__document__state=DocumentState.ISSUED)
        .exclude(closed_to(user, Kept.RESULT, **TURN))
        .select_related(
            "sitting__reception", "appointment__filing__petitioner", "result_notice__document"
        )
        .order_by("sitting__reception__starts_at", "number")
    )
    found = []
    for visit in visits:
        due, answer = due_days(visit, days)
        found.append(
            DueNotice(
                visit=visit,
                notice=getattr(visit, "result_notice", None),
                due_on=due,
                days_left=rules.days_left(due, today, days),
                answer_by=answer,
                answer_days_left=rules.days_left(answer, today, days),
            )
        )
    return found


def due_days(visit: Visit, days: Calendar | None = None) -> tuple[date, date]:
    """By when the notice is to be issued and by when the citizen is to be told.

    Whether the ten working days run from the reception or from the filing is open (Luật Tiếp công
    dân 42/2013/QH13, Điều 28): the rule `result_answer_from` says.
    """
    held_on = clock.day_of(visit.sitting.reception.starts_at)
    days = days or calendar()
    from_filing = rulebook.text("result_answer_from", held_on) == "filing"
    start = clock.day_of(visit.appointment.filing.received_at) if from_filing else held_on
    return (
        rules.due_on(held_on, rulebook.number("result_notice_within", held_on), days),
        rules.due_on(start, rulebook.number("result_answer_within", held_on), days),
    )
