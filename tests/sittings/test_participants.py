"""People added to a sitting, and the cases they are named for."""

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.accounts.models import User
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import actions, permissions, queries
from tiepdan.sittings.models import Participant, Seat
from tiepdan.sittings.roles import ADDED, Act
from tiepdan.sittings.states import SittingRole
from tiepdan.video.port import Source

pytestmark = pytest.mark.django_db


def added(afternoon: Afternoon, user: User, role: str, seat: Seat | None = None) -> Participant:
    return actions.add_participant(
        sitting=afternoon.sitting, user=user, role=role, by=afternoon.cast.secretary, seat=seat
    )


def test_an_agency_comes_and_goes_with_its_case(cast: People) -> None:
    """It should be in the turns it is named for, in the plenary, and in no other."""
    afternoon = opened(cast)
    code = afternoon.add(cast.department_officer, SittingRole.AGENCY, 2).code
    assert code in afternoon.roster()
    afternoon.started(1)
    assert afternoon.roster() == {"hub", "huu-lung"}
    actions.end_and_call_next(visit=afternoon.sitting.visits.get(), by=cast.chair)
    assert afternoon.roster() == {"hub", "bac-son", code}
    afternoon.prove()
    actions.end_and_call_next(visit=afternoon.sitting.visits.get(number=2), by=cast.chair)
    assert afternoon.roster() == {"hub", "huu-lung"}


def test_an_agency_is_added_to_the_present_case(cast: People) -> None:
    """Naming it for the running turn should let it in at once, taking it back put it out."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY)
    afternoon.started(1)
    named = actions.name_for_case(
        seat=seat, appointment=afternoon.appointment(1), by=cast.secretary, at=AFTERNOON
    )
    assert seat.code in afternoon.roster()
    again = actions.name_for_case(
        seat=seat, appointment=afternoon.appointment(1), by=cast.secretary
    )
    assert again == named
    actions.take_from_case(attendance=named, by=cast.secretary)
    assert afternoon.roster() == {"hub", "huu-lung"}
    assert not queries.is_named(seat, afternoon.appointment(1))


def test_one_removed_stays_out(cast: People) -> None:
    """Naming a seat for a case should not undo a removal by the chair."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY, 1)
    afternoon.started(1)
    actions.remove_seat(seat=seat, reason="Mất trật tự", by=cast.chair)
    named = queries.cases(seat).get()
    actions.take_seat(seat=seat, session_key="again", by=cast.department_officer)
    actions.take_from_case(attendance=named, by=cast.secretary)
    actions.name_for_case(seat=seat, appointment=afternoon.appointment(1), by=cast.secretary)
    assert seat.code not in afternoon.roster()


def test_who_leaves_has_no_part(cast: People) -> None:
    """After the end of a participation nothing should be left: no room, no seat, no permission."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY)
    part = queries.participants(afternoon.sitting).get()
    actions.end_participation(participant=part, by=cast.chair)
    assert seat.code not in afternoon.roster()
    assert seat not in queries.seats(afternoon.sitting)
    assert not permissions.may(cast.department_officer, Act.OPEN_SEAT, afternoon.sitting, seat)
    assert not permissions.takes_part(cast.department_officer, afternoon.sitting)
    with pytest.raises(RuleRefusedError, match="quyền"):
        actions.take_seat(seat=seat, session_key="x", by=cast.department_officer)


def test_the_press_needs_the_chair(cast: People) -> None:
    """The press should be in the plenary, and in a turn only when the chair lets it in."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.stranger, SittingRole.PRESS)
    assert seat.code in afternoon.roster()
    afternoon.started(1)
    assert seat.code not in afternoon.roster()
    with pytest.raises(RuleRefusedError, match="quyền"):
        actions.name_for_case(seat=seat, appointment=afternoon.appointment(1), by=cast.secretary)
    actions.name_for_case(seat=seat, appointment=afternoon.appointment(1), by=cast.chair)
    assert seat.code in afternoon.roster()
    assert queries.may_send(seat, afternoon.sitting) == frozenset()


def test_cochairs_hear_every_turn(cast: People) -> None:
    """Council and delegation should be in each turn without being named for it."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.head, SittingRole.COUNCIL)
    afternoon.started(1)
    assert seat.code in afternoon.roster()
    assert queries.may_send(seat, afternoon.sitting) == {Source.AUDIO, Source.VIDEO}
    with pytest.raises(RuleRefusedError, match="không cần"):
        actions.name_for_case(seat=seat, appointment=afternoon.appointment(2), by=cast.chair)


def test_a_communes_chair_has_the_sites_seat(cast: People) -> None:
    """They should speak through their site, and have no camera of their own."""
    afternoon = waiting(cast)
    with pytest.raises(RuleRefusedError, match="điểm cầu"):
        added(afternoon, cast.stranger, SittingRole.COMMUNE_CHAIR)
    seat = afternoon.seat("huu-lung")
    part = added(afternoon, cast.stranger, SittingRole.COMMUNE_CHAIR, seat)
    assert part.seat == seat
    assert permissions.may(cast.stranger, Act.RAISE_HAND, afternoon.sitting, seat)
    assert not permissions.may(
        cast.stranger, Act.RAISE_HAND, afternoon.sitting, afternoon.seat("bac-son")
    )
    assert not permissions.may(cast.stranger, Act.OPEN_SEAT, afternoon.sitting, seat)


def test_a_sign_interpreter_is_pinned(cast: People) -> None:
    """A person added as sign interpreter should be pinned for everybody."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.stranger, SittingRole.SIGN_INTERPRETER, 1)
    assert queries.sign_seats(afternoon.sitting) == {seat.code}


@pytest.mark.parametrize("role", sorted(set(SittingRole) - ADDED))
def test_roles_by_duty_are_not_added(cast: People, role: str) -> None:
    """Nobody should be made chair, secretary, clerk, operator or citizen in the room."""
    afternoon = waiting(cast)
    with pytest.raises(RuleRefusedError, match="nhiệm vụ"):
        added(afternoon, cast.stranger, role)


def test_one_role_a_person(cast: People) -> None:
    """Adding somebody twice should be refused, after their end allowed; seats keep their codes."""
    afternoon = waiting(cast)
    first = added(afternoon, cast.stranger, SittingRole.OBSERVER)
    with pytest.raises(RuleRefusedError, match="đã có"):
        added(afternoon, cast.stranger, SittingRole.PRESS)
    actions.end_participation(participant=first, by=cast.chair)
    second = added(afternoon, cast.stranger, SittingRole.OBSERVER)
    assert (first.seat.code, second.seat.code) == ("observer-1", "observer-2")


def test_only_secretary_and_chair_add(cast: People) -> None:
    """Others should be refused."""
    afternoon = waiting(cast)
    for by in (cast.operator, cast.clerk_a, cast.department_officer):
        with pytest.raises(RuleRefusedError, match="quyền"):
            actions.add_participant(
                sitting=afternoon.sitting, user=cast.stranger, role="observer", by=by
            )


def test_their_page_knows_case_and_time(cast: People) -> None:
    """An agency should be told its case's number and about when it comes."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY, 2)
    own = queries.own_cases(seat)
    assert [one.number for one in own] == [2]
    assert own[0].expected_at
    assert own[0].visit is None


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("press", "hub"),
        ("observer", "huu-lung"),
        ("agency", "hub"),
        ("agency", "bac-son"),
        ("council", "huu-lung"),
        ("sign_interpreter", "huu-lung"),
        ("commune_chair", "hub"),
    ],
)
def test_nobody_gets_a_seats_greater_rights(cast: People, role: str, code: str) -> None:
    """A role should not be added at a room whose seat may more: its page would give it that."""
    afternoon = opened(cast)
    with pytest.raises(RuleRefusedError, match="không ngồi"):
        added(afternoon, cast.stranger, role, afternoon.seat(code))
    assert not permissions.may(cast.stranger, Act.OPEN_SEAT, afternoon.sitting)


def test_the_council_sits_with_the_chair(cast: People) -> None:
    """A co-chair should be addable at the hub."""
    afternoon = waiting(cast)
    hub = afternoon.seat("hub")
    assert added(afternoon, cast.stranger, SittingRole.COUNCIL, hub).seat == hub


def test_a_persons_seat_is_theirs_alone(cast: People) -> None:
    """Neither operator nor secretary nor chair should open it and hear what its person may hear."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.head, SittingRole.COUNCIL)
    for by in (cast.operator, cast.secretary, cast.chair, cast.department_officer):
        with pytest.raises(RuleRefusedError, match="quyền"):
            actions.take_seat(seat=seat, session_key="other", by=by)
    seat.refresh_from_db()
    assert seat.holder == cast.head


def test_the_end_of_an_interpreters_part_unpins(cast: People) -> None:
    """Whoever takes part no more should be pinned no more, and be named for nothing."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.stranger, SittingRole.SIGN_INTERPRETER, 1)
    part = queries.participants(afternoon.sitting).get()
    actions.end_participation(participant=part, by=cast.chair)
    assert queries.sign_seats(afternoon.sitting) == set()
    assert not queries.cases(seat).exists()


def test_no_new_room_lets_back_in_who_was_put_out(cast: People) -> None:
    """After a removal a new room of the turn should stay closed, until somebody lets them in."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY, 1)
    afternoon.started(1)
    actions.remove_seat(seat=seat, reason="Mất trật tự", by=cast.chair)
    actions.take_seat(seat=seat, session_key="again", by=cast.department_officer)
    actions.reopen_room(room=afternoon.room())
    assert seat.code not in afternoon.roster()
    actions.admit_seat(seat=seat, by=cast.chair)
    assert seat.code in afternoon.roster()
    actions.reopen_room(room=afternoon.room())
    assert seat.code in afternoon.roster()
