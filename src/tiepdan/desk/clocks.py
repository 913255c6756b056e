"""A deadline in words: how many working days are left, and until which day."""

from dataclasses import dataclass
from datetime import date

from tiepdan.common.templatetags.vietnamese import long_day
from tiepdan.common.workdays import Calendar

SOON_DAYS = 2


@dataclass(frozen=True)
class Countdown:
    """What stands on a page beside a clock; `kind` is a CSS class: late, soon or empty."""

    deadline: date
    words: str
    kind: str


def countdown(deadline: date, today: date, calendar: Calendar) -> Countdown:
    """The deadline as seen today, in working days (ngày làm việc)."""
    left = calendar.between(today, deadline)
    day = long_day(deadline)
    if deadline < today:
        return Countdown(deadline, f"quá hạn {max(1, -left)} ngày làm việc ({day})", "late")
    if deadline == today:
        return Countdown(deadline, f"hạn hôm nay ({day})", "soon")
    return Countdown(
        deadline, f"còn {left} ngày làm việc ({day})", "soon" if left <= SOON_DAYS else ""
    )
