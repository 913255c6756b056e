"""The media seat of one physical room: the only page with camera, microphone, loudspeaker."""

import zlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.org import rulebook
from tiepdan.room.views import board, people
from tiepdan.room.views.access import OfficialRequest, allow, holds, out, seat_or_404, signed_in
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.models import Seat, Visit
from tiepdan.sittings.permissions import may
from tiepdan.sittings.queries import Sign
from tiepdan.sittings.roles import Act, Cell, cell
from tiepdan.sittings.states import SittingState

CAMERA = "camera"
"""Query of the clerk's page that also holds the site's camera, microphone and loudspeaker."""


@require_safe
@signed_in
def page(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """The stage for the web session that holds the seat; for others a button to open it here."""
    found = seat_or_404(sitting, seat)
    is_allowed = may(request.user, Act.OPEN_SEAT, found.sitting, found)
    if not is_allowed and found.participants.filter(user=request.user).exists():
        return out(request)
    allow(is_allowed)
    return _show(request, found)


@require_POST
@signed_in
def take(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Open the site here; a page that was open elsewhere is put out and told."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPEN_SEAT, found.sitting, found))
    key = request.session.session_key or ""
    try:
        actions.take_seat(seat=found, session_key=key, by=request.user)
    except RuleRefusedError as refusal:
        return _show(request, found, refusal)
    finally:
        reconcile.apply(found.sitting)
    return redirect(_back(request, found, camera=True))


@require_POST
@signed_in
def release(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Leave the site; only the session that holds it can."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPEN_SEAT, found.sitting, found) and holds(request, found))
    key = request.session.session_key
    actions.release_seat(seat=found, by=request.user, session_key=key)
    reconcile.apply(found.sitting)
    return redirect(_back(request, found, camera=False))


def clerk_page(seat: Seat, *, camera: bool) -> str:
    """The clerk's page, with the site's camera in it or without."""
    page = reverse("room:clerk", args=[seat.sitting_id, seat.code])
    return f"{page}?{CAMERA}=1" if camera else page


def with_camera(request: HttpRequest, seat: Seat) -> bool:
    """Whether this page is the site's media page: asked for, and the seat is held here."""
    is_over = seat.sitting.state == SittingState.CLOSED
    return CAMERA in request.GET and holds(request, seat) and not is_over


def _back(request: OfficialRequest, seat: Seat, *, camera: bool) -> str:
    """The page the person came from: the clerk's desk, or the room's own machine."""
    if request.POST.get("to") == "clerk" and may(request.user, Act.SEE_SITE, seat.sitting, seat):
        return clerk_page(seat, camera=camera)
    return reverse("room:seat", args=[seat.sitting_id, seat.code])


def _show(
    request: HttpRequest, seat: Seat, refusal: RuleRefusedError | None = None
) -> HttpResponse:
    context = board.board(seat.sitting)
    visit = context["visit"]
    context |= waiting_place(seat, visit) | {
        "room_class": "room--seat",
        "page_url": reverse("room:seat", args=[seat.sitting_id, seat.code]),
        "seat": seat,
        "held_here": holds(request, seat),
        "is_over": seat.sitting.state == SittingState.CLOSED,
        "in_turn": in_turn(seat, visit),
        **own_signs(seat, context),
        "may_show_papers": may(request.user, Act.SHOW_PAPERS, seat.sitting, seat),
        "watches": cell(seat.role, Act.SEND_SOUND) == Cell.NO,
        **to_operator(seat),
        **machine(seat),
        **refreshing(seat),
        **people.own_cases(request, seat),
        "refusal": refusal,
    }
    return render(request, "room/seat.html", context, status=409 if refusal else 200)


def waiting_place(seat: Seat, visit: Visit | None) -> dict[str, object]:
    """How many citizens come before the site's next one, and about how many minutes that is.

    `visit`: the running one.
    """
    waiting = list(queries.queue(seat.sitting))
    ahead = next(
        (place for place, row in enumerate(waiting) if row.booking_id == seat.booking_id), None
    )
    day = seat.sitting.reception.starts_at.astimezone(clock.VIETNAM).date()
    running = 1 if visit else 0
    minutes = rulebook.number("minutes_per_turn", day)
    return {
        "ahead": None if ahead is None else ahead + running,
        "about_minutes": None if ahead is None else (ahead + running) * minutes,
        "own_next": None if ahead is None else waiting[ahead],
    }


def own_signs(seat: Seat, board: dict[str, Any]) -> dict[str, Sign | bool]:
    """Where a site stands and whether it is recorded: of a room it is not in, nothing is said.

    `board`: what every page of the sitting shows. `is_away`: the site has withdrawn to deliberate;
    `is_in_room`: it is on the open room's roster.
    """
    sitting, admission = seat.sitting, queries.roster(board["room"]).get(seat.pk)
    return {
        "seat_sign": queries.seat_sign(seat, admission),
        "recording": board["recording"] if admission else queries.recording_sign(sitting, None),
        "is_away": queries.is_away(seat),
        "is_in_room": admission is not None,
    }


def refreshing(seat: Seat) -> dict[str, int]:
    """Milliseconds after news until the page fetches its words anew.

    Joining the next room comes first, and the pages of fifteen sites must not all ask at once.
    """
    return {"refresh_after": 700 + zlib.crc32(seat.code.encode()) % 1000}


def machine(seat: Seat) -> dict[str, object]:
    """How the site's machine did when it was tried last."""
    check = queries.last_check(seat)
    return {"check": check, "check_sign": queries.check_sign(check)}


def to_operator(seat: Seat) -> dict[str, object]:
    """The site's call for help and the operator's message to it, as long as they stand."""
    return {"help_task": queries.help_task(seat), "site_message": queries.message_for(seat)}


def in_turn(seat: Seat, visit: Visit | None) -> bool:
    """Whether the running turn is of this site's citizen."""
    return visit is not None and visit.appointment.booking_id == seat.booking_id
