"""Việc hôm nay: the first page of every official."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.desk.guards import OfficialRequest, may, official
from tiepdan.desk.scheduling.scope import receptions_for
from tiepdan.desk.sittings.doors import doors_of
from tiepdan.desk.today.tasks import tasks_for
from tiepdan.scheduling.models import Reception
from tiepdan.scheduling.states import ReceptionState
from tiepdan.sittings.models import Sitting


@official()
@require_GET
def today(request: OfficialRequest) -> HttpResponse:
    """One list in three groups, and a banner on the day of a reception."""
    tasks, day = tasks_for(request.user), clock.today()
    late = [task for task in tasks if task.clock and task.clock.deadline < day]
    due = [task for task in tasks if task.clock and task.clock.deadline == day]
    rest = [task for task in tasks if task not in late and task not in due]
    reception = _reception_of_the_day(request)
    sitting = Sitting.objects.filter(reception=reception).first() if reception else None
    return render(
        request,
        "desk/today.html",
        {
            "day": day,
            "groups": [
                (_("Quá hạn"), late, "late"),
                (_("Hôm nay"), due, ""),
                (_("Chờ tôi"), rest, ""),
            ],
            "empty": not tasks,
            "reception": reception,
            "sitting": sitting,
            "ready": sitting.seats.filter(holder__isnull=False).count() if sitting else 0,
            "doors": doors_of(request.user, sitting) if sitting else [],
            "may_register": may(request.user, Ability.REGISTER),
        },
    )


def _reception_of_the_day(request: OfficialRequest) -> Reception | None:
    return (
        receptions_for(request.user)
        .filter(starts_at__date=clock.today(), state=ReceptionState.PUBLISHED)
        .first()
    )
