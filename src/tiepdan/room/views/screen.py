"""The citizens' window on the television, opened by the clerk on the machine of the room."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from tiepdan.room.views import board
from tiepdan.room.views.access import OfficialRequest, allow, seat_or_404, signed_in
from tiepdan.room.views.seat import in_turn, own_signs, waiting_place
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act

CAPTIONS = 2
"""Points of the conclusion in the captions area; more do not fit in large type."""


@require_safe
@signed_in
def page(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """The words of the citizens' screen; it takes no seat and gets no token.

    Pictures come from the window that opened it. The site's own conclusion stands in the captions
    area while it is composed.
    """
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPEN_SEAT, found.sitting, found))
    context = board.board(found.sitting)
    ours = in_turn(found, context["visit"])
    points = board.conclusion(context["visit"] if ours else None)
    context |= waiting_place(found, context["visit"]) | {
        "room_class": "room--citizen",
        "page_url": reverse("room:screen", args=[found.sitting_id, found.code]),
        "seat": found,
        "in_turn": ours,
        "captions": list(points["concluded"] or points["points"])[-CAPTIONS:],
        **own_signs(found, context),
    }
    return render(request, "room/screen.html", context)


urlpatterns = [path("<uuid:sitting>/ghe/<slug:seat>/man-hinh/", page, name="screen")]
