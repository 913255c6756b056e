"""A citizen who takes the filing back about the time of being called."""

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import opened
from tests.sittings.test_course import refused
from tiepdan.matters.actions import note_heard, withdraw_filing
from tiepdan.sittings import actions, queries

pytestmark = pytest.mark.django_db


def test_called_citizen_takes_nothing_back(cast: People) -> None:
    """A filing should not be withdrawn once its citizen was called, unless they were not there."""
    afternoon = opened(cast)
    visit = afternoon.call()
    filing = visit.appointment.filing
    refused("heard", withdraw_filing, filing=filing, reason="Không gặp nữa", by=cast.head)
    actions.mark_absent(visit=visit, by=cast.chair, at=AFTERNOON)
    withdraw_filing(filing=filing, reason="Không gặp nữa", by=cast.head)


def test_withdrawn_meanwhile_is_not_called(cast: People) -> None:
    """Calling a citizen who has just withdrawn should be refused."""
    afternoon = opened(cast)
    appointment = queries.next_appointment(afternoon.sitting)
    assert appointment
    withdraw_filing(filing=appointment.filing, reason="Không gặp nữa", by=cast.head)
    refused("withdrawn", note_heard, filing=appointment.filing, at=AFTERNOON)
