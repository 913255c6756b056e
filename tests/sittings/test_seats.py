"""Seats, presence, papers: who sits where, and who is put out."""

from typing import Any

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import opened, waiting
from tests.sittings.test_course import refused
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act

pytestmark = pytest.mark.django_db


def test_preparing_twice(cast: People) -> None:
    """Preparing should make one sitting with a seat for each site, however often."""
    afternoon = waiting(cast)
    reception = afternoon.sitting.reception
    again = actions.prepare_sitting(reception=reception, by=cast.secretary)
    assert again == afternoon.sitting
    assert Sitting.objects.count() == 1
    assert list(afternoon.sitting.seats.values_list("code", flat=True)) == [
        "hub", "huu-lung", "bac-son",
    ]  # fmt: skip


def test_a_later_taker_displaces(cast: People) -> None:
    """Taking a held seat elsewhere should withdraw the first page and admit the second."""
    afternoon = opened(cast)
    first = queries.admission_for(afternoon.seat("bac-son"), afternoon.room())
    assert first
    actions.note_token(first)
    afternoon.take("bac-son", "another-session")
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    second = queries.admission_for(afternoon.seat("bac-son"), afternoon.room())
    assert second
    assert second != first
    assert second.token_issued_at is None
    assert afternoon.kinds()[-3:] == ["withdrawn", "seat_taken", "admitted"]


def test_taking_twice_changes_nothing(cast: People) -> None:
    """The same page may press again."""
    afternoon = opened(cast)
    before = afternoon.kinds()
    afternoon.take("bac-son")
    assert afternoon.kinds() == before


def test_a_late_site_joins_the_plenary(cast: People) -> None:
    """A seat taken in the plenary should be admitted, in another's turn it should wait."""
    afternoon = waiting(cast)
    afternoon.take("hub")
    afternoon.take("huu-lung")
    afternoon.check(1)
    afternoon.open()
    afternoon.call()
    afternoon.take("bac-son")
    assert afternoon.roster() == {"hub", "huu-lung"}
    actions.mark_absent(visit=afternoon.sitting.visits.get(), by=cast.chair)
    actions.return_to_plenary(sitting=afternoon.sitting, by=cast.chair)
    assert afternoon.roster() == {"hub", "huu-lung", "bac-son"}


def test_who_may_take(cast: People) -> None:
    """A seat should be taken by its own site's people only, with a session, before the end."""
    afternoon = opened(cast)
    told = {"seat": afternoon.seat("bac-son"), "session_key": "s"}
    for by in (cast.clerk_a, cast.outsider, cast.chair, cast.stranger):
        refused("not_allowed", actions.take_seat, **told, by=by)
        refused("not_allowed", actions.release_seat, seat=told["seat"], by=by)
    refused("no_session", actions.take_seat, **told | {"session_key": ""}, by=cast.clerk_b)
    afternoon.close()
    refused("sitting_closed", actions.take_seat, **told, by=cast.clerk_b)


def test_removing_and_letting_in(cast: People) -> None:
    """A removed seat should stay out of that room until it is let in, and enter the next one."""
    afternoon = opened(cast)
    seat = afternoon.seat("bac-son")
    refused("reason_missing", actions.remove_seat, seat=seat, reason="", by=cast.operator)
    refused("not_allowed", actions.remove_seat, seat=seat, reason="x", by=cast.clerk_a)
    actions.remove_seat(seat=seat, reason="Nhầm phòng", by=cast.operator)
    assert afternoon.roster() == {"hub", "huu-lung"}
    refused("nothing_to_enter", actions.admit_seat, seat=seat, by=cast.operator)
    afternoon.take("bac-son")
    assert afternoon.roster() == {"hub", "huu-lung"}
    refused("not_allowed", actions.admit_seat, seat=seat, by=cast.clerk_b)
    actions.admit_seat(seat=seat, by=cast.operator)
    actions.admit_seat(seat=seat, by=cast.operator)
    assert afternoon.roster() == {"hub", "huu-lung", "bac-son"}
    actions.remove_seat(seat=seat, reason="Lần nữa", by=cast.chair)
    afternoon.take("bac-son")
    actions.end_visit(visit=afternoon.started(), by=cast.chair)
    actions.return_to_plenary(sitting=afternoon.sitting, by=cast.chair)
    assert "bac-son" in afternoon.roster()


def test_nobody_enters_anothers_turn(cast: People) -> None:
    """Letting a seat into a turn that is not its own should be refused."""
    afternoon = opened(cast)
    afternoon.call()
    seat = afternoon.seat("bac-son")
    refused("nothing_to_enter", actions.admit_seat, seat=seat, by=cast.operator)


def test_checking_papers(cast: People) -> None:
    """Checking should need papers, an explanation, a waiting citizen, the right officer, once."""
    afternoon = waiting(cast)
    told: dict[str, Any] = {
        "sitting": afternoon.sitting,
        "appointment": afternoon.appointment(1),
        "papers": "Căn cước công dân",
        "recording_explained": True,
        "by": cast.clerk_a,
        "at": AFTERNOON,
    }
    refused("papers_missing", actions.check_identity, **told | {"papers": " "})
    refused(
        "recording_unexplained", actions.check_identity, **told | {"recording_explained": False}
    )
    refused("not_allowed", actions.check_identity, **told | {"by": cast.clerk_b})
    refused("not_allowed", actions.check_identity, **told | {"by": cast.chair})
    assert actions.check_identity(**told).at == AFTERNOON
    refused("identity_checked", actions.check_identity, **told)
    afternoon.take_all()
    afternoon.open()
    afternoon.call()
    refused("not_waiting", actions.check_identity, **told)


def test_presence(cast: People) -> None:
    """Coming and going should be told once each, by the seat's own name."""
    afternoon = opened(cast)
    name = afternoon.room().name
    for joined in (True, True, False, False, True):
        actions.record_presence(room_name=name, identity="bac-son", joined=joined)
    assert [kind for kind in afternoon.kinds() if kind in {"joined", "left"}] == [
        "joined", "left", "joined",
    ]  # fmt: skip
    assert actions.record_presence(room_name=name, identity="nobody", joined=True) is None
    assert actions.record_presence(room_name="unknown", identity="hub", joined=True) is None


def test_alarms(cast: People) -> None:
    """A fault should be told once until it is over, to everyone."""
    afternoon = opened(cast)
    room = afternoon.room()
    for _ in range(2):
        actions.raise_alarm(room=room, kind="recorder", detail="Máy ghi dừng", at=AFTERNOON)
    assert [alarm.words for alarm in queries.alarms(afternoon.sitting)] == ["Máy ghi dừng"]
    assert queries.recording_sign(afternoon.sitting, room).kind == "danger"
    actions.end_alarm(room=room, kind="other")
    for _ in range(2):
        actions.end_alarm(room=room, kind="recorder")
    assert queries.alarms(afternoon.sitting) == []
    about_it = [kind for kind in afternoon.kinds() if kind.startswith("alarm")]
    assert about_it == ["alarm", "alarm_over"]


def test_reopening(cast: People) -> None:
    """After a loss the same turn should go on in a new room with the same seats, once."""
    afternoon = opened(cast)
    visit = afternoon.started()
    lost = afternoon.room()
    fresh = actions.reopen_room(room=lost)
    assert (fresh.generation, fresh.visit, fresh.verified_at) == (2, visit, None)
    assert fresh.name != lost.name
    assert afternoon.roster() == {"hub", "huu-lung"}
    assert actions.reopen_room(room=lost) == fresh
    afternoon.prove()
    visit.refresh_from_db()
    assert visit.started_at == AFTERNOON
    assert afternoon.kinds().count("turn_started") == 1


def test_events_by_audience(cast: People) -> None:
    """A site's rows should be its own and everyone's; None should be everything."""
    afternoon = opened(cast)
    afternoon.call()
    key = afternoon.sitting.pk
    everything = list(queries.events_after(key, 0))
    assert [row.sequence for row in everything] == list(range(1, len(everything) + 1))
    own = queries.events_after(key, 0, {"", "bac-son"})
    assert {row.audience for row in own} == {"", "bac-son"}
    assert not queries.events_after(key, everything[-1].sequence).exists()


def test_the_hubs_papers(cast: People) -> None:
    """At the hub the secretary should look after the citizen, the clerk of a commune not."""
    seat: Seat = waiting(cast).seat("hub")
    assert may(cast.secretary, Act.CHECK_IDENTITY, seat.sitting, seat)
    assert not may(cast.clerk_a, Act.CHECK_IDENTITY, seat.sitting, seat)
    assert not may(cast.operator, Act.CHECK_IDENTITY, seat.sitting, seat)
