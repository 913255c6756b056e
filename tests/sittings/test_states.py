"""The lives of a sitting and of a turn."""

import itertools

import pytest

from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.sittings.states import (
    SITTING_TRANSITIONS,
    VISIT_TRANSITIONS,
    SittingState,
    VisitState,
)


def test_what_is_over_stays_over() -> None:
    """Nothing should lead out of a closed sitting or an ended turn."""
    for event in {event for _, event in SITTING_TRANSITIONS}:
        with pytest.raises(RuleRefusedError):
            follow(SITTING_TRANSITIONS, SittingState.CLOSED, event)
    ended = [VisitState.HEARD, VisitState.ABSENT, VisitState.REFUSED, VisitState.CARRIED]
    events = {event for _, event in VISIT_TRANSITIONS}
    for state, event in itertools.product(ended, events):
        with pytest.raises(RuleRefusedError):
            follow(VISIT_TRANSITIONS, state, event)


def test_a_waiting_sitting_cannot_pause() -> None:
    """Pausing should need an open sitting, resuming a paused one."""
    with pytest.raises(RuleRefusedError):
        follow(SITTING_TRANSITIONS, SittingState.WAITING, "pause")
    with pytest.raises(RuleRefusedError):
        follow(SITTING_TRANSITIONS, SittingState.OPEN, "resume")
