"""What a hall's display shows: numbers, states and times, nothing of whose they are."""

from dataclasses import dataclass
from datetime import datetime

from tiepdan.common import clock
from tiepdan.org import rulebook
from tiepdan.sittings import rules
from tiepdan.sittings.models import Sitting, Visit
from tiepdan.sittings.queries.course import queue, running_visit
from tiepdan.sittings.states import SittingState


@dataclass(frozen=True, slots=True)
class Expected:
    """A number that waits, and about when its turn begins."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Display:
    """`running` is the number being received now; `waiting` in the order of calling."""

    state: str
    running: int | None
    waiting: list[Expected]
    starts_at: datetime


def display(sitting: Sitting) -> Display:
    """The queue by number; times are estimates: the planned minutes of each turn before."""
    visit = running_visit(sitting)
    numbers = list(queue(sitting).values_list("order", flat=True))
    starts_at = sitting.reception.starts_at
    minutes = rulebook.number("minutes_per_turn", clock.day_of(starts_at))
    first = _first(sitting, visit, minutes)
    closed = sitting.state == SittingState.CLOSED
    return Display(
        state=sitting.state,
        running=visit.number if visit else None,
        waiting=[]
        if closed
        else [
            Expected(number, at)
            for number, at in zip(
                numbers, rules.turn_times(first, minutes, len(numbers)), strict=True
            )
        ],
        starts_at=starts_at,
    )


def _first(sitting: Sitting, visit: Visit | None, minutes: int) -> datetime:
    """About when the next number is called."""
    now = clock.now()
    if sitting.state == SittingState.WAITING:
        return max(now, sitting.reception.starts_at)
    if visit is None:
        return now
    return rules.turn_ends(visit.started_at or now, now, minutes)
