"""Who comes in: the sitting, the seat, and the refusal of everybody else."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import remembered_grants
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings.models import Seat, Sitting

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)
SAFE = frozenset({"GET", "HEAD"})
MOST_DIGITS = 6
"""Of the number of a turn or a page; longer ones are somebody's mischief."""


class OfficialRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def signed_in(view: View) -> View:
    """Send strangers to the sign-in page, and back afterwards."""

    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if isinstance(request.user, User):
            if request.method in SAFE:
                # What a page shows is asked once; an act asks again when it holds the lock.
                remembered_grants(request.user)
                request.user.known_parts = {}  # type: ignore[attr-defined]
            return view(request, **kwargs)
        if _was_guest(request):
            return out(request)
        if not by_script(request):
            return redirect_to_login(request.get_full_path())
        # A script would follow a redirect unseen: the page itself goes, and comes back afterwards.
        login = redirect_to_login(_page_of(request))
        return HttpResponse(status=401, headers={"HX-Redirect": login.url})

    return guarded


def out(request: HttpRequest) -> HttpResponse:
    """Tell somebody that their part in the sitting is over (410); a script's page comes anew."""
    if by_script(request):
        answer = HttpResponse(status=410, headers={"HX-Redirect": _page_of(request)})
    else:
        answer = render(request, "room/out.html", {"room_class": "room--seat"}, status=410)
    add_never_cache_headers(answer)  # browsers keep a 410, and would show the script's empty one
    return answer


def _was_guest(request: HttpRequest) -> bool:
    """Whether this web session came by an invitation that is over: its account is put to rest."""
    guests = User.objects.filter(is_guest=True, is_active=False)
    key = request.session.get(SESSION_KEY)
    return key is not None and guests.filter(pk=key).exists()


def _page_of(request: HttpRequest) -> str:
    """The address of ours that the browser shows while its script asks."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return shown._replace(scheme="", netloc="").geturl()


def by_script(request: HttpRequest) -> bool:
    """Whether htmx asks: a part of the page is wanted, or nothing at all."""
    return request.headers.get("HX-Request") == "true"


def done(request: HttpRequest, page: str, **where: object) -> HttpResponse:
    """After an act: back to the page; htmx gets nothing, since the event brings the page anew."""
    return HttpResponse(status=204) if by_script(request) else redirect(resolve_url(page, **where))


def refused(request: HttpRequest, refusal: RuleRefusedError) -> HttpResponse | None:
    """For htmx the words of a refusal alone (409); None: the whole page is to tell it."""
    if not by_script(request):
        return None
    return render(request, "room/parts/refusal.html", {"refusal": refusal}, status=409)


def sitting_or_404(key: UUID) -> Sitting:
    """The sitting with its reception."""
    rows = Sitting.objects.select_related("reception__agency", "reception__chair")
    return get_object_or_404(rows, pk=key)


def seat_or_404(key: UUID, code: str) -> Seat:
    """A site's seat with all that its pages show."""
    rows = Seat.objects.select_related(
        "sitting__reception__agency", "booking__site__agency__unit", "holder"
    )
    return get_object_or_404(rows, sitting_id=key, code=code)


def row_or_404(rows: QuerySet[Row], key: str | None) -> Row:
    """The row that a form's hidden field names; a malformed key is none."""
    try:
        return get_object_or_404(rows, pk=UUID(key or ""))
    except ValueError:
        raise Http404 from None


def allow(allowed: bool) -> None:
    """403 for everybody else."""
    if not allowed:
        raise PermissionDenied


def holds(request: HttpRequest, seat: Seat) -> bool:
    """Whether this very web session holds the seat."""
    key = request.session.session_key
    return bool(key) and seat.session_key == key and seat.holder_id == request.user.pk


def number_of(text: str) -> int:
    """A turn's or a page's number as a form sends it; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0
