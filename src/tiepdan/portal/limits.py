"""How often something may be tried from one address."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tiepdan.common import clock
from tiepdan.common.codes import normalise_code
from tiepdan.portal.models import LookUpTry

MOST_TRIES = 10
MOST_UPLOADS = 60
MOST_DRAFTS = 20
MOST_SENT = 10
WINDOW = timedelta(minutes=10)


def may_try(request: HttpRequest, code: str) -> bool:
    """Note the try; whether it is within ten in ten minutes for this address and code."""
    return _within(f"{address_of(request)} {normalise_code(code)}", MOST_TRIES)


def may_begin_upload(request: HttpRequest) -> bool:
    """Note the file; whether it is within sixty in ten minutes for this address.

    A commune's citizens may share one address.
    """
    return _within(f"upload {address_of(request)}", MOST_UPLOADS)


def may_begin_draft(request: HttpRequest) -> bool:
    """Note it; whether it is within twenty registrations begun in ten minutes."""
    return _within(f"draft {address_of(request)}", MOST_DRAFTS)


def may_send(request: HttpRequest) -> bool:
    """Note it; whether it is within ten registrations sent in ten minutes."""
    return _within(f"send {address_of(request)}", MOST_SENT)


def _within(asked: str, most: int) -> bool:
    """Tries older than the window are forgotten here: nobody's look-ups are kept."""
    now = clock.real_now()
    LookUpTry.objects.filter(at__lt=now - WINDOW).delete()
    who = salted_hmac("tiepdan.portal", asked, algorithm="sha256").hexdigest()
    if LookUpTry.objects.filter(who=who).count() >= most:
        return False
    LookUpTry.objects.create(who=who)
    return True


def address_of(request: HttpRequest) -> str:
    """The client's address as our own nginx wrote it; only nginx reaches the web process."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
