"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests import cast as cast_of_everyone
from tests import profiles
from tiepdan.audit import triggers
from tiepdan.org import rulebook

# How long an example takes says how busy the machine is, not whether the rule holds.
examples.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("unhurried")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: a ZIP tells when it was made, and two workers make it at two times."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def cast(db: None) -> cast_of_everyone.People:
    """The people everyone knows, in a small province."""
    return cast_of_everyone.people()


@pytest.fixture
def online_province(tmp_path: Path, settings: LazySettings) -> None:
    """Here citizens may register online, too."""
    settings.PROFILE = profiles.online(tmp_path)


@pytest.fixture(autouse=True)
def _no_settings_of_another_test() -> None:
    """Each test begins with the rules as they are written, already read from the database."""
    rulebook.keep([], seconds=3600)


@pytest.fixture(autouse=True)
def _emptiable_log(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """Tests that really commit end by emptying every table, which the log refuses otherwise."""
    if not commits(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    triggers.remove(connection)
    triggers.install(connection)
    yield
    triggers.remove(connection)


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether the test runs without a transaction around it."""
    marker = request.node.get_closest_marker("django_db")
    return (
        bool(marker and marker.kwargs.get("transaction"))
        or "transactional_db" in request.fixturenames
        or "live_server" in request.fixturenames
    )
