"""What the frame of every citizen page shows: whose portal it is, whom to call."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tiepdan.org.models import Agency, AgencyKind


def office(request: HttpRequest) -> dict[str, object]:
    """Context processor of citizen pages and of signing in: `agency`, `reception_phone`."""
    match = request.resolver_match
    if match and match.view_name != "desk:sign_in" and match.namespace != "portal":
        return {}
    board = SimpleLazyObject(_board)
    return {
        "rehearsal": settings.REHEARSAL,
        "agency": SimpleLazyObject(lambda: board.name if board else ""),
        "reception_phone": SimpleLazyObject(lambda: board.phone if board else ""),
    }


def _board() -> Agency | None:
    return Agency.objects.filter(kind=AgencyKind.RECEPTION_BOARD).first()
