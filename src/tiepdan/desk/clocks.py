"""A deadline in words: how many working days are left, and until which day."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

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
        late = max(1, -days)
        return Countdown(
            deadline,
            ngettext("quá hạn {days} ngày làm việc", "quá hạn {days} ngày làm việc", late).format(
                days=late
            ),
            "late",
        )
    if deadline == today:
        return Countdown(deadline, gettext("hạn hôm nay"), "soon")
    return Countdown(
        deadline,
        ngettext("còn {days} ngày làm việc", "còn {days} ngày làm việc", days).format(days=days),
        "soon" if days <= SOON_DAYS else "",
    )
