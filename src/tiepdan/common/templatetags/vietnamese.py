"""How pages write days, moments and numbers of papers in Vietnamese."""

from datetime import date, datetime

from django import template
from django.utils.translation import gettext, gettext_noop

from tiepdan.common.clock import VIETNAM

register = template.Library()

WEEKDAYS = [
    gettext_noop("thứ Hai"),
    gettext_noop("thứ Ba"),
    gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"),
    gettext_noop("thứ Bảy"),
    gettext_noop("Chủ nhật"),
]
SHOWN_DIGITS = 4


@register.filter
def long_day(value: date | datetime | None) -> str:
    """A day as offices write it: «thứ Ba, 15/12/2026»; empty for nothing."""
    if not value:
        return ""
    day = value.astimezone(VIETNAM).date() if isinstance(value, datetime) else value
    return f"{gettext(WEEKDAYS[day.weekday()])}, {day:%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment with its day: «14:00, thứ Ba, 15/12/2026»; empty for nothing."""
    return f"{value.astimezone(VIETNAM):%H:%M}, {long_day(value)}" if value else ""


@register.filter
def written_day(text: str) -> str:
    """A day as documents keep it (ISO 8601), as offices write it: «15/12/2026»."""
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


@register.filter
def hour(value: datetime | None) -> str:
    """The time of day: «14:00»; empty for nothing."""
    return f"{value.astimezone(VIETNAM):%H:%M}" if value else ""


@register.filter
def masked(value: str) -> str:
    """A number of a paper with only its last four digits: «••••••••1234»."""
    return "•" * max(0, len(value) - SHOWN_DIGITS) + value[-SHOWN_DIGITS:]


@register.filter
def length_words(milliseconds: int) -> str:
    """A length of time: «12 phút 41 giây»."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    if minutes:
        words = gettext("{minutes} phút {seconds} giây")
        return words.format(minutes=minutes, seconds=f"{seconds:02d}")
    return gettext("{seconds} giây").format(seconds=seconds)
