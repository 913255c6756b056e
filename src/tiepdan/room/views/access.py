"""Who comes in: the sitting, the seat, and the refusal of everybody else."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tiepdan.accounts.models import User
from tiepdan.sittings.models import Seat, Sitting

View = Callable[..., HttpResponse]


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


def allow(allowed: bool) -> None:
    """403 for everybody else."""
    if not allowed:
        raise PermissionDenied


def holds(request: HttpRequest, seat: Seat) -> bool:
    """Whether this very web session holds the seat."""
    key = request.session.session_key
    return bool(key) and seat.session_key == key and seat.holder_id == request.user.pk
