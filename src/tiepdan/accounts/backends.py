"""Signing in by password, with patience running out: guessing is slowed down.

Five failures within five minutes for one name from one network address shut that pair out for the
rest of the window. Only the pair: whoever does not know the password cannot keep the chairman
out from elsewhere.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tiepdan.accounts.models import SignInFailure, User
from tiepdan.common import clock

MOST_FAILURES = 5
WINDOW = timedelta(minutes=5)


class PatientBackend(ModelBackend):
    """Django's password check, at most five failures in five minutes; settings name it."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The user when name and password are right and patience has not run out."""
        if username is None or is_shut_out(request, username):
            return None
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if not isinstance(user, User):
            SignInFailure.objects.create(who=_who(request, username))
            return None
        SignInFailure.objects.filter(who=_who(request, username)).delete()
        return user


def is_shut_out(request: HttpRequest | None, username: str) -> bool:
    """Whether this name is shut out at this address now; the sign-in form then says so."""
    SignInFailure.objects.filter(at__lt=clock.real_now() - WINDOW).delete()
    failures = SignInFailure.objects.filter(who=_who(request, username)).count()
    return failures >= MOST_FAILURES


def _who(request: HttpRequest | None, username: str) -> str:
    """A keyed hash of name and address: nobody's failures can be read back."""
    asked = f"{_address(request)} {username.lower()}"
    return str(salted_hmac("tiepdan.accounts.failures", asked, algorithm="sha256").hexdigest())


def _address(request: HttpRequest | None) -> str:
    """The client's address as our own nginx wrote it; only nginx reaches the web process."""
    if request is None:
        return ""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.rsplit(",", 1)[-1].strip() or str(request.META.get("REMOTE_ADDR", ""))
