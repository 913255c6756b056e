"""The chair's hand on microphones and screens, a site's raised hand, private texts."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.views.access import (
    OfficialRequest,
    allow,
    done,
    row_or_404,
    seat_or_404,
    signed_in,
    sitting_or_404,
)
from tiepdan.room.views.operation import PAGES
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import Layout

CONTROL_PAGES = {"room:chair", "room:secretary", "room:operator"}
SCREENS = (Layout.SPEAKER, Layout.PAIR, Layout.GRID)
"""What the chair chooses from; the layout for documents comes with a document."""


def controls(sitting: Sitting) -> dict[str, Any]:
    """What the panel of controls shows."""
    return {
        "hands": [(seat, queries.place_of(seat)) for seat in queries.hands(sitting)],
        "floor": sitting.floor,
        "spotlight": sitting.spotlight,
        "private_texts": queries.private_texts(sitting),
        "screens": [(one.value, one.label, one == sitting.layout) for one in _screens(sitting)],
    }


def _screens(sitting: Sitting) -> tuple[Layout, ...]:
    shown = queries.shown_paper(sitting)
    return SCREENS if shown is None or not shown.began_at else (*SCREENS, Layout.DOCUMENT)


def _seat(request: HttpRequest, sitting: Sitting) -> Seat:
    return row_or_404(queries.seats(sitting), request.POST.get("seat"))


def _mute(request: OfficialRequest, sitting: Sitting) -> None:
    reconcile.mute(actions.note_muted(seat=_seat(request, sitting), by=request.user))


def _lock(request: OfficialRequest, sitting: Sitting) -> None:
    actions.lock_microphone(seat=_seat(request, sitting), by=request.user)


def _unlock(request: OfficialRequest, sitting: Sitting) -> None:
    actions.unlock_microphone(seat=_seat(request, sitting), by=request.user)


def _give_floor(request: OfficialRequest, sitting: Sitting) -> None:
    actions.give_floor(seat=_seat(request, sitting), by=request.user)


def _free_floor(request: OfficialRequest, sitting: Sitting) -> None:
    actions.free_floor(sitting=sitting, by=request.user)


def _spotlight(request: OfficialRequest, sitting: Sitting) -> None:
    actions.spotlight(sitting=sitting, seat=_seat(request, sitting), by=request.user)


def _no_spotlight(request: OfficialRequest, sitting: Sitting) -> None:
    actions.spotlight(sitting=sitting, seat=None, by=request.user)


def _layout(request: OfficialRequest, sitting: Sitting) -> None:
    layout = request.POST.get("layout", "")
    actions.choose_layout(sitting=sitting, layout=layout, by=request.user)


def _lower_hand(request: OfficialRequest, sitting: Sitting) -> None:
    actions.lower_hand(seat=_seat(request, sitting), by=request.user)


def _remove(request: OfficialRequest, sitting: Sitting) -> None:
    reason = request.POST.get("reason", "")
    actions.remove_seat(seat=_seat(request, sitting), reason=reason, by=request.user)


def _admit(request: OfficialRequest, sitting: Sitting) -> None:
    actions.admit_seat(seat=_seat(request, sitting), by=request.user)


SEAT_ACTS = {"remove": _remove, "admit": _admit}
"""Who is put out of the room, or let in again: the operator's page asks these too."""

ACTS: dict[str, Callable[[OfficialRequest, Sitting], None]] = {
    "mute": _mute,
    "lock": _lock,
    "unlock": _unlock,
    "floor": _give_floor,
    "free_floor": _free_floor,
    "spotlight": _spotlight,
    "no_spotlight": _no_spotlight,
    "layout": _layout,
    "lower_hand": _lower_hand,
    **SEAT_ACTS,
}
"""Further acts of the chair's page."""

NEEDS = (
    dict.fromkeys(ACTS, Act.DIRECT)
    | dict.fromkeys(["mute", "lock", "unlock"], Act.SILENCE)
    | dict.fromkeys(SEAT_ACTS, Act.REMOVE)
)


@require_POST
@signed_in
def hand(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """A site raises its hand, or takes it down again."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.RAISE_HAND, found.sitting, found))
    act = actions.lower_hand if found.hand_at else actions.raise_hand
    with suppress(RuleRefusedError):  # the sitting is over, and the page says so
        act(seat=found, by=request.user)
    page = PAGES.get(request.POST.get("back", ""), "room:clerk")
    return done(request, page, sitting=sitting, seat=seat)


@require_POST
@signed_in
def private_text(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """A line between those who run the sitting; back to the page it was written on."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.PRIVATE_TEXT, found))
    with suppress(RuleRefusedError):  # nothing was written
        actions.send_private_text(sitting=found, text=request.POST.get("text", ""), by=request.user)
    page = request.POST.get("back", "")
    return done(request, page if page in CONTROL_PAGES else "room:chair", sitting=sitting)


urls = [
    path("<uuid:sitting>/ghe/<slug:seat>/gio-tay/", hand, name="hand"),
    path("<uuid:sitting>/nhan-rieng/", private_text, name="private_text"),
]
