"""The page of whoever looks after a site: what happens now, papers to check, whom to call."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.forms import IdentityForm
from tiepdan.room.views import board, papers
from tiepdan.room.views.access import (
    OfficialRequest,
    allow,
    by_script,
    row_or_404,
    seat_or_404,
    signed_in,
)
from tiepdan.room.views.seat import (
    CAMERA,
    clerk_page,
    own_signs,
    refreshing,
    to_operator,
    waiting_place,
    with_camera,
)
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import Seat
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act


@require_safe
@signed_in
def page(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Show the site's own citizens and what comes next."""
    found = seat_or_404(sitting, seat)
    allow(found.site is not None and may(request.user, Act.SEE_SITE, found.sitting, found))
    return _show(request, found)


@require_POST
@signed_in
def identity(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Note that the citizen's papers were seen and the recording explained."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.CHECK_IDENTITY, found.sitting, found))
    rows = Appointment.objects.filter(booking=found.booking).select_related("filing")
    appointment = row_or_404(rows, request.POST.get("appointment"))
    form = IdentityForm(
        request.POST, filing=appointment.filing, auto_id=f"luot_{appointment.order}_%s"
    )
    if form.is_valid():
        try:
            actions.check_identity(
                sitting=found.sitting, appointment=appointment, by=request.user, **form.cleaned_data
            )
        except RuleRefusedError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(clerk_page(found, camera=with_camera(request, found)))
    return _show(request, found, {appointment.pk: form})


def _show(
    request: HttpRequest, seat: Seat, failed: dict[UUID, IdentityForm] | None = None
) -> HttpResponse:
    context, failed = board.board(seat.sitting), failed or {}
    visit, camera = context["visit"], with_camera(request, seat)
    is_ours = visit is not None and visit.appointment.booking_id == seat.booking_id
    waiting = queries.queue(seat.sitting).filter(booking=seat.booking)
    unchecked = waiting.filter(identity_check__isnull=True).prefetch_related(
        "filing__members", "filing__representations"
    )
    context |= (
        waiting_place(seat, visit)
        | board.conclusion(visit if is_ours else None)
        | {
            "room_class": "room--control",
            "page_url": clerk_page(seat, camera=camera),
            "sign_line": queries.sign_line(seat),
            "with_camera": camera,
            "camera_query": f"?{CAMERA}=1" if camera else "",
            "seat": seat,
            "is_ours": is_ours,
            **own_signs(seat, context),
            "may_show_papers": may(request.user, Act.SHOW_PAPERS, seat.sitting, seat),
            **to_operator(seat),
            **refreshing(seat),
            **papers.panel(request.user, seat.sitting),
            "own": [row for row in board.places(seat.sitting) if row.number in _numbers(seat)],
            "checks": [
                (
                    row,
                    failed.get(row.pk)
                    or IdentityForm(filing=row.filing, auto_id=f"luot_{row.order}_%s"),
                )
                for row in unchecked
            ],
            "failed": bool(failed),
        }
    )
    # htmx swaps nothing on an error status; the form with its words is what it shall show.
    status = 409 if failed and not by_script(request) else 200
    return render(request, "room/clerk.html", context, status=status)


def _numbers(seat: Seat) -> set[int]:
    return set(Appointment.objects.filter(booking=seat.booking).values_list("order", flat=True))
