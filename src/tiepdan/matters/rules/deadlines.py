"""Counting limits of time: base, suspension, extension; pure.

The first day is not counted, and a limit that ends on a day off ends on the next working day
(Bộ luật Dân sự 2015, Điều 147 and 148).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from tiepdan.common.workdays import Calendar
from tiepdan.matters.rules.faults import NotValidError
from tiepdan.matters.states import DeadlineChangeKind, TimeUnit

_UNITS = {
    "days": TimeUnit.CALENDAR_DAYS,
    "working days": TimeUnit.WORKING_DAYS,
    "years": TimeUnit.YEARS,
}


def unit_of(words: str) -> TimeUnit:
    """The unit a rule of time names first: «working days», «days», «years»; else ValueError."""
    for name in sorted(_UNITS, key=len, reverse=True):
        if words.startswith(name):
            return _UNITS[name]
    raise ValueError(f"no unit of time: {words}")


def last_day(start: date, amount: int, unit: TimeUnit, calendar: Calendar) -> date:
    """The last day of a limit (Bộ luật Dân sự 2015, Điều 147 and 148)."""
    if unit == TimeUnit.WORKING_DAYS:
        return calendar.add(start, amount)
    if unit == TimeUnit.YEARS:
        return calendar.next_working(_years_after(start, amount))
    return calendar.next_working(start + timedelta(days=amount))


def after_suspension(
    due: date, stopped: date, resumed: date, unit: TimeUnit, calendar: Calendar
) -> date:
    """The last day when the limit stood still from `stopped` until `resumed`.

    What was left on the day of stopping is left on the day of resuming. Raises NotValidError
    when it goes on before it stopped.
    """
    if resumed < stopped:
        raise NotValidError("on", "Ngày tiếp tục không thể trước ngày tạm dừng.")
    if unit == TimeUnit.WORKING_DAYS:
        return calendar.add(due, calendar.between(stopped, resumed))
    return calendar.next_working(due + (resumed - stopped))


def after_extension(due: date, amount: int, unit: TimeUnit, calendar: Calendar) -> date:
    """The last day after an extension counted from the present one; in years' limits by days."""
    if amount < 1:
        raise NotValidError("amount", "Số ngày gia hạn phải từ 1 trở lên.")
    counted = TimeUnit.CALENDAR_DAYS if unit == TimeUnit.YEARS else unit
    return last_day(due, amount, counted, calendar)


def unmoved_day(start: date, amount: int, changes: Iterable[tuple[str, date, int]]) -> date:
    """The last day of a limit in calendar days as if every day were worked.

    `changes` in order: the kind, its day, the days it adds. What the limit stood still is added,
    an extension, too; a day off at the end is not passed over.
    """
    day, stopped = start + timedelta(days=amount), start
    for kind, on, added in changes:
        if kind == DeadlineChangeKind.SUSPENDED:
            stopped = on
        elif kind == DeadlineChangeKind.RESUMED:
            day += on - stopped
        elif kind == DeadlineChangeKind.EXTENDED:
            day += timedelta(days=added)
    return day


def _years_after(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return date(start.year + years, 3, 1)
