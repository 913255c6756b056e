"""The end of a sitting, and undoing it."""

from typing import Any

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.scheduling.models import CarryOver
from tiepdan.sittings import actions, queries
from tiepdan.sittings.states import SittingState

pytestmark = pytest.mark.django_db


def closing(cast: People) -> Afternoon:
    """The chair has just closed; nothing is final yet."""
    afternoon = opened(cast)
    afternoon.sitting = actions.close_sitting(
        sitting=afternoon.sitting, by=cast.chair, at=AFTERNOON
    )
    return afternoon


def refused(rule: str, act: Any, **given: Any) -> None:
    with pytest.raises(RuleRefusedError) as refusal:
        act(**given)
    assert refusal.value.rule == rule


def test_rooms_stay_for_a_while(cast: People) -> None:
    """Until it is final the room should stay open and nobody lose their place or be called."""
    afternoon = closing(cast)
    assert actions.finish_closing(sitting=afternoon.sitting).state == SittingState.CLOSING
    assert afternoon.roster() == {"hub", "huu-lung", "bac-son"}
    assert not CarryOver.objects.exists()
    assert queries.closings_due() == []
    refused("sitting_not_open", actions.call_next, sitting=afternoon.sitting, by=cast.chair)


def test_undoing(cast: People) -> None:
    """The chair should get the same room back, and later close again."""
    afternoon = closing(cast)
    room = afternoon.room()
    undone = actions.undo_close(sitting=afternoon.sitting, by=cast.chair)
    assert (undone.state, undone.closed_at) == (SittingState.OPEN, None)
    assert afternoon.room() == room
    assert afternoon.close().state == SittingState.CLOSED


def test_undoing_a_paused_one(cast: People) -> None:
    """A sitting that was paused should be paused again: nobody is heard by surprise."""
    afternoon = opened(cast)
    actions.pause_sitting(sitting=afternoon.sitting, reason="Nghỉ", by=cast.chair)
    actions.close_sitting(sitting=afternoon.sitting, by=cast.chair)
    undone = actions.undo_close(sitting=afternoon.sitting, by=cast.chair)
    assert undone.state == SittingState.PAUSED
    assert queries.open_interlude(undone)


def test_final_is_final(cast: People) -> None:
    """After its time the closing should be made final once, and never be undone."""
    afternoon = closing(cast)
    done = afternoon.let_pass(afternoon.sitting)
    assert (done.state, done.closed_at) == (SittingState.CLOSED, AFTERNOON)
    assert queries.open_room(done) is None
    assert CarryOver.objects.count() == 3
    refused("close_final", actions.undo_close, sitting=done, by=cast.chair)
    refused("sitting_closed", afternoon.take, code="hub", session="late")
    events = afternoon.kinds()
    actions.finish_closing(sitting=done)
    assert afternoon.kinds() == events


def test_too_late_to_undo(cast: People) -> None:
    """Once the time is over, undoing should be refused even before it was made final."""
    afternoon = closing(cast)
    early = afternoon.sitting.closed_at
    afternoon.sitting.events.filter(kind="closing").update(recorded_at="2020-01-01T00:00:00Z")
    assert queries.closings_due() == [afternoon.sitting]
    refused("close_final", actions.undo_close, sitting=afternoon.sitting, by=cast.chair)
    assert afternoon.sitting.closed_at == early


def test_one_that_never_opened(cast: People) -> None:
    """Without rooms there should be nothing to wait for."""
    afternoon = waiting(cast)
    closed = actions.close_sitting(sitting=afternoon.sitting, by=cast.chair)
    assert closed.state == SittingState.CLOSED
    assert CarryOver.objects.count() == 3
