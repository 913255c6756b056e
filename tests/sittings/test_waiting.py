"""Turns put off: held, back in the queue, called again, passed over; and their order."""

from datetime import timedelta

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import opened
from tests.sittings.test_course import refused
from tiepdan.sittings import actions, queries
from tiepdan.sittings.states import SittingState, VisitState

pytestmark = pytest.mark.django_db


def test_a_held_turn_goes_on_later(cast: People) -> None:
    """A turn on hold should leave its room, let others in, and go on as the same turn."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    first_room = afternoon.room()
    visit = actions.hold_visit(visit=visit, reason="Chờ hồ sơ", by=cast.chair, at=AFTERNOON)
    first_room.refresh_from_db()
    assert first_room.closed_at
    assert visit.ended_at is None
    other = afternoon.started(2)
    refused("turn_running", actions.recall_visit, visit=visit, by=cast.chair)
    actions.end_visit(visit=other, by=cast.chair)
    visit = actions.recall_visit(visit=visit, by=cast.chair, at=AFTERNOON)
    assert visit.state == VisitState.CALLED
    assert afternoon.room().generation == 2
    assert afternoon.roster() == {"hub", "huu-lung"}
    afternoon.prove()
    actions.end_visit(visit=visit, by=cast.chair)
    visit.refresh_from_db()
    assert visit.state == VisitState.HEARD


def test_back_into_the_queue(cast: People) -> None:
    """Who was called and has not begun should keep the place, and be carried over at the end."""
    afternoon = opened(cast)
    visit = afternoon.call(1)
    visit = actions.hold_visit(visit=visit, reason="Chưa vào phòng", by=cast.chair, at=AFTERNOON)
    refused("turn_not_started", actions.end_visit, visit=visit, by=cast.chair)
    afternoon.close()
    visit.refresh_from_db()
    assert visit.state == VisitState.CARRIED
    assert visit.appointment.carry_over
    assert visit.appointment.filing.heard_at is None


def test_no_closing_over_a_held_turn(cast: People) -> None:
    """A turn that has begun should be ended or called again before the sitting closes."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    actions.hold_visit(visit=visit, reason="Chờ hồ sơ", by=cast.chair)
    refused("turn_held", actions.close_sitting, sitting=afternoon.sitting, by=cast.chair)
    afternoon.sitting.refresh_from_db()
    assert afternoon.sitting.state == SittingState.OPEN
    actions.end_visit(visit=visit, by=cast.chair)
    afternoon.close()


def test_held_turn_is_the_next_step(cast: People) -> None:
    """When nobody else waits, calling the held turn again should be the big button."""
    afternoon = opened(cast)
    actions.hold_visit(visit=afternoon.started(1), reason="Chờ", by=cast.chair)
    for order in (2, 3):
        actions.end_visit(visit=afternoon.started(order), by=cast.chair)
    afternoon.sitting.refresh_from_db()
    step = queries.next_step(afternoon.sitting)
    assert step
    assert step.act == "recall"


def test_passing_over(cast: People) -> None:
    """Who is passed over should come after the others, with a reason, and keep the number."""
    afternoon = opened(cast)
    first = afternoon.appointment(1)
    told = {"sitting": afternoon.sitting, "appointment": first, "by": cast.chair}
    refused("reason_missing", actions.pass_over, reason=" ", **told)
    actions.pass_over(reason="Đang trên đường tới", at=AFTERNOON, **told)
    assert [row.order for row in queries.queue(afternoon.sitting)] == [2, 3, 1]
    told["appointment"] = afternoon.appointment(2)
    actions.pass_over(reason="Chờ Sở", at=AFTERNOON + timedelta(minutes=1), **told)
    assert [row.order for row in queries.queue(afternoon.sitting)] == [3, 1, 2]
    assert "passed_over" in afternoon.kinds()


def test_out_of_turn_needs_a_reason(cast: People) -> None:
    """Calling somebody before others should be refused without a reason, which is logged."""
    afternoon = opened(cast)
    told = {
        "sitting": afternoon.sitting, "appointment": afternoon.appointment(3), "by": cast.chair,
    }  # fmt: skip
    assert "mục I.2" in refused("out_of_order", actions.call_next, **told).article
    assert actions.call_next(reason="Người già yếu", at=AFTERNOON, **told).number == 3


def test_only_the_chair_puts_off(cast: People) -> None:
    """Nobody but the chair should hold, recall or pass over."""
    afternoon = opened(cast)
    appointment = afternoon.appointment(2)
    visit = afternoon.started(1)
    refused("not_allowed", actions.hold_visit, visit=visit, reason="x", by=cast.secretary)
    refused("not_allowed", actions.recall_visit, visit=visit, by=cast.secretary)
    told = {"sitting": afternoon.sitting, "appointment": appointment, "reason": "x"}
    refused("not_allowed", actions.pass_over, by=cast.secretary, **told)
