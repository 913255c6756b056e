"""The display in a hall (bảng chờ): numbers and times only, in large type, for anybody to see.

Whoever has a part in the sitting may open it; a television that nobody signs in at opens it by
the display's key, an address that shows nothing else. No name, no subject, no place stands on it.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiepdan.common import clock
from tiepdan.room.views.access import sitting_or_404
from tiepdan.sittings import permissions, queries
from tiepdan.sittings.models import Sitting


def display_key(sitting: Sitting) -> str:
    """The key of this sitting's display; it cannot be guessed and opens nothing else."""
    return Signer(salt="bang-cho").signature(str(sitting.pk))


def display_url(sitting: Sitting) -> str:
    """The address for a television at which nobody is signed in."""
    return f"{reverse('room:display', args=[sitting.pk])}?khoa={display_key(sitting)}"


def has_key(request: HttpRequest, sitting: Sitting) -> bool:
    """Whether the request carries the display's key."""
    return constant_time_compare(request.GET.get("khoa", ""), display_key(sitting))


@require_safe
@never_cache
def page(request: HttpRequest, sitting: UUID) -> HttpResponse:
    """Show which number is received now, which come next, and about when."""
    found = sitting_or_404(sitting)
    if not has_key(request, found) and not permissions.takes_part(request.user, found):
        raise PermissionDenied
    key = display_key(found)
    return render(
        request,
        "room/display.html",
        {
            "sitting": found,
            "sequence": found.last_sequence,
            "board": queries.display(found),
            "page_url": f"{request.path}?khoa={key}",
            "events_url": f"{reverse('room:events', args=[found.pk])}?khoa={key}",
            "room_class": "room--citizen",
            "now": clock.now(),
        },
    )


urls = [path("<uuid:sitting>/bang-cho/", page, name="display")]
