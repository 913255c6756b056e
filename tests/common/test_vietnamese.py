"""Days, moments and numbers of papers in words."""

from datetime import UTC, date, datetime

import pytest

from tiepdan.common.templatetags import vietnamese


@pytest.mark.parametrize(
    ("filtered", "value", "words"),
    [
        (vietnamese.long_day, date(2026, 12, 15), "thứ Ba, 15/12/2026"),
        (vietnamese.long_day, datetime(2026, 12, 14, 17, 30, tzinfo=UTC), "thứ Ba, 15/12/2026"),
        (vietnamese.long_day, None, ""),
        (
            vietnamese.moment,
            datetime(2026, 12, 20, 7, 0, tzinfo=UTC),
            "14:00, Chủ nhật, 20/12/2026",
        ),
        (vietnamese.moment, None, ""),
        (vietnamese.hour, datetime(2026, 12, 15, 7, 5, tzinfo=UTC), "14:05"),
        (vietnamese.written_day, "2026-12-05", "05/12/2026"),
        (vietnamese.written_day, "", ""),
        (vietnamese.masked, "020190004567", "••••••••4567"),
        (vietnamese.masked, "12", "12"),
        (vietnamese.length_words, 761_000, "12 phút 41 giây"),
        (vietnamese.length_words, 9_400, "9 giây"),
    ],
)
def test_words(filtered, value, words):
    """Each filter should write as offices do."""
    assert filtered(value) == words
