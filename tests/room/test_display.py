"""The display in a hall: numbers and times, never whose they are."""

import pytest
from django.test import Client

from tests.cast import NAMES, People
from tests.room.test_pages import as_user, in_state, url
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.room.views.display import display_url

pytestmark = pytest.mark.django_db


def personal(afternoon: Afternoon) -> list[str]:
    """Everything that could tell whose turn it is."""
    found = []
    for row in afternoon.sitting.reception.appointments.select_related(
        "filing__petitioner", "booking__site__agency__unit"
    ):
        filing = row.filing
        found += [
            filing.petitioner.full_name,
            filing.subject,
            filing.shown_name,
            filing.tracking_code,
        ]
        found += [row.booking.site.name, str(row.booking.site.agency.unit), filing.shown_address]
    return [text for text in {*found, *NAMES} if text]


@pytest.mark.parametrize("state", ["waiting", "plenary", "called", "started", "between", "closed"])
def test_nothing_personal(cast: People, client: Client, state: str) -> None:
    """No name, subject, address or place should stand on the display in any state."""
    afternoon = in_state(cast, state)
    page = client.get(display_url(afternoon.sitting)).content.decode()
    assert "Tiếp công dân" in page
    assert [text for text in personal(afternoon) if text in page] == []


def test_numbers_and_times(cast: People, client: Client) -> None:
    """Before the opening each number should stand with its hour, half an hour apart."""
    afternoon = waiting(cast)
    page = client.get(display_url(afternoon.sitting)).content.decode()
    for number, hour in ((1, "14:00"), (2, "14:30"), (3, "15:00")):
        assert f"Số {number}</span><span>khoảng {hour}" in page


def test_running_number(cast: People, client: Client) -> None:
    """The number being received should stand large and no longer wait."""
    afternoon = opened(cast)
    afternoon.started(1)
    page = client.get(display_url(afternoon.sitting)).content.decode()
    assert 'hall__number">1<' in page
    assert "Số 1" not in page
    assert "Số 2" in page


def test_who_sees_it(cast: People, client: Client) -> None:
    """The key or a part in the sitting should open it; nothing else, and the key nothing else."""
    afternoon = waiting(cast)
    plain = url(afternoon, "room:display")
    assert client.get(plain).status_code == 403
    assert client.get(f"{plain}?khoa=x").status_code == 403
    assert as_user(cast.outsider).get(plain).status_code == 403
    assert as_user(cast.clerk_a).get(plain).status_code == 200
    key = display_url(afternoon.sitting).partition("?")[2]
    assert client.get(f"{url(afternoon, 'room:operator')}?{key}").status_code == 302
