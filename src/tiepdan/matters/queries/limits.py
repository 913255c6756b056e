"""Limits of time that run now."""

from datetime import date

from django.db.models import QuerySet

from tiepdan.matters.models import Deadline, Filing
from tiepdan.matters.states import DeadlineKind, FilingState, Outcome

SETTLING = (
    DeadlineKind.SETTLE_COMPLAINT_FIRST,
    DeadlineKind.SETTLE_COMPLAINT_SECOND,
    DeadlineKind.SETTLE_DENUNCIATION,
)
"""What runs once the head has taken a filing up."""


def running_limits() -> QuerySet[Deadline]:
    """What runs and does not stand still, but replies and shelves, the nearest day first."""
    apart = [DeadlineKind.REPLY, DeadlineKind.SHELF]
    return (
        Deadline.objects.filter(ended_on=None, suspended_on=None)
        .exclude(kind__in=apart)
        .select_related("filing__petitioner__commune", "responsible")
        .prefetch_related("urgings")
        .order_by("due_on")
    )


def awaiting_acceptance(found: QuerySet[Filing]) -> QuerySet[Filing]:
    """Of these, what was proposed to be accepted and is not taken up yet, the oldest first."""
    return (
        found.filter(state=FilingState.DISPOSED, disposition__outcome=Outcome.ACCEPTANCE)
        .exclude(deadlines__kind__in=SETTLING)
        .prefetch_related("deadlines")
        .order_by("received_at")
    )


def shelved_long_enough(found: QuerySet[Filing], today: date) -> QuerySet[Filing]:
    """Of these, shelved filings whose year is over and whose destruction was not decided."""
    return found.filter(
        state=FilingState.DISPOSED,
        disposition__outcome=Outcome.SHELVED,
        disposition__destroy_from__lte=today,
        disposition__destruction=None,
    ).order_by("disposition__destroy_from")
