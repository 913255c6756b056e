"""Limits of time that run now."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from tiepdan.matters.models import Deadline, Filing
from tiepdan.matters.states import DeadlineKind, FilingState, NoticeKind, Outcome

HANDLING = (
    DeadlineKind.ACCEPT_COMPLAINT,
    DeadlineKind.HANDLE_DENUNCIATION,
    DeadlineKind.TRANSFER_DENUNCIATION,
)
"""What one of the outcomes must meet."""
SETTLING = (
    DeadlineKind.SETTLE_COMPLAINT_FIRST,
    DeadlineKind.SETTLE_COMPLAINT_SECOND,
    DeadlineKind.SETTLE_DENUNCIATION,
)
"""What runs once the head has taken a filing up."""


def running_limits() -> QuerySet[Deadline]:
    """What runs and does not stand still, but replies and shelves, the nearest day first.

    `urged` is how often the body that owes it was urged.
    """
    apart = [DeadlineKind.REPLY, DeadlineKind.SHELF]
    return (
        Deadline.objects.filter(ended_on=None, suspended_on=None)
        .exclude(kind__in=apart)
        .select_related("filing__petitioner__commune", "responsible")
        .annotate(urged=Count("urgings"))
        .order_by("due_on")
    )


def awaiting_acceptance(found: QuerySet[Filing]) -> QuerySet[Filing]:
    """Of these, what waits to be taken up or not (thụ lý), the oldest first.

    What was proposed to be taken up; and what was proposed to be heard, as long as the limit for
    taking it up runs (Luật Khiếu nại, Điều 27).
    """
    running = Deadline.objects.filter(kind__in=HANDLING, ended_on=None).values("filing")
    return (
        found.filter(
            Q(disposition__outcome=Outcome.ACCEPTANCE)
            | Q(disposition__outcome=Outcome.PROPOSED, pk__in=running),
            state=FilingState.DISPOSED,
        )
        .exclude(deadlines__kind__in=SETTLING)
        .exclude(notices__kind=NoticeKind.NOT_ACCEPTED)
        .prefetch_related("deadlines")
        .order_by("received_at")
    )


def to_discontinue(filing: Filing) -> bool:
    """Whether it was taken up, then taken back, and the head has yet to end it (đình chỉ)."""
    return (
        filing.state == FilingState.WITHDRAWN
        and filing.deadlines.filter(kind__in=SETTLING).exists()
        and not filing.notices.filter(kind=NoticeKind.DISCONTINUED).exists()
    )


def shelved_long_enough(found: QuerySet[Filing], today: date) -> QuerySet[Filing]:
    """Of these, shelved filings whose year is over and whose destruction was not decided."""
    return found.filter(
        state=FilingState.DISPOSED,
        disposition__outcome=Outcome.SHELVED,
        disposition__destroy_from__lte=today,
        disposition__destruction=None,
    ).order_by("disposition__destroy_from")
