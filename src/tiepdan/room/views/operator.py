"""The operator's wall: every site with its lamps in words, trouble first, tasks above all."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.views import board, controls, display, wall
from tiepdan.room.views.access import (
    OfficialRequest,
    allow,
    done,
    refused,
    row_or_404,
    seat_or_404,
    signed_in,
    sitting_or_404,
)
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.models import MediaRoom, OperatorTask, Sitting
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act
from tiepdan.video.port import Participant, ProviderUnavailableError
from tiepdan.video.providers import provider

NEWEST_DONE = 5


@require_safe
@signed_in
def page(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Show every site."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.OPERATE, found))
    return _show(request, found)


@require_POST
@signed_in
def act(request: OfficialRequest, sitting: UUID, act: str) -> HttpResponse:
    """Put a site's page out of the room, or let it in again."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.REMOVE, found))
    if act not in controls.SEAT_ACTS:
        raise Http404
    try:
        controls.SEAT_ACTS[act](request, found)
    except RuleRefusedError as refusal:
        return refused(request, refusal) or _show(request, found, refusal=refusal)
    finally:
        reconcile.apply(found)
    return done(request, "room:operator", sitting=sitting)


@require_POST
@signed_in
def task(request: OfficialRequest, sitting: UUID, task: UUID, act: str) -> HttpResponse:
    """Take a task, or say how it was settled."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.OPERATE, found))
    row = row_or_404(found.tasks.all(), str(task))
    try:
        if act == "nhan":
            actions.take_task(task=row, by=request.user)
        elif act == "xong":
            actions.finish_task(task=row, note=request.POST.get("note", ""), by=request.user)
        else:
            raise Http404
    except RuleRefusedError as refusal:
        return refused(request, refusal) or _show(request, found, refusal=refusal)
    return done(request, "room:operator", sitting=sitting)


@require_POST
@signed_in
def incident(request: OfficialRequest, sitting: UUID, act: str) -> HttpResponse:
    """Suspend the sitting for a technical fault, or let it go on."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.OPERATE, found))
    try:
        if act == "tam-ngung":
            words = request.POST.get("words", "")
            actions.suspend_sitting(sitting=found, words=words, by=request.user)
        elif act == "tiep-tuc":
            actions.resume_sitting(sitting=found, by=request.user)
        else:
            raise Http404
    except RuleRefusedError as refusal:
        return refused(request, refusal) or _show(request, found, refusal=refusal)
    finally:
        reconcile.apply(found)
    return done(request, "room:operator", sitting=sitting)


@require_POST
@signed_in
def message(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Tell one site something."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPERATE, found.sitting))
    words = request.POST.get("quick") or request.POST.get("words", "")
    try:
        actions.send_message(seat=found, words=words, by=request.user)
    except RuleRefusedError as refusal:
        return refused(request, refusal) or _show(request, found.sitting, refusal=refusal)
    return done(request, "room:operator", sitting=sitting)


@require_POST
@signed_in
def power(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Note what a site says of its power."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPERATE, found.sitting))
    actions.note_power(seat=found, words=request.POST.get("words", ""), by=request.user)
    return done(request, "room:operator", sitting=sitting)


def _show(
    request: OfficialRequest, sitting: Sitting, refusal: RuleRefusedError | None = None
) -> HttpResponse:
    context = board.board(sitting)
    inside, reachable = _inside(sitting, context["room"])
    context |= {
        "room_class": "room--wall",
        "page_url": reverse("room:operator", args=[sitting.pk]),
        "tiles": wall.tiles(sitting, inside),
        "private_texts": queries.private_texts(sitting),
        "tasks": queries.open_tasks(sitting),
        "tasks_done": queries.done_tasks(sitting)[:NEWEST_DONE],
        "noted": _noted(request, sitting),
        "now": clock.now(),
        "display_url": display.display_url(sitting),
        "reachable": reachable,
        "places": board.places(sitting),
        "refusal": refusal,
    }
    context["sites"] = [tile.line for tile in context["tiles"]]
    return render(request, "room/operator.html", context, status=409 if refusal else 200)


def _noted(request: OfficialRequest, sitting: Sitting) -> OperatorTask | None:
    """The task whose own words are being written; its form stands apart from what changes."""
    asked = request.GET.get("viec", "")
    return next((row for row in queries.open_tasks(sitting) if str(row.pk) == asked), None)


def _inside(sitting: Sitting, room: MediaRoom | None) -> tuple[dict[str, Participant], bool]:
    """Who is in the open room by the engine's own word, and whether it could be asked."""
    engine = provider(sitting.provider)
    try:
        people = engine.participants(room.name) if room else []
    except ProviderUnavailableError:
        return {}, False
    return {person.identity: person for person in people}, room is not None or engine.healthy()


urls = [
    path("<uuid:sitting>/ky-thuat/", page, name="operator"),
    path("<uuid:sitting>/ky-thuat/nhan/<slug:seat>/", message, name="site_message"),
    path("<uuid:sitting>/ky-thuat/dien/<slug:seat>/", power, name="site_power"),
    path("<uuid:sitting>/ky-thuat/viec/<uuid:task>/<slug:act>/", task, name="operator_task"),
    path("<uuid:sitting>/ky-thuat/su-co/<slug:act>/", incident, name="operator_incident"),
    path("<uuid:sitting>/ky-thuat/<slug:act>/", act, name="operator_act"),
]
