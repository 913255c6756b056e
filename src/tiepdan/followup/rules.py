"""Time limits after a sitting; pure."""

from datetime import date

from tiepdan.common.workdays import Calendar


def due_on(held_on: date, within: int, calendar: Calendar) -> date:
    """The last day of a limit in working days that runs from the day of the sitting."""
    return calendar.add(held_on, within)


def days_left(deadline: date, today: date, calendar: Calendar) -> int:
    """Working days left; 0 on the last day, negative when it is past.

    A deadline on a day off ends on the next working day (Bộ luật Dân sự 2015, Điều 148).
    """
    return calendar.between(today, calendar.next_working(deadline))


def last_missed(today: date, calendar: Calendar) -> date:
    """The latest deadline that is past today; every later one can still be kept."""
    return calendar.add(today, -1)
