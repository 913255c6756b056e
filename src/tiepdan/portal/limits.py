"""How often a code may be tried from one address."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tiepdan.common import clock
from tiepdan.common.codes import normalise_code
from tiepdan.portal.models import LookUpTry

MOST_TRIES = 10
WINDOW = timedelta(minutes=10)


def may_try(request: HttpRequest, code: str) -> bool:
    """Note the try; whether it is within ten in ten minutes for this address and code.

    Tries older than the window are forgotten here: nobody's look-ups are kept.
    """
    now = clock.real_now()
    LookUpTry.objects.filter(at__lt=now - WINDOW).delete()
    asked = f"{address_of(request)} {normalise_code(code)}"
    who = salted_hmac("tiepdan.portal", asked, algorithm="sha256").hexdigest()
    if LookUpTry.objects.filter(who=who).count() >= MOST_TRIES:
        return False
    LookUpTry.objects.create(who=who)
    return True


def address_of(request: HttpRequest) -> str:
    """The client's address as our own nginx wrote it; only nginx reaches the web process."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
