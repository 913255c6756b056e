"""Between browsers and the media engine: tokens, the door, the engine's reports."""

import logging
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts.models import User
from tiepdan.room.views.access import allow, holds, seat_or_404
from tiepdan.scheduling.line_budget import Line, cap
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings import actions, queries, reconcile, rules
from tiepdan.sittings.actions.rooms import title_of
from tiepdan.sittings.models import Admission, MediaRoom, Seat, Sitting
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act
from tiepdan.video.port import EventKind, ForgedError, Provider, TokenClaims
from tiepdan.video.providers import provider

log = logging.getLogger(__name__)

PERSONAL = Line(5000, 5000)
"""The line of a person's own machine, kbit/s: what a delegate's site has (law.md 4.4: 5 Mb)."""


@require_POST
@never_cache
def token(request: HttpRequest, sitting: UUID, seat: str) -> HttpResponse:
    """A token for the room that is open to the seat now; it is minted here and kept nowhere.

    403: not this web session's seat. 409: not admitted now. 503: the engine is not ready.
    """
    found = seat_or_404(sitting, seat)
    allow(holds(request, found) and may(request.user, Act.OPEN_SEAT, found.sitting, found))
    room = queries.room_for(found)
    admission = queries.admission_for(found, room) if room else None
    asked = request.POST.get("room", "")
    if room is None or admission is None or asked not in {"", room.name}:
        return JsonResponse({"error": "not admitted"}, status=409)
    if not reconcile.provisioned(room):
        return JsonResponse({"error": "not ready"}, status=503)
    actions.note_token(admission)
    return JsonResponse(_grant(found, room))


def _grant(seat: Seat, room: MediaRoom) -> dict[str, str | int]:
    engine = provider(seat.sitting.provider)
    site = seat.site
    guest = None
    if room.visit:
        guest = seat.sitting.seats.get(booking_id=room.visit.appointment.booking_id).code
    hub = seat.sitting.seats.get(booking__role=SiteRole.HUB).code
    return {
        "url": "",
        "token": engine.seat_token(
            room.name, seat.code, seat.name, may_send=queries.may_send(seat, seat.sitting)
        ),
        "room": room.name,
        "part": room.part,
        "sign": ",".join(sorted(queries.sign_seats(seat.sitting))),
        "title": title_of(room),
        "main": rules.main_seat(seat.code, hub=hub, guest=guest),
        "sharable": queries.is_sharable(room),
        "layout": seat.sitting.layout,
        "spotlight": seat.sitting.spotlight.code if seat.sitting.spotlight else "",
        "cap_kbps": cap(Line(site.up_kbps, site.down_kbps) if site else PERSONAL),
    }


@require_safe
@never_cache
def gate(request: HttpRequest) -> HttpResponse:
    """Nginx asks before each connection to the engine: 200 lets it through, 403 does not.

    The engine itself hands out fresh tokens and cannot take one back, so a token alone is never
    enough: its seat must be on the roster of an open room, be held by this web session, and have
    every right the token carries (the page then asks for a token of today's rights).
    """
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        raise PermissionDenied
    engine, claims = _claims(request)
    if not _may_pass(request, user, claims):
        raise PermissionDenied
    return HttpResponse(status=200, headers={"X-Engine": engine.number_of(claims.room_name)})


def _claims(request: HttpRequest) -> tuple[Provider, TokenClaims]:
    """What the token grants, and whose it is; raises PermissionDenied for a token of nobody."""
    text = _only_token(request)
    if text is None:
        raise PermissionDenied
    for engine in _engines():
        with suppress(ForgedError):
            return engine, engine.identity_of_token(text)
    raise PermissionDenied


def _may_pass(request: HttpRequest, user: User, claims: TokenClaims) -> bool:
    admission = _admission(claims)
    if admission is None:
        return _is_checking(request, user, claims)
    seat = admission.seat
    return (
        holds(request, seat)
        and may(user, Act.OPEN_SEAT, seat.sitting, seat)
        and claims.may_send <= queries.may_send(seat, seat.sitting)
    )


def _is_checking(request: HttpRequest, user: User, claims: TokenClaims) -> bool:
    """Whether the page tries its machine: its own private room, and nobody else's."""
    check = queries.check_in(claims.room_name)
    if check is None or check.session_key != request.session.session_key:
        return False
    return claims.identity.startswith(check.seat.code) and may(
        user, Act.OPEN_SEAT, check.seat.sitting, check.seat
    )


def _only_token(request: HttpRequest) -> str | None:
    """The one token the engine will read; None when there is none or it could read another.

    The engine prefers an `Authorization` header to the address, and `publish` would add a second
    participant to a token; names in an address may be written in percent signs.
    """
    if request.headers.get("Authorization"):
        return None
    query = urlsplit(request.headers.get("X-Original-URI", "")).query
    pairs = parse_qsl(query, keep_blank_values=True)
    tokens = [value for name, value in pairs if name == "access_token"]
    if ";" in query or len(tokens) != 1 or any(name == "publish" for name, _ in pairs):
        return None
    return tokens[0]


def _admission(claims: TokenClaims) -> Admission | None:
    return (
        Admission.objects.filter(
            room__name=claims.room_name,
            room__closed_at__isnull=True,
            seat__code=claims.identity,
            withdrawn_at__isnull=True,
        )
        .select_related("seat__booking__site__agency", "seat__sitting__floor")
        .first()
    )


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """A report of the engine: it only makes us look, so repeats and disorder do no harm."""
    for engine in _engines():
        try:
            event = engine.parse_event(request.body, request.headers.get("Authorization", ""))
        except ForgedError:
            continue
        room = event and MediaRoom.objects.filter(name=event.room_name).first()
        # Of a room that we have ended only somebody's coming is news.
        if room and event and (room.closed_at is None or event.kind == EventKind.JOINED):
            if event.kind == EventKind.LEFT:
                reconcile.left(room, event)
            reconcile.apply_soon(room.sitting)
        return HttpResponse(status=200)
    log.warning("a forged report was refused")
    return HttpResponse(status=401)


def _engines() -> list[Provider]:
    """Every provider that a sitting uses."""
    names = Sitting.objects.order_by("provider").values_list("provider", flat=True).distinct()
    return [provider(name) for name in names]
