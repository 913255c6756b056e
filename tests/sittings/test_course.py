"""Opening, calling, ending, closing: what happens, and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import PLENTY, Afternoon, opened, waiting
from tiepdan.audit.queries import entries_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.actions import record_consent
from tiepdan.scheduling.models import CarryOver
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import MediaRoom
from tiepdan.sittings.states import SittingState, VisitState

pytestmark = pytest.mark.django_db


def refused(rule: str, act: Callable[..., Any], **told: Any) -> RuleRefusedError:
    with pytest.raises(RuleRefusedError) as caught:
        act(**told)
    assert caught.value.rule == rule
    assert caught.value.message
    return caught.value


def test_opening(cast: People) -> None:
    """Opening should admit every held seat to the plenary and say so in order."""
    afternoon = waiting(cast)
    afternoon.take("hub")
    afternoon.take("bac-son")
    afternoon.open()
    afternoon.sitting.refresh_from_db()
    assert afternoon.sitting.state == SittingState.OPEN
    assert afternoon.sitting.opened_at == AFTERNOON
    assert afternoon.roster() == {"hub", "bac-son"}
    assert afternoon.kinds() == ["seat_taken"] * 2 + ["opened", "admitted", "admitted"]
    assert entries_of(afternoon.sitting).last().verb == "open_sitting"


def test_opening_needs_the_hub(cast: People) -> None:
    """Without camera and microphone in the chair's room there should be no opening."""
    afternoon = waiting(cast)
    afternoon.take("bac-son")
    refused("hub_not_connected", afternoon.open)
    assert afternoon.kinds() == ["seat_taken"]


def test_opening_needs_space(cast: People) -> None:
    """A full disk should refuse the opening in plain words and lose nothing."""
    afternoon = waiting(cast)
    afternoon.take("hub")
    told = {"sitting": afternoon.sitting, "by": cast.chair, "free_bytes": 100_000_000}
    error = refused("disk_full", actions.open_sitting, **told)
    assert "100 MB" in error.message
    afternoon.sitting.refresh_from_db()
    assert afternoon.sitting.state == SittingState.WAITING
    assert not MediaRoom.objects.exists()
    actions.open_sitting(**told | {"free_bytes": PLENTY})


def test_opening_once(cast: People) -> None:
    """A second opening should be refused."""
    refused("transition", opened(cast).open)


def test_only_the_chair_conducts(cast: People) -> None:
    """Whoever may not conduct should be refused every act of the chair."""
    afternoon = opened(cast)
    sitting, by = afternoon.sitting, cast.secretary
    visit = afternoon.started()
    for act, told in [
        (actions.call_next, {"sitting": sitting}),
        (actions.end_visit, {"visit": visit}),
        (actions.end_and_call_next, {"visit": visit}),
        (actions.mark_absent, {"visit": visit}),
        (actions.start_unrecorded, {"visit": visit, "reason": "x"}),
        (actions.refuse_visit, {"visit": visit, "ground": "2", "reason": "x"}),
        (actions.pause_sitting, {"sitting": sitting, "reason": "x"}),
        (actions.resume_sitting, {"sitting": sitting}),
        (actions.return_to_plenary, {"sitting": sitting}),
        (actions.close_sitting, {"sitting": sitting}),
        (actions.open_sitting, {"sitting": sitting}),
    ]:
        refused("not_allowed", act, **told, by=by)


def test_calling(cast: People) -> None:
    """A call should close the plenary and admit hub and the citizen's site to a fresh room."""
    afternoon = opened(cast)
    plenary = afternoon.room()
    visit = afternoon.call()
    plenary.refresh_from_db()
    assert plenary.closed_at is not None
    assert not plenary.admissions.filter(withdrawn_at__isnull=True).exists()
    assert afternoon.roster() == {"hub", "huu-lung"}
    assert afternoon.room().name != plenary.name
    assert len(afternoon.room().name) == 32
    assert (visit.number, visit.state, visit.started_at) == (1, VisitState.CALLED, None)
    called = afternoon.sitting.events.get(kind="called")
    assert called.data == {
        "visit": str(visit.pk), "number": 1, "site": "huu-lung", "title": "Lượt 1",
    }  # fmt: skip
    assert afternoon.kinds()[-6:] == ["withdrawn"] * 3 + ["called", "admitted", "admitted"]


def test_one_room_at_a_time(cast: People) -> None:
    """Through a whole afternoon there should be at most one open room, and no name twice."""
    afternoon = opened(cast)
    names = {afternoon.room().name}
    for order in (1, 2, 3):
        visit = afternoon.started(order)
        names.add(afternoon.room().name)
        assert MediaRoom.objects.filter(closed_at__isnull=True).count() == 1
        actions.end_visit(visit=visit, by=cast.chair)
        assert not MediaRoom.objects.filter(closed_at__isnull=True).exists()
    actions.return_to_plenary(sitting=afternoon.sitting, by=cast.chair)
    names.add(afternoon.room().name)
    assert len(names) == MediaRoom.objects.count() == 5


def test_calling_out_of_order(cast: People) -> None:
    """The chair may name a citizen; the number stays the citizen's own."""
    afternoon = opened(cast)
    assert afternoon.call(2).number == 2
    assert afternoon.roster() == {"hub", "bac-son"}


def test_calling_needs_an_open_sitting(cast: People) -> None:
    """Before the opening, in a pause and after the end nobody should be called."""
    afternoon = waiting(cast)
    assert "chưa khai mạc" in refused("sitting_not_open", afternoon.call).message
    afternoon = reopened(afternoon)
    actions.pause_sitting(sitting=afternoon.sitting, reason="Nghỉ", by=cast.chair)
    assert "tạm dừng" in refused("sitting_not_open", afternoon.call).message
    afternoon.close()
    assert "kết thúc" in refused("sitting_not_open", afternoon.call).message


def reopened(afternoon: Afternoon) -> Afternoon:
    afternoon.take_all()
    afternoon.open()
    return afternoon


def test_calling_needs_checked_papers(cast: People) -> None:
    """A citizen whose papers nobody saw should not be called."""
    afternoon = reopened(waiting(cast))
    error = refused("identity_unchecked", afternoon.call)
    assert "xã Hữu Lũng" in error.message
    assert error.article
    assert afternoon.room().part == "plenary"


def test_calling_needs_the_site(cast: People) -> None:
    """A site without camera should not be called; its citizen can be marked absent."""
    afternoon = opened(cast)
    actions.release_seat(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    refused("site_not_connected", afternoon.call)
    visit = actions.mark_absent(
        sitting=afternoon.sitting, appointment=afternoon.appointment(1), by=cast.chair
    )
    assert visit.state == VisitState.ABSENT
    assert afternoon.room().part == "plenary"
    assert afternoon.call().number == 2


def test_calling_needs_consent(cast: People) -> None:
    """A citizen who took consent back should not be called online."""
    afternoon = opened(cast)
    filing = afternoon.appointment(1).filing
    record_consent(
        filing=filing, given=False, manner="Nói tại điểm cầu", by=cast.clerk_a, at=AFTERNOON
    )
    assert refused("no_consent", afternoon.call).article


def test_calling_needs_the_turn_before_to_end(cast: People) -> None:
    """A second call while a turn goes on should be refused."""
    afternoon = opened(cast)
    afternoon.call()
    refused("turn_running", afternoon.call)


def test_calling_needs_somebody(cast: People) -> None:
    """With an empty queue, or for somebody heard already, the call should be refused."""
    afternoon = opened(cast)
    for order in (1, 2, 3):
        actions.end_visit(visit=afternoon.started(order), by=cast.chair)
    refused("nobody_waiting", afternoon.call)
    refused("nobody_waiting", afternoon.call, order=1)


def test_the_clock_starts_with_the_proof(cast: People) -> None:
    """A turn should start when the recording of both ends is proven, not before."""
    afternoon = opened(cast)
    visit = afternoon.call()
    room = afternoon.room()
    for synced in ({}, {"hub": 10**6}, {"hub": 10**6, "huu-lung": 100}):
        proof = actions.RecordingProof(room.name, synced, AFTERNOON)
        refused("recording_unproven", actions.confirm_recording, room=room, proof=proof)
    wrong = actions.RecordingProof("other", {"hub": 10**6, "huu-lung": 10**6}, AFTERNOON)
    refused("recording_unproven", actions.confirm_recording, room=room, proof=wrong)
    refused("turn_not_started", actions.end_visit, visit=visit, by=cast.chair)
    afternoon.prove()
    visit.refresh_from_db()
    assert visit.started_at == AFTERNOON
    assert afternoon.kinds()[-2:] == ["recording_verified", "turn_started"]
    before = afternoon.kinds()
    afternoon.prove(room)
    assert afternoon.kinds() == before


def test_the_plenary_is_proven_by_the_hub(cast: People) -> None:
    """The plenary should count as recorded when the hub's bytes are on disk."""
    afternoon = opened(cast)
    room = afternoon.room()
    assert queries.required_seats(room) == {"hub"}
    assert afternoon.prove().verified_at is not None


def test_the_logged_exception(cast: People) -> None:
    """The chair may start unrecorded with a reason, which stays; a later proof restarts nothing."""
    afternoon = opened(cast)
    visit = afternoon.call()
    refused("reason_missing", actions.start_unrecorded, visit=visit, reason=" ", by=cast.chair)
    visit = actions.start_unrecorded(
        visit=visit, reason="Ổ đĩa hỏng", by=cast.chair, at=AFTERNOON - timedelta(minutes=1)
    )
    assert visit.unrecorded_reason == "Ổ đĩa hỏng"
    assert entries_of(visit).last().verb == "start_unrecorded"
    refused("turn_started", actions.start_unrecorded, visit=visit, reason="x", by=cast.chair)
    afternoon.prove()
    visit.refresh_from_db()
    assert visit.started_at == AFTERNOON - timedelta(minutes=1)


def test_ending_and_calling_is_one_act(cast: People) -> None:
    """When the next cannot be called, the present turn should not end either."""
    afternoon = waiting(cast)
    afternoon.take_all()
    afternoon.check(1)
    afternoon.open()
    visit = afternoon.started()
    refused("identity_unchecked", actions.end_and_call_next, visit=visit, by=cast.chair)
    visit.refresh_from_db()
    assert visit.state == VisitState.CALLED
    assert afternoon.roster() == {"hub", "huu-lung"}
    afternoon.check(2)
    following = actions.end_and_call_next(visit=visit, by=cast.chair)
    assert following
    assert following.number == 2
    visit.refresh_from_db()
    assert visit.state == VisitState.HEARD


def test_the_last_turn_has_no_next(cast: People) -> None:
    """Ending and calling with nobody waiting should just end."""
    afternoon = opened(cast)
    for order in (1, 2):
        actions.end_visit(visit=afternoon.started(order), by=cast.chair)
    visit = afternoon.started(3)
    assert actions.end_and_call_next(visit=visit, by=cast.chair) is None


def test_absent_after_the_call(cast: People) -> None:
    """A called citizen who is not there should be marked absent; one being heard not."""
    afternoon = opened(cast)
    visit = actions.mark_absent(visit=afternoon.call(), by=cast.chair)
    assert visit.state == VisitState.ABSENT
    assert queries.open_room(afternoon.sitting) is None
    started = afternoon.started(2)
    refused("turn_started", actions.mark_absent, visit=started, by=cast.chair)
    with pytest.raises(TypeError):
        actions.mark_absent(by=cast.chair)


def test_refusing_a_citizen(cast: People) -> None:
    """Refusal should need ground and reason, and ground 3 the head himself."""
    afternoon = opened(cast)
    visit = afternoon.started()
    told = {"visit": visit, "by": cast.chair}
    refused("reason_missing", actions.refuse_visit, **told, ground="9", reason="x")
    refused("reason_missing", actions.refuse_visit, **told, ground="2", reason="")
    sitting = afternoon.sitting
    sitting.reception.chair = cast.head
    sitting.reception.save()
    refused("head_only", actions.refuse_visit, **told, ground="3", reason="Đã giải quyết")
    sitting.reception.chair = cast.chair
    sitting.reception.save()
    done = actions.refuse_visit(**told, ground="3", reason="Đã giải quyết")
    assert (done.state, done.refusal_ground) == (VisitState.REFUSED, "3")


def test_returning_to_the_plenary(cast: People) -> None:
    """Between turns everybody should come together again, but not twice and not in a turn."""
    afternoon = opened(cast)
    told = {"sitting": afternoon.sitting, "by": cast.chair}
    refused("in_plenary", actions.return_to_plenary, **told)
    visit = afternoon.started()
    refused("turn_running", actions.return_to_plenary, **told)
    actions.end_visit(visit=visit, by=cast.chair)
    actions.return_to_plenary(**told)
    assert afternoon.roster() == {"hub", "huu-lung", "bac-son"}
    assert afternoon.room().generation == 2


def test_pausing(cast: People) -> None:
    """A pause should need a reason, keep the room, and end by resuming."""
    afternoon = opened(cast)
    told = {"sitting": afternoon.sitting, "by": cast.chair}
    refused("reason_missing", actions.pause_sitting, **told, reason="")
    assert actions.pause_sitting(**told, reason="Mất điện").state == SittingState.PAUSED
    assert afternoon.room().closed_at is None
    refused("transition", actions.pause_sitting, **told, reason="x")
    assert actions.resume_sitting(**told).state == SittingState.OPEN
    assert afternoon.kinds()[-2:] == ["paused", "resumed"]


def test_closing_carries_over(cast: People) -> None:
    """Whoever was not heard should keep the place for the next time; absent ones should not."""
    afternoon = opened(cast)
    actions.end_visit(visit=afternoon.started(1), by=cast.chair)
    actions.mark_absent(visit=afternoon.call(2), by=cast.chair)
    closed = afternoon.close()
    assert (closed.state, closed.closed_at) == (SittingState.CLOSED, AFTERNOON)
    carried = CarryOver.objects.get()
    assert carried.appointment == afternoon.appointment(3)
    assert not MediaRoom.objects.filter(closed_at__isnull=True).exists()
    assert afternoon.kinds()[-1] == "closed"


def test_closing_waits_for_the_turn(cast: People) -> None:
    """A sitting should not close over a running turn."""
    afternoon = opened(cast)
    afternoon.call()
    refused("turn_running", actions.close_sitting, sitting=afternoon.sitting, by=cast.chair)


def test_the_next_step(cast: People) -> None:
    """The chair's one button should always be the next thing."""
    afternoon = waiting(cast)

    def label() -> str | None:
        afternoon.sitting.refresh_from_db()
        step = queries.next_step(afternoon.sitting)
        return step.label if step else None

    assert label() == "Khai mạc buổi tiếp"
    reopened(afternoon)
    assert label() == "Gọi lượt 1: xã Hữu Lũng"
    afternoon.check(1)
    visit = afternoon.call()
    assert label() is None
    afternoon.prove()
    assert label() == "Kết thúc lượt 1"
    afternoon.check(2)
    assert label() == "Kết thúc lượt 1 và gọi lượt 2 (xã Bắc Sơn)"
    actions.end_visit(visit=visit, by=cast.chair)
    actions.end_visit(visit=afternoon.started(2), by=cast.chair)
    afternoon.check(3)
    third = afternoon.started(3)
    assert label() == "Kết thúc lượt 3, về phiên chung"
    actions.end_visit(visit=third, by=cast.chair)
    assert label() == "Về phiên chung"
    actions.return_to_plenary(sitting=afternoon.sitting, by=cast.chair)
    assert label() == "Bế mạc buổi tiếp"
    actions.pause_sitting(sitting=afternoon.sitting, reason="x", by=cast.chair)
    assert label() == "Tiếp tục buổi tiếp"
    afternoon.close()
    assert label() is None


def test_who_waits(cast: People) -> None:
    """The queue should be in order and without who has been called, carried over or withdrew."""
    afternoon = opened(cast)
    assert [row.order for row in queries.queue(afternoon.sitting)] == [1, 2, 3]
    afternoon.call(2)
    assert [row.order for row in queries.queue(afternoon.sitting)] == [1, 3]
    assert afternoon.sitting.reception.starts_at.date() == date(2026, 12, 15)


def test_a_turn_without_its_site_is_not_proven(cast: People) -> None:
    """A turn should not start on the hub's bytes alone when the citizen's site has left."""
    afternoon = opened(cast)
    visit = afternoon.call()
    actions.release_seat(seat=afternoon.seat("huu-lung"), by=cast.clerk_a, at=AFTERNOON)
    room = afternoon.room()
    assert queries.required_seats(room) == {"hub", "huu-lung"}
    proof = actions.RecordingProof(room.name, {"hub": 10**6}, AFTERNOON)
    refused("recording_unproven", actions.confirm_recording, room=room, proof=proof)
    visit.refresh_from_db()
    assert visit.started_at is None
