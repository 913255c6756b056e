"""A deadline in words: how many working days are left, and until which day."""

from dataclasses import dataclass
from datetime import date

from tiepdan.common.templatetags.vietnamese import long_day
from tiepdan.common.workdays import Calendar

SOON_DAYS = 2


@dataclass(frozen=True)
class Countdown:
    """What stands beside a clock; `kind` is a CSS class: late, soon or empty."""

    deadline: date
    left: str
    kind: str

    @property
    def day(self) -> str:
        """«thứ Sáu, 18/12/2026»."""
        return long_day(self.deadline)

    @property
    def words(self) -> str:
        """All in one line."""
        return f"{self.left} ({self.day})"


def countdown(deadline: date, today: date, calendar: Calendar) -> Countdown:
    """The deadline as seen today, in working days (ngày làm việc)."""
    days = calendar.between(today, deadline)
    if deadline < today:
        return Countdown(deadline, f"quá hạn {max(1, -days)} ngày làm việc", "late")
    if deadline == today:
        return Countdown(deadline, "hạn hôm nay", "soon")
    return Countdown(deadline, f"còn {days} ngày làm việc", "soon" if days <= SOON_DAYS else "")
