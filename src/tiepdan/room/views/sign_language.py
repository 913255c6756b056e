"""The secretary says which site shows the sign interpreter."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.views.access import OfficialRequest, allow, done, seat_or_404, signed_in
from tiepdan.sittings import actions, reconcile
from tiepdan.sittings.models import Sitting
from tiepdan.sittings.permissions import may
from tiepdan.sittings.queries import may_sign, sign_seats
from tiepdan.sittings.roles import Act


@require_POST
@signed_in
def pin(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Pin the site named, or unpin it (`off`)."""
    seat = seat_or_404(sitting, request.POST.get("seat", ""))
    allow(may(request.user, Act.PIN_SIGN, seat.sitting))
    act = actions.appoint_sign_interpreter
    if "off" in request.POST:
        act = actions.dismiss_sign_interpreter
    with suppress(RuleRefusedError):  # the hub, which the page does not offer
        act(seat=seat, by=request.user)
    reconcile.apply(seat.sitting)
    return done(request, "room:secretary", sitting=sitting)


def signing(sitting: Sitting) -> dict[str, object]:
    """Context of the secretary's panel: sites with whether they are pinned."""
    pinned = sign_seats(sitting)
    return {"signing": [(seat, seat.code in pinned) for seat in may_sign(sitting)]}


urlpatterns = [path("<uuid:sitting>/ngon-ngu-ky-hieu/", pin, name="pin")]
