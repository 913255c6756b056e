"""Sittings: the rooms of today, and what is left when one is over."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.desk.conduct import press
from tiepdan.desk.documents.scope import documents_for
from tiepdan.desk.guards import OfficialRequest, joins, may, official, works_for_the_province
from tiepdan.desk.scheduling.scope import receptions_for
from tiepdan.desk.sittings.doors import doors_of
from tiepdan.followup.queries import TURN
from tiepdan.matters.protected import Kept, closed_to
from tiepdan.sittings.actions import sign_minutes
from tiepdan.sittings.models import Sitting
from tiepdan.sittings.states import SittingState

ROOMS = (Ability.CONDUCT, Ability.WRITE_MINUTES, Ability.TAKE_SEAT, Ability.OPERATE)


@official()
@require_GET
def rooms(request: OfficialRequest) -> HttpResponse:
    """Sittings that are prepared or running with their doors, then those that are over.

    Also for whoever was added to one, whatever else they may.
    """
    if not (may(request.user, *ROOMS, Ability.DRAFT_NOTICE, Ability.ISSUE) or joins(request.user)):
        raise PermissionDenied
    found = _sittings(request).order_by("-reception__starts_at")
    running = found.exclude(state=SittingState.CLOSED)
    return render(
        request,
        "desk/rooms.html",
        {
            "running": [(sitting, doors_of(request.user, sitting)) for sitting in running],
            "closed": found.filter(state=SittingState.CLOSED)[:24],
            "reads_record": works_for_the_province(request.user),
        },
    )


@official(Ability.SEE_FILINGS)
@require_GET
def sitting(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The record of a sitting: turns, conclusions, minutes, notices."""
    found = get_object_or_404(_records(request), pk=pk)
    user = request.user
    visits = list(
        found.visits.exclude(closed_to(user, Kept.MINUTES, **TURN))
        .select_related(
            "appointment__filing__petitioner__commune",
            "appointment__booking__site",
            "appointment__carry_over",
            "conclusion",
            "result_notice__document",
        )
        .prefetch_related("conclusion__items__agency", "entries")
    )
    return render(
        request,
        "desk/sitting.html",
        {
            "sitting": found,
            "visits": visits,
            "unheard": found.reception.appointments.filter(carry_over__isnull=False)
            .exclude(closed_to(user, Kept.AGENDA, filing="filing", reception="reception"))
            .select_related("filing__petitioner", "carry_over"),
            "minutes": documents_for(user).filter(pk=found.minutes_id or UUID(int=0)).first(),
            "doors": doors_of(request.user, found),
            "may_sign": found.state == SittingState.CLOSED
            and found.minutes is None
            and may(request.user, Ability.WRITE_MINUTES),
            "may_draft": may(request.user, Ability.DRAFT_NOTICE),
        },
    )


@official(Ability.WRITE_MINUTES)
@require_POST
def sitting_sign(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Sign the minutes: from now on they are read only."""
    found = get_object_or_404(_records(request), pk=pk)
    return press(
        request,
        lambda: sign_minutes(sitting=found, by=request.user),
        where=reverse("desk:sitting", args=[pk]),
        said=_("Đã ký và ban hành biên bản."),
    )


def _sittings(request: OfficialRequest) -> QuerySet[Sitting]:
    return Sitting.objects.filter(
        reception__in=receptions_for(request.user).values("pk")
    ).select_related("reception__agency", "reception__chair", "reception__secretary", "minutes")


def _records(request: OfficialRequest) -> QuerySet[Sitting]:
    """Sittings whose whole record the official may read: case workers of the province."""
    return _sittings(request) if works_for_the_province(request.user) else Sitting.objects.none()
