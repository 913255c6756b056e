"""Counting working days: weekends, holidays and made-up Saturdays; pure.

The first day is not counted, and a limit that ends on a day off ends on the next working day
(Bộ luật Dân sự 2015, Điều 147 and 148). Neither «weekday without holidays» nor «every Saturday
is off» is right: the Government swaps days each year, so both kinds of days are data.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The days that differ from the plain week (ngày nghỉ, ngày làm bù)."""

    days_off: frozenset[date] = field(default_factory=frozenset)
    made_up: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether offices are open on that day."""
        if day in self.made_up:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working(self, day: date) -> date:
        """The day itself when offices are open, else the next such day."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted; before it when negative.

        Zero gives the day itself, working or not.
        """
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, day: date, until: date) -> int:
        """How many working days lie after `day` up to `until`; negative when `until` is past."""
        if until < day:
            return -self.between(until, day)
        days = (day + ONE_DAY * ahead for ahead in range(1, (until - day).days + 1))
        return sum(map(self.is_working, days))
