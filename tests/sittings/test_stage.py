"""What a seat that leaves must not leave behind: the floor, the large picture, what it shared."""

from collections.abc import Callable

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import Afternoon, opened
from tests.sittings.test_course import refused
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import Participant, Seat, ShownPaper
from tiepdan.sittings.states import Layout, SittingRole
from tiepdan.video.port import Source

pytestmark = pytest.mark.django_db

Going = Callable[[Afternoon, Seat], object]


def ended(afternoon: Afternoon, seat: Seat) -> None:
    part = Participant.objects.get(seat=seat)
    actions.end_participation(participant=part, by=afternoon.cast.chair)


def taken_from_case(afternoon: Afternoon, seat: Seat) -> None:
    actions.take_from_case(attendance=queries.cases(seat).get(), by=afternoon.cast.chair)


def removed(afternoon: Afternoon, seat: Seat) -> None:
    actions.remove_seat(seat=seat, reason="Mất trật tự", by=afternoon.cast.chair)


def released(afternoon: Afternoon, seat: Seat) -> None:
    actions.release_seat(seat=seat, by=afternoon.cast.department_officer)


def deliberating(afternoon: Afternoon, _seat: Seat) -> None:
    actions.begin_deliberation(sitting=afternoon.sitting, by=afternoon.cast.chair)


def locked(afternoon: Afternoon, seat: Seat) -> None:
    actions.lock_microphone(seat=seat, by=afternoon.cast.chair)


def paused(afternoon: Afternoon, _seat: Seat) -> None:
    actions.pause_sitting(sitting=afternoon.sitting, reason="Nghỉ", by=afternoon.cast.chair)


def suspended(afternoon: Afternoon, _seat: Seat) -> None:
    actions.suspend_sitting(sitting=afternoon.sitting, words="Mất điện", by=afternoon.cast.operator)


def other_has_the_floor(afternoon: Afternoon, _seat: Seat) -> None:
    actions.give_floor(seat=afternoon.seat("huu-lung"), by=afternoon.cast.chair)


def displaced(afternoon: Afternoon, seat: Seat) -> None:
    officer = afternoon.cast.department_officer
    actions.take_seat(seat=seat, session_key="another", by=officer, at=AFTERNOON)


def room_lost(afternoon: Afternoon, _seat: Seat) -> None:
    actions.reopen_room(room=afternoon.room())


GOING = [ended, taken_from_case, removed, released, deliberating]


def with_agency(cast: People) -> tuple[Afternoon, Seat]:
    """Turn 1 runs; an agency named for it sits in its room."""
    afternoon = opened(cast)
    afternoon.started(1)
    return afternoon, afternoon.add(cast.department_officer, SittingRole.AGENCY, 1)


def sharing(afternoon: Afternoon, seat: Seat) -> ShownPaper:
    visit = afternoon.sitting.visits.get(state="called")
    by = afternoon.cast.secretary
    return actions.share_picture(visit=visit, seat=seat, kind="screen", by=by, at=AFTERNOON)


def heard(afternoon: Afternoon, code: str) -> bool:
    afternoon.sitting.refresh_from_db()
    return Source.AUDIO in queries.may_send(afternoon.seat(code), afternoon.sitting)


@pytest.mark.parametrize("going", GOING)
def test_a_seat_takes_nothing_along(cast: People, going: Going) -> None:
    """Whoever leaves with the floor should leave nobody muted, and no empty large picture."""
    afternoon, seat = with_agency(cast)
    actions.give_floor(seat=seat, by=cast.chair)
    actions.spotlight(sitting=afternoon.sitting, seat=seat, by=cast.chair)
    assert not heard(afternoon, "huu-lung")
    going(afternoon, seat)
    assert heard(afternoon, "huu-lung")
    assert (afternoon.sitting.floor, afternoon.sitting.spotlight) == (None, None)
    told = afternoon.sitting.events.filter(kind="directed").last()
    assert told
    assert (told.data["floor"], told.data["spotlight"]) == ("", "")


def test_a_withdrawn_guest_takes_nothing_along(cast: People) -> None:
    """A link taken back should take its guest's floor too."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    invite, secret = actions.invite_into_turn(
        visit=visit, name="Chuyên gia", role=SittingRole.AGENCY, by=cast.chair, at=AFTERNOON
    )
    part = actions.accept_invite(secret=secret, at=AFTERNOON)
    actions.take_seat(seat=part.seat, session_key="guest", by=part.user, at=AFTERNOON)
    actions.give_floor(seat=part.seat, by=cast.chair)
    actions.withdraw_invite(invite=invite, by=cast.chair)
    assert heard(afternoon, "huu-lung")


def test_others_keep_what_they_have(cast: People) -> None:
    """One who leaves should not cost another the floor; a new machine should keep its seat's."""
    afternoon, seat = with_agency(cast)
    actions.give_floor(seat=afternoon.seat("huu-lung"), by=cast.chair)
    removed(afternoon, seat)
    afternoon.take("huu-lung", "another-machine")
    afternoon.sitting.refresh_from_db()
    assert afternoon.sitting.floor == afternoon.seat("huu-lung")


@pytest.mark.parametrize(
    "losing",
    [*GOING, locked, paused, suspended, other_has_the_floor, displaced, room_lost],
)
def test_a_shared_picture_ends_with_its_right(cast: People, losing: Going) -> None:
    """What a seat shares should be over when it may not send it, and not come back by itself."""
    afternoon, seat = with_agency(cast)
    row = sharing(afternoon, seat)
    losing(afternoon, seat)
    row.refresh_from_db()
    afternoon.sitting.refresh_from_db()
    assert row.ended_at
    assert queries.shown_paper(afternoon.sitting) is None
    assert afternoon.sitting.layout == Layout.SPEAKER
    assert Source.PAPER not in queries.may_send(seat, afternoon.sitting)


def test_a_shared_picture_stays_while_it_may(cast: People) -> None:
    """The sharer's own floor, another's lock and another's leaving should not end it."""
    afternoon, seat = with_agency(cast)
    row = sharing(afternoon, afternoon.seat("huu-lung"))
    actions.give_floor(seat=afternoon.seat("huu-lung"), by=cast.chair)
    locked(afternoon, seat)
    removed(afternoon, seat)
    assert queries.shown_paper(afternoon.sitting) == row


def test_a_protected_turn_shares_no_picture(cast: People) -> None:
    """Of a denunciation neither a camera nor a screen should be shown, as no paper is."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    filing = visit.appointment.filing
    filing.identity_protected = True
    filing.save()
    ask = {"visit": visit, "seat": afternoon.seat("hub"), "by": cast.secretary}
    for kind in ("screen", "camera"):
        refused("sealed", actions.share_picture, kind=kind, **ask)
    assert not visit.shown_papers.exists()
