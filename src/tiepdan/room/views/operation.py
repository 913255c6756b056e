"""What a site sends to the operator: the figures of its line, calls for help, "message read"."""

import json
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import path
from django.views.decorators.http import require_POST

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.views.access import OfficialRequest, allow, done, holds, seat_or_404, signed_in
from tiepdan.sittings import actions
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act

LARGEST_REPORT = 4096
"""Bytes; ours has about 250."""

PAGES = {"ghe": "room:seat", "ban": "room:clerk"}
"""Where the button stood: the page with the camera, or the clerk's."""


@require_POST
@signed_in
def report(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Keep the newest figures of the site; only the page that holds the seat may tell them."""
    found = seat_or_404(sitting, seat)
    allow(holds(request, found) and may(request.user, Act.OPEN_SEAT, found.sitting, found))
    try:
        told = json.loads(request.body) if len(request.body) <= LARGEST_REPORT else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return HttpResponseBadRequest()
    actions.note_report(seat=found, told=told)
    return HttpResponse(status=204)


@require_POST
@signed_in
def call_for_help(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """One press: the operator gets a task."""
    return _from_site(request, sitting, seat, actions.call_for_help)


@require_POST
@signed_in
def read(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """The operator's message was read."""
    return _from_site(request, sitting, seat, actions.note_message_read)


def _from_site(
    request: OfficialRequest, sitting: UUID, seat: str, act: Callable[..., object]
) -> HttpResponse:
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.CALL_HELP, found.sitting, found))
    with suppress(RuleRefusedError):  # the sitting is over, and the page says so
        act(seat=found, by=request.user)
    page = PAGES.get(request.POST.get("back", ""), "room:clerk")
    return done(request, page, sitting=sitting, seat=seat)


urls = [
    path("<uuid:sitting>/ghe/<slug:seat>/so-do/", report, name="line_report"),
    path("<uuid:sitting>/ghe/<slug:seat>/goi-ho-tro/", call_for_help, name="call_for_help"),
    path("<uuid:sitting>/ghe/<slug:seat>/da-doc/", read, name="message_read"),
]
