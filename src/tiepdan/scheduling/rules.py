"""Days, hours and capacity of a reception; pure."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from tiepdan.common.workdays import Calendar

ARRIVE_BEFORE = timedelta(minutes=30)
"""How long before the planned turn a citizen is asked to come: earlier turns may be short."""


def reception_day(year: int, month: int, day_of_month: int, calendar: Calendar) -> date:
    """The day of the monthly reception: the fixed day, or the next working day after a day off.

    QĐ 2080/QĐ-UBND 2014 Lạng Sơn, Điều 3 khoản 1, quoted in QĐ 2193/QĐ-UBND, mục I.2. A made-up
    working Saturday does not move it; a month too short for the day takes its last one.
    """
    last = monthrange(year, month)[1]
    return calendar.next_working(date(year, month, min(day_of_month, last)))


def clock_time(text: str) -> time:
    """«14:00» of the rulebook as a time of day; raises ValueError."""
    return time.fromisoformat(text)


def capacity(starts_at: datetime, ends_at: datetime, minutes_per_turn: int) -> int:
    """How many whole turns fit between the two moments."""
    return int((ends_at - starts_at) / timedelta(minutes=minutes_per_turn))


def planned_start(starts_at: datetime, order: int, minutes_per_turn: int) -> datetime:
    """When the turn of that order begins if every turn takes its planned minutes."""
    return starts_at + timedelta(minutes=minutes_per_turn) * (order - 1)


def published_late_by(published_on: date, held_on: date, before: int, calendar: Calendar) -> int:
    """Working days missing to the `before` that the notice needs; 0 when it is in time.

    Luật Tiếp công dân 42/2013/QH13, Điều 24.
    """
    return max(0, before - calendar.between(published_on, held_on))
