"""Signing in, and being shut out after too many failures."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tiepdan.accounts.backends import MOST_FAILURES, WINDOW, is_shut_out
from tiepdan.accounts.models import SignInFailure, User
from tiepdan.common import clock

PASSWORD = "đúng-mật-khẩu"


@pytest.fixture
def chi(db, settings):
    """An account with a password; a quick hash keeps the tests quick."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_user("chi", password=PASSWORD, full_name="Lý Thị Chi")


def sign_in(password, *, address="192.0.2.1", username="chi"):
    request = RequestFactory().post("/dang-nhap/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    return authenticate(request, username=username, password=password)


def fail(times, **where):
    for _ in range(times):
        assert sign_in("sai", **where) is None


def test_right_password(chi):
    """Name and password should open the account."""
    assert sign_in(PASSWORD) == chi


def test_four_failures_are_forgiven(chi):
    """After four failures the right password should still open, and wipe the slate."""
    fail(MOST_FAILURES - 1)
    assert sign_in(PASSWORD) == chi
    assert not SignInFailure.objects.exists()


def test_five_failures_shut_out(chi):
    """After five failures even the right password should not open, in any spelling of the name."""
    fail(MOST_FAILURES)
    assert sign_in(PASSWORD) is None
    assert is_shut_out(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1"), "CHI")


def test_only_that_address(chi):
    """Somebody elsewhere should not be kept out by a stranger's failures."""
    fail(MOST_FAILURES)
    assert sign_in(PASSWORD, address="192.0.2.2") == chi


def test_patience_returns(chi):
    """Five minutes later the right password should open again."""
    fail(MOST_FAILURES)
    SignInFailure.objects.update(at=clock.real_now() - WINDOW - timedelta(seconds=1))
    assert sign_in(PASSWORD) == chi


def test_unknown_names_count_too(chi):
    """Guessing names should be slowed down like guessing passwords."""
    fail(MOST_FAILURES, username="ai-do")
    assert SignInFailure.objects.count() == MOST_FAILURES


def test_closed_account(chi):
    """A closed account should not open."""
    User.objects.update(is_active=False)
    assert sign_in(PASSWORD) is None


def test_no_name_is_kept(chi):
    """The table should hold no name and no address."""
    fail(1)
    row = SignInFailure.objects.get()
    assert len(row.who) == 64
    assert "chi" not in str(row)
