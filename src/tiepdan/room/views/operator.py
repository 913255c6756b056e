"""The operator's wall: every site with its lamps in words, trouble first."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.forms import SeatReasonForm
from tiepdan.room.views import board
from tiepdan.room.views.access import OfficialRequest, allow, signed_in, sitting_or_404
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.models import MediaRoom, Sitting
from tiepdan.sittings.permissions import can_operate
from tiepdan.sittings.queries import Sign
from tiepdan.video.port import Participant, ProviderUnavailableError, Source
from tiepdan.video.providers import provider


@dataclass(frozen=True, slots=True)
class Tile:
    """A site on the wall; `needs` are the turns still to come whose citizen needs support."""

    line: board.SiteLine
    lamps: list[Sign]
    is_problem: bool
    needs: list[Appointment]


@require_safe
@signed_in
def page(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Show every site."""
    found = sitting_or_404(sitting)
    allow(can_operate(request.user, found))
    return _show(request, found)


@require_POST
@signed_in
def act(request: OfficialRequest, sitting: UUID, act: str) -> HttpResponse:
    """Put a site's page out of the room, or let it in again."""
    found = sitting_or_404(sitting)
    allow(can_operate(request.user, found))
    if act not in {"remove", "admit"}:
        raise Http404
    form = SeatReasonForm(request.POST, sitting=found)
    refusal = None
    if form.is_valid():
        seat, reason = form.cleaned_data["seat"], form.cleaned_data["reason"]
        try:
            if act == "remove":
                actions.remove_seat(seat=seat, reason=reason, by=request.user)
            else:
                actions.admit_seat(seat=seat, by=request.user)
        except RuleRefusedError as error:
            refusal = error
        finally:
            reconcile.apply(found)
        if refusal is None:
            return redirect("room:operator", sitting=sitting)
    return _show(request, found, form, refusal)


def _show(
    request: OfficialRequest,
    sitting: Sitting,
    form: SeatReasonForm | None = None,
    refusal: RuleRefusedError | None = None,
) -> HttpResponse:
    context = board.board(sitting)
    inside, reachable = _inside(sitting, context["room"])
    context |= {
        "room_class": "room--wall",
        "page_url": reverse("room:operator", args=[sitting.pk]),
        "tiles": _tiles(sitting, inside),
        "reachable": reachable,
        "places": board.places(sitting),
        "form": form or SeatReasonForm(sitting=sitting),
        "refusal": refusal,
    }
    return render(request, "room/operator.html", context, status=409 if form else 200)


def _inside(sitting: Sitting, room: MediaRoom | None) -> tuple[dict[str, Participant], bool]:
    """Who is in the open room by the engine's own word, and whether it could be asked."""
    engine = provider(sitting.provider)
    try:
        people = engine.participants(room.name) if room else []
    except ProviderUnavailableError:
        return {}, False
    return {person.identity: person for person in people}, room is not None or engine.healthy()


def _tiles(sitting: Sitting, inside: dict[str, Participant]) -> list[Tile]:
    waiting = [row for row in queries.queue(sitting) if row.filing.needs]
    return [
        _tile(
            line,
            inside.get(line.seat.code),
            [row for row in waiting if row.booking_id == line.seat.booking_id],
        )
        for line in board.sites(sitting)
    ]


def _tile(line: board.SiteLine, person: Participant | None, needs: list[Appointment]) -> Tile:
    lamps = [line.sign]
    if person:
        lamps += [
            _lamp(person, Source.AUDIO, ("mic", _("Có tiếng")), ("mic-off", _("Không có tiếng"))),
            _lamp(
                person, Source.VIDEO, ("camera", _("Có hình")), ("camera-off", _("Không có hình"))
            ),
        ]
    return Tile(line, lamps, any(lamp.kind in {"warn", "danger"} for lamp in lamps), needs)


def _lamp(person: Participant, source: Source, good: tuple[str, str], bad: tuple[str, str]) -> Sign:
    return Sign("ok", *good) if source in person.sending else Sign("warn", *bad)
