"""Limits of time that run now."""

from django.db.models import QuerySet

from tiepdan.matters.models import Deadline
from tiepdan.matters.states import DeadlineKind


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
