"""Who comes in: the sitting, the seat, and the refusal of everybody else."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tiepdan.accounts.models import User
from tiepdan.sittings.models import Seat, Sitting

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)
MOST_DIGITS = 6
"""Of the number of a turn or a page; longer ones are somebody's mischief."""


class OfficialRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def signed_in(view: View) -> View:
    """Send strangers to the sign-in page, and back afterwards."""

    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, **kwargs)

    return guarded


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
