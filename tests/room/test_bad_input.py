"""Bad input in a sitting."""

import pytest

from tests.sittings import factories
from tests.web.doors import doors, faults_behind


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = tmp_path


def test_no_form_of_a_sitting_fails(cast):
    """Every form of the room should take the corpus calmly while a citizen is heard."""
    factories.opened(cast).started()
    found = doors(cast, ["/ban-lam-viec/phong-hop/"])
    rooms = {door.name for door in found if door.name.startswith("room:")}
    assert len(rooms) >= 3, sorted(rooms)
    assert faults_behind(found) == []
