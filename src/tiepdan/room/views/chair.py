"""The chair's page: one big button for the next thing, everything else quieter."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.forms import ReasonForm, RefusalForm
from tiepdan.room.views import board, controls, papers
from tiepdan.room.views.access import (
    OfficialRequest,
    allow,
    done,
    refused,
    row_or_404,
    signed_in,
    sitting_or_404,
)
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.actions.minutes import points_of
from tiepdan.sittings.models import Sitting, Visit
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import SittingState


@require_safe
@signed_in
def page(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Show the chair what happens and what comes next."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.RUN, found))
    return _show(request, found)


@require_POST
@signed_in
def act(request: OfficialRequest, sitting: UUID, act: str) -> HttpResponse:
    """Do what the chair pressed; a refusal is told on the same page."""
    found = sitting_or_404(sitting)
    if act not in ACTS:
        raise Http404
    allow(may(request.user, NEEDS.get(act, Act.RUN), found))
    try:
        ACTS[act](request, found)
    except RuleRefusedError as refusal:
        return refused(request, refusal) or _show(request, found, refusal)
    finally:
        reconcile.apply(found)
    return done(request, "room:chair", sitting=found.pk)


def _show(
    request: HttpRequest, sitting: Sitting, refusal: RuleRefusedError | None = None
) -> HttpResponse:
    context = board.board(sitting)
    visit, coming = context["visit"], queries.next_appointment(sitting)
    is_open = sitting.state == SittingState.OPEN
    context |= controls.controls(sitting) | papers.panel(request.user, sitting)
    context |= board.conclusion(visit) | {
        "room_class": "room--control",
        "page_url": reverse("room:chair", args=[sitting.pk]),
        "step": queries.next_step(sitting),
        "coming": coming,
        "coming_place": queries.place_name(coming.booking.site) if coming else "",
        "obstacle": queries.why_not_callable(sitting, coming) if coming and is_open else None,
        "entries": visit.entries.all() if visit else [],
        "places": board.places(sitting),
        "sites": board.sites(sitting),
        "reason_form": ReasonForm(auto_id="ly_do_%s"),
        "hold_form": ReasonForm(auto_id="tam_giu_%s"),
        "orders": is_open and visit is None,
        "unrecorded_form": ReasonForm(auto_id="khong_ghi_%s"),
        "refusal_form": RefusalForm(auto_id="tu_choi_%s"),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "room/chair.html", context, status=status)


def _visit(request: HttpRequest, sitting: Sitting) -> Visit:
    """The turn the pressed button was about; without one, the turn that goes on."""
    if request.POST.get("visit"):
        return row_or_404(queries.visits(sitting), request.POST["visit"])
    visit = queries.running_visit(sitting)
    if visit is None:
        raise RuleRefusedError("no_turn", "Không có lượt nào đang tiếp.")
    return visit


def _open(request: OfficialRequest, sitting: Sitting) -> None:
    actions.open_sitting(sitting=sitting, by=request.user)


def _call(request: OfficialRequest, sitting: Sitting) -> None:
    actions.call_next(
        sitting=sitting,
        by=request.user,
        appointment=_appointment(request, sitting),
        reason=request.POST.get("reason", ""),
    )


def _hold(request: OfficialRequest, sitting: Sitting) -> None:
    reason = request.POST.get("reason", "")
    actions.hold_visit(visit=_visit(request, sitting), reason=reason, by=request.user)


def _recall(request: OfficialRequest, sitting: Sitting) -> None:
    held = queries.held_visits(sitting)
    visit = row_or_404(held, request.POST["visit"]) if request.POST.get("visit") else held.first()
    if visit is None:
        raise RuleRefusedError("no_turn_held", "Không có lượt nào đang tạm giữ.")
    actions.recall_visit(visit=visit, by=request.user)


def _pass_over(request: OfficialRequest, sitting: Sitting) -> None:
    waiting = _appointment(request, sitting)
    if waiting is None:
        raise Http404
    reason = request.POST.get("reason", "")
    actions.pass_over(sitting=sitting, appointment=waiting, reason=reason, by=request.user)


def _end(request: OfficialRequest, sitting: Sitting) -> None:
    actions.end_visit(visit=_visit(request, sitting), by=request.user)


def _end_and_call(request: OfficialRequest, sitting: Sitting) -> None:
    actions.end_and_call_next(visit=_visit(request, sitting), by=request.user)


def _end_to_plenary(request: OfficialRequest, sitting: Sitting) -> None:
    actions.end_visit(visit=_visit(request, sitting), by=request.user)
    actions.return_to_plenary(sitting=sitting, by=request.user)


def _plenary(request: OfficialRequest, sitting: Sitting) -> None:
    actions.return_to_plenary(sitting=sitting, by=request.user)


def _absent(request: OfficialRequest, sitting: Sitting) -> None:
    waiting = _appointment(request, sitting)
    if waiting:
        actions.mark_absent(sitting=sitting, appointment=waiting, by=request.user)
    else:
        actions.mark_absent(visit=_visit(request, sitting), by=request.user)


def _refuse(request: OfficialRequest, sitting: Sitting) -> None:
    ground, reason = request.POST.get("ground", ""), request.POST.get("reason", "")
    visit = _visit(request, sitting)
    actions.refuse_visit(visit=visit, ground=ground, reason=reason, by=request.user)


def _unrecorded(request: OfficialRequest, sitting: Sitting) -> None:
    reason = request.POST.get("reason", "")
    actions.start_unrecorded(visit=_visit(request, sitting), reason=reason, by=request.user)


def _pause(request: OfficialRequest, sitting: Sitting) -> None:
    reason = request.POST.get("reason", "")
    actions.pause_sitting(sitting=sitting, reason=reason, by=request.user)


def _resume(request: OfficialRequest, sitting: Sitting) -> None:
    actions.resume_sitting(sitting=sitting, by=request.user)


def _conclude(request: OfficialRequest, sitting: Sitting) -> None:
    visit = _visit(request, sitting)
    shown = request.POST.get("shown")
    actions.record_conclusion(visit=visit, items=points_of(visit), shown=shown, by=request.user)


def _suspend(request: OfficialRequest, sitting: Sitting) -> None:
    words = request.POST.get("reason", "")
    actions.suspend_sitting(sitting=sitting, words=words, by=request.user)


def _deliberate(request: OfficialRequest, sitting: Sitting) -> None:
    actions.begin_deliberation(sitting=sitting, by=request.user)


def _return(request: OfficialRequest, sitting: Sitting) -> None:
    actions.end_deliberation(sitting=sitting, by=request.user)


def _undo_close(request: OfficialRequest, sitting: Sitting) -> None:
    actions.undo_close(sitting=sitting, by=request.user)


def _close(request: OfficialRequest, sitting: Sitting) -> None:
    actions.close_sitting(sitting=sitting, by=request.user)


def _appointment(request: HttpRequest, sitting: Sitting) -> Appointment | None:
    key = request.POST.get("appointment")
    return row_or_404(sitting.reception.appointments.all(), key) if key else None


ACTS: dict[str, Callable[[OfficialRequest, Sitting], None]] = {
    "open": _open,
    "call": _call,
    "end": _end,
    "end_and_call": _end_and_call,
    "end_to_plenary": _end_to_plenary,
    "hold": _hold,
    "recall": _recall,
    "pass_over": _pass_over,
    "plenary": _plenary,
    "absent": _absent,
    "refuse": _refuse,
    "unrecorded": _unrecorded,
    "pause": _pause,
    "resume": _resume,
    "suspend": _suspend,
    "deliberate": _deliberate,
    "return": _return,
    "undo_close": _undo_close,
    "conclude": _conclude,
    "close": _close,
    **controls.ACTS,
}
"""What the chair's forms may ask for; the last part of their address."""

NEEDS = {
    "pause": Act.PAUSE,
    "resume": Act.PAUSE,
    "suspend": Act.SUSPEND,
    "deliberate": Act.DELIBERATE,
    "return": Act.DELIBERATE,
    "conclude": Act.CONCLUDE,
    **controls.NEEDS,
}
"""What of the table each needs; else it is part of running the sitting."""
