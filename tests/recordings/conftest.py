"""What the tests of recordings, and of the worker, may ask for."""

import pytest

from tests.recordings import real


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_blocker):
    """An empty database file with all tables."""
    return real.migrated_file(tmp_path_factory, django_db_blocker)


@pytest.fixture
def copy(template, tmp_path, settings, django_db_blocker):
    """A copy of the product; what it started ends with the test."""
    found = real.copy_of(template, tmp_path / "data", settings)
    try:
        with real.database_file(found.data / "db" / "tiepdan.sqlite3", django_db_blocker):
            yield found
    finally:
        found.end()
