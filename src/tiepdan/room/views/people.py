"""Who takes part in a sitting: people added, the cases they are named for, invitations by link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.notices import sms
from tiepdan.room.forms import InviteForm, ParticipantForm
from tiepdan.room.views import board
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
from tiepdan.sittings.models import CaseAttendance, Participant, Seat, Sitting, TurnInvite, Visit
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import SittingRole


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who takes part: their seat's cases, and those they may still be named for."""

    name: str
    role: str
    place: str
    seat: Seat
    part: Participant | None
    cases: list[CaseAttendance]
    nameable: list[Appointment]


@require_safe
@signed_in
@never_cache
def page(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Show who takes part, and the forms to change it."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.NAME_PEOPLE, found))
    return _show(request, found)


@require_POST
@signed_in
@never_cache
def act(request: OfficialRequest, sitting: UUID, act: str) -> HttpResponse:
    """Change who takes part; a refusal is told on the same page."""
    found = sitting_or_404(sitting)
    if act not in ACTS:
        raise Http404
    allow(may(request.user, Act.NAME_PEOPLE, found))
    try:
        unfinished = ACTS[act](request, found)
    except RuleRefusedError as refusal:
        return refused(request, refusal) or _show(request, found, refusal=refusal)
    finally:
        reconcile.apply(found)
    return unfinished or done(request, "room:people", sitting=sitting)


@require_POST
@signed_in
@never_cache
def invite(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Make a link into the running turn; it is shown this once, and sent when asked."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.INVITE, found))
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show(request, found, invite_form=form)
    told = form.cleaned_data
    try:
        made, secret = actions.invite_into_turn(
            visit=_running(found), name=told["name"], role=told["role"], by=request.user
        )
    except RuleRefusedError as refusal:
        return _show(request, found, invite_form=form, refusal=refusal)
    link = request.build_absolute_uri(reverse("room:guest", args=[secret]))
    sent = _send(told["phone"], link, made) if told["phone"] else None
    return _show(request, found, link={"url": link, "invite": made, "sent": sent})


@require_POST
@signed_in
def uninvite(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.INVITE, found))
    rows = TurnInvite.objects.filter(visit__sitting=found)
    actions.withdraw_invite(invite=row_or_404(rows, request.POST.get("invite")), by=request.user)
    reconcile.apply(found)
    return done(request, "room:people", sitting=sitting)


def _send(number: str, link: str, made: TurnInvite) -> bool:
    """Whether the provider took the message; the number is kept nowhere."""
    text = _("Mời tham dự lượt tiếp công dân. Mở liên kết trước %(hour)s: %(link)s") % {
        "hour": f"{made.expires_at.astimezone(clock.VIETNAM):%H:%M}",
        "link": link,
    }
    try:
        sms.send(number, text)
    except (sms.NotSentError, OSError):
        return False
    return True


def _show(
    request: OfficialRequest,
    sitting: Sitting,
    *,
    form: ParticipantForm | None = None,
    invite_form: InviteForm | None = None,
    refusal: RuleRefusedError | None = None,
    link: dict[str, Any] | None = None,
) -> HttpResponse:
    context = board.board(sitting)
    visit = context["visit"]
    context |= {
        "room_class": "room--control",
        "page_url": reverse("room:people", args=[sitting.pk]),
        "lines": lines(sitting),
        "form": form or ParticipantForm(sitting=sitting),
        "invite_form": invite_form or InviteForm(auto_id="moi_%s"),
        "invites": queries.open_invites(visit) if visit else [],
        "link": link,
        "refusal": refusal,
        "may_conduct": may(request.user, Act.RUN, sitting),
        "may_write": may(request.user, Act.WRITE_MINUTES, sitting),
    }
    failed = refusal or (form and form.errors) or (invite_form and invite_form.errors)
    return render(request, "room/people.html", context, status=409 if failed else 200)


def lines(sitting: Sitting) -> list[Line]:
    """People added, then rooms of other bodies that can be named for a case."""
    open_cases = list(
        sitting.reception.appointments.filter(carry_over__isnull=True)
        .exclude(visit__ended_at__isnull=False)
        .select_related("filing__petitioner", "booking")
    )
    parts = list(queries.participants(sitting))
    found = [_line(part.seat, part, open_cases) for part in parts]
    told = {part.seat_id for part in parts}
    rooms = [seat for seat in queries.seats(sitting) if seat.booking_id and seat.pk not in told]
    return found + [
        _line(seat, None, open_cases) for seat in rooms if seat.role == SittingRole.AGENCY
    ]


def _line(seat: Seat, part: Participant | None, open_cases: list[Appointment]) -> Line:
    cases = list(queries.cases(seat))
    named = {row.appointment_id for row in cases}
    needs_naming = cell(seat.role, Act.ENTER_TURN) == Cell.OWN and seat.role != SittingRole.CITIZEN
    return Line(
        name=str(part.user) if part else seat.name,
        role=str(SittingRole(part.role if part else seat.role).label),
        place=_("Máy riêng: %(label)s") % {"label": seat.label} if seat.own_role else seat.name,
        seat=seat,
        part=part,
        cases=cases,
        nameable=[row for row in open_cases if row.pk not in named] if needs_naming else [],
    )


def _running(sitting: Sitting) -> Visit:
    visit = queries.running_visit(sitting)
    if visit is None:
        raise RuleRefusedError("no_turn", "Không có lượt nào đang tiếp.")
    return visit


def _add(request: OfficialRequest, sitting: Sitting) -> HttpResponse | None:
    form = ParticipantForm(request.POST, sitting=sitting)
    if not form.is_valid():
        return _show(request, sitting, form=form)
    told = form.cleaned_data
    actions.add_participant(
        sitting=sitting,
        user=told["user"],
        role=told["role"],
        seat=told["seat"],
        label=told["label"],
        by=request.user,
    )
    return None


def _end(request: OfficialRequest, sitting: Sitting) -> None:
    part = row_or_404(queries.participants(sitting), request.POST.get("part"))
    actions.end_participation(participant=part, by=request.user)


def _name(request: OfficialRequest, sitting: Sitting) -> None:
    seat = row_or_404(queries.seats(sitting), request.POST.get("seat"))
    rows = sitting.reception.appointments.all()
    appointment = row_or_404(rows, request.POST.get("appointment"))
    actions.name_for_case(seat=seat, appointment=appointment, by=request.user)


def _take(request: OfficialRequest, sitting: Sitting) -> None:
    rows = CaseAttendance.objects.filter(seat__sitting=sitting)
    row = row_or_404(rows, request.POST.get("case"))
    actions.take_from_case(attendance=row, by=request.user)


ACTS: dict[str, Callable[[OfficialRequest, Sitting], HttpResponse | None]] = {
    "them": _add,
    "thoi": _end,
    "vu-viec": _name,
    "thoi-vu-viec": _take,
}


def own_cases(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What the page of a person's seat shows: their cases, or every turn for who hears them all."""
    user, sitting = request.user, seat.sitting
    sees_all = may(user, Act.SEE_NAMES, sitting)
    return {
        "own_cases": queries.own_cases(seat),
        "sees_names": may(user, Act.SEE_NAMES, sitting, seat),
        "no_hand": not may(user, Act.RAISE_HAND, sitting, seat),
        "places": board.places(sitting) if sees_all and seat.own_role else None,
    }


urls = [
    path("<uuid:sitting>/thanh-phan/", page, name="people"),
    path("<uuid:sitting>/thanh-phan/moi/", invite, name="invite"),
    path("<uuid:sitting>/thanh-phan/rut-loi-moi/", uninvite, name="uninvite"),
    path("<uuid:sitting>/thanh-phan/<slug:act>/", act, name="people_act"),
]
