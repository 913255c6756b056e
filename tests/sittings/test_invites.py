"""Links that bring one more person into a running turn."""

import json

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import Afternoon, opened
from tiepdan.audit.models import Entry
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import actions, permissions, queries
from tiepdan.sittings.models import Participant, TurnInvite
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import SittingRole

pytestmark = pytest.mark.django_db


def invited(afternoon: Afternoon) -> tuple[TurnInvite, str]:
    return actions.invite_into_turn(
        visit=afternoon.sitting.visits.get(state="called"),
        name="Chuyên gia đo đạc",
        role=SittingRole.AGENCY,
        by=afternoon.cast.chair,
        at=AFTERNOON,
    )


def came(afternoon: Afternoon) -> Participant:
    part = actions.accept_invite(secret=invited(afternoon)[1], at=AFTERNOON)
    actions.take_seat(seat=part.seat, session_key="guest", by=part.user, at=AFTERNOON)
    return part


def test_a_link_lets_one_in(cast: People) -> None:
    """Whoever opens it should be in the turn, under the name given, without any other right."""
    afternoon = opened(cast)
    afternoon.started(1)
    part = came(afternoon)
    assert part.seat.code in afternoon.roster()
    assert part.seat.name == "Chuyên gia đo đạc"
    assert part.user.is_guest
    assert not part.user.has_usable_password()
    assert not permissions.may(part.user, Act.RAISE_HAND, afternoon.sitting, afternoon.seat("hub"))


def test_a_link_works_once(cast: People) -> None:
    """The second to open it should be refused."""
    afternoon = opened(cast)
    afternoon.started(1)
    _, secret = invited(afternoon)
    actions.accept_invite(secret=secret)
    with pytest.raises(RuleRefusedError, match="một lần"):
        actions.accept_invite(secret=secret)


def test_a_link_expires(cast: People) -> None:
    """An old link, and one nobody made, should be refused."""
    afternoon = opened(cast)
    afternoon.started(1)
    made, secret = invited(afternoon)
    TurnInvite.objects.filter(pk=made.pk).update(expires_at=clock.real_now())
    with pytest.raises(RuleRefusedError, match="quá hạn"):
        actions.accept_invite(secret=secret)
    with pytest.raises(RuleRefusedError, match="không đúng"):
        actions.accept_invite(secret="guess")


def test_the_end_of_the_turn_ends_it(cast: People) -> None:
    """With the turn the guest's account, seat and link should end, and unused links too."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    part, (_, unused) = came(afternoon), invited(afternoon)
    actions.end_visit(visit=visit, by=cast.chair)
    part.refresh_from_db()
    part.user.refresh_from_db()
    assert part.ended_at
    assert not part.user.is_active
    assert not permissions.may(part.user, Act.OPEN_SEAT, afternoon.sitting, part.seat)
    with pytest.raises(RuleRefusedError, match="hiệu lực"):
        actions.accept_invite(secret=unused)
    assert part.seat not in queries.seats(afternoon.sitting)


def test_a_turn_on_hold_keeps_its_guests(cast: People) -> None:
    """While the turn is on hold the guest should be out, and in again when it goes on."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    part = came(afternoon)
    actions.hold_visit(visit=visit, reason="Chờ giấy tờ", by=cast.chair)
    assert queries.open_room(afternoon.sitting) is None
    actions.recall_visit(visit=visit, by=cast.chair)
    assert part.seat.code in afternoon.roster()


def test_an_invite_is_withdrawn(cast: People) -> None:
    """Taking it back should put out at once who came by it."""
    afternoon = opened(cast)
    afternoon.started(1)
    part = came(afternoon)
    actions.withdraw_invite(invite=part.invite, by=cast.secretary)
    assert part.seat.code not in afternoon.roster()


def test_who_invites_and_whom(cast: People) -> None:
    """Only chair and secretary should invite, into a turn, with a role that links may give."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    for by in (cast.operator, cast.clerk_a):
        with pytest.raises(RuleRefusedError, match="quyền"):
            actions.invite_into_turn(visit=visit, name="X", role="agency", by=by)
    for name, role in (("", "agency"), ("X", "press"), ("X", "council"), ("X", "chair")):
        with pytest.raises(RuleRefusedError):
            actions.invite_into_turn(visit=visit, name=name, role=role, by=cast.chair)
    actions.end_visit(visit=visit, by=cast.chair)
    visit.refresh_from_db()
    with pytest.raises(RuleRefusedError, match="lượt"):
        actions.invite_into_turn(visit=visit, name="X", role="agency", by=cast.chair)


def test_the_secret_is_kept_nowhere(cast: People) -> None:
    """Neither rows, events nor the audit should hold the link's secret."""
    afternoon = opened(cast)
    afternoon.started(1)
    made, secret = invited(afternoon)
    kept = [made.token_hash, *(json.dumps(row.data) for row in afternoon.sitting.events.all())]
    kept += [json.dumps(entry.detail) for entry in Entry.objects.all()]
    assert all(secret not in text for text in kept)


def test_a_guest_is_in_no_plenary(cast: People) -> None:
    """While the turn is on hold its guest should be in no room; called again, in the turn."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    part = came(afternoon)
    actions.hold_visit(visit=visit, reason="Chờ giấy tờ", by=cast.chair, at=AFTERNOON)
    actions.return_to_plenary(sitting=afternoon.sitting, by=cast.chair, at=AFTERNOON)
    assert "huu-lung" in afternoon.roster()
    assert part.seat.code not in afternoon.roster()
