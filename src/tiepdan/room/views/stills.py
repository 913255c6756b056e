"""Small pictures of the sites: sent by each site's page, seen on the operator's wall."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.room.views.access import OfficialRequest, allow, holds, seat_or_404, signed_in
from tiepdan.sittings import queries, stills
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act


@require_POST
@signed_in
def send(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Keep a site's newest still; only the page that holds the seat may send it.

    409: the site is where the wall must not look, and what was sent is kept nowhere.
    """
    found = seat_or_404(sitting, seat)
    allow(holds(request, found) and may(request.user, Act.OPEN_SEAT, found.sitting, found))
    if int(request.headers.get("Content-Length") or 0) > stills.LARGEST:
        return HttpResponseBadRequest()
    if not stills.is_picture(request.body):
        return HttpResponseBadRequest()
    if not queries.may_show_still(found):
        return HttpResponse(status=409)
    stills.put(found, request.body)
    return HttpResponse(status=204)


@require_safe
@never_cache
@signed_in
def show(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """The newest still, for who operates; 404 when there is none or it may not be seen now."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPERATE, found.sitting))
    picture = stills.picture(found) if queries.may_show_still(found) else None
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/jpeg")


urls = [
    path("<uuid:sitting>/ghe/<slug:seat>/anh/", send, name="still_send"),
    path("<uuid:sitting>/ky-thuat/anh/<slug:seat>/", show, name="still"),
]
