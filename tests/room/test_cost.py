"""What every page and the custodian ask again and again costs the same with more seats."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast as everyone
from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened
from tests.sittings.test_reconcile import enter, inside
from tiepdan.accounts.models import User
from tiepdan.room.views import wall
from tiepdan.room.views.stream import _known_to
from tiepdan.scheduling.models import SiteBooking
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings import actions, permissions, reconcile
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.states import SittingRole

pytestmark = pytest.mark.django_db


def asked(what: Callable[[], object]) -> int:
    """How many questions to the database it takes."""
    with CaptureQueriesContext(connection) as found:
        what()
    return len(found)


def more_sites(afternoon: Afternoon, *, take: bool = False) -> None:
    """Four more communes receive citizens; with `take` their pages are open."""
    for number in range(4):
        code = f"xa-them-{number}"
        agency = everyone.commune(f"them-{number}", f"Thêm {number}")
        booking = SiteBooking.objects.create(
            reception=afternoon.sitting.reception, site=everyone.site(code, agency.name, agency),
            role=SiteRole.BRANCH, position=10 + number,
        )  # fmt: skip
        Seat.objects.create(sitting=afternoon.sitting, booking=booking, code=code)
        if take:
            afternoon.take(code)
            enter(afternoon, code)


def now(afternoon: Afternoon) -> Sitting:
    """The sitting as a request reads it."""
    return Sitting.objects.select_related("reception__agency").get(pk=afternoon.sitting.pk)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("who", ["operator", "clerk_b", "department_officer"])
def test_whose_the_sitting_is(
    cast: People, who: str, django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    """Stream, display and papers should not ask more at each coming when more sites take part."""
    afternoon = opened(cast)
    afternoon.add(cast.department_officer, SittingRole.AGENCY, 2)
    person = getattr(cast, who)
    page = as_user(person)

    def papers() -> None:
        assert page.get(url(afternoon, "room:paper_state")).json() == {"showing": ""}

    asks: list[Callable[[], object]] = [
        papers,
        lambda: permissions.takes_part(fresh(person), now(afternoon)),
        lambda: _known_to(fresh(person), now(afternoon)),
    ]
    before = [asked(ask) for ask in asks]
    more_sites(afternoon)
    for ask, count in zip(asks, before, strict=True):
        with django_assert_max_num_queries(count):
            ask()


def test_own_seats(cast: People) -> None:
    """The seats found at once should be those of which each is one's own."""
    afternoon = opened(cast)
    afternoon.add(cast.department_officer, SittingRole.AGENCY, 2)
    for person in (cast.chair, cast.operator, cast.clerk_a, cast.stranger, cast.department_officer):
        own = [seat.code for seat in permissions.own_seats(person, afternoon.sitting)]
        rows = afternoon.sitting.seats.all()
        assert own == [seat.code for seat in rows if permissions.roles_at(person, seat)]
    assert _known_to(cast.clerk_b, afternoon.sitting) == {"", "bac-son"}
    assert _known_to(cast.department_officer, afternoon.sitting) == {"", "agency-1"}


def test_look_of_each_second_in_the_plenary(
    cast: People, django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    """Comparing rights should take as many questions with seven seats inside as with three."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    for code in ("hub", "huu-lung", "bac-son"):
        enter(afternoon, code)
    reconcile.apply(afternoon.sitting)
    before = asked(lambda: reconcile.apply(afternoon.sitting))
    more_sites(afternoon, take=True)
    reconcile.apply(afternoon.sitting)
    assert len(inside(afternoon)) == 7
    with django_assert_max_num_queries(before):
        reconcile.apply(afternoon.sitting)


def test_look_of_each_second_in_a_turn(
    cast: People, django_assert_max_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    """Who shares a picture should be asked once a room, not once a seat."""
    afternoon = opened(cast)
    afternoon.started(1)
    reconcile.apply(afternoon.sitting)
    for code in ("hub", "huu-lung"):
        enter(afternoon, code)
    reconcile.apply(afternoon.sitting)
    before = asked(lambda: reconcile.apply(afternoon.sitting))
    for user in (cast.department_officer, cast.other_department_officer):
        enter(afternoon, afternoon.add(user, SittingRole.AGENCY, 1).code)
    reconcile.apply(afternoon.sitting)
    assert len(inside(afternoon)) == 4
    with django_assert_max_num_queries(before):
        reconcile.apply(afternoon.sitting)


@pytest.mark.parametrize("deliberates", [False, True])
def test_wall_of_many_sites(
    cast: People,
    deliberates: bool,
    django_assert_max_num_queries: Callable[..., CaptureQueriesContext],
) -> None:
    """Whether a site may be looked at should be decided for all from one reading."""
    afternoon = opened(cast)
    afternoon.started(1)
    if deliberates:
        actions.begin_deliberation(sitting=afternoon.sitting, by=cast.chair)

    def hidden() -> list[str]:
        tiles = wall.tiles(now(afternoon), {})
        return [tile.line.seat.code for tile in tiles if tile.is_private]

    before = asked(hidden)
    more_sites(afternoon)
    with django_assert_max_num_queries(before):
        assert hidden() == ["hub", "huu-lung"]
