"""Deadlines in words count working days."""

from datetime import date

import pytest

from tiepdan.common.workdays import Calendar
from tiepdan.desk.clocks import countdown

HOLIDAY = Calendar(days_off=frozenset({date(2026, 12, 16)}), made_up=frozenset())


@pytest.mark.parametrize(
    ("deadline", "words", "kind"),
    [
        (date(2026, 12, 21), "còn 3 ngày làm việc (thứ Hai, 21/12/2026)", ""),
        (date(2026, 12, 17), "còn 1 ngày làm việc (thứ Năm, 17/12/2026)", "soon"),
        (date(2026, 12, 15), "hạn hôm nay (thứ Ba, 15/12/2026)", "soon"),
        (date(2026, 12, 11), "quá hạn 2 ngày làm việc (thứ Sáu, 11/12/2026)", "late"),
        (date(2026, 12, 14), "quá hạn 1 ngày làm việc (thứ Hai, 14/12/2026)", "late"),
    ],
)
def test_countdown_skips_days_off(deadline, words, kind):
    """A deadline seen on Tuesday the 15th should skip the holiday and the weekend."""
    shown = countdown(deadline, date(2026, 12, 15), HOLIDAY)
    assert (shown.words, shown.kind) == (words, kind)
