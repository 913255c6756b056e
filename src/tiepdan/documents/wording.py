"""How days, times, counts and sentences are written in official Vietnamese; pure.

These are the filters officials may use in templates (`{{ day|ngay }}`).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_SENTENCE_ENDS = (".", "!", "?", ":", ";", "…")


def _day(value: str) -> date:
    text = str(value)
    return _moment(text).date() if "T" in text else date.fromisoformat(text)


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(str(value)).astimezone(_VIETNAM)


def _month(day: date) -> str:
    """January and February with a leading zero, others without (NĐ 30/2020, Phụ lục I, II.4)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)  # noqa: PLR2004 - the rule says 1 and 2


def ngay(value: str) -> str:
    """05/02/2026, 15/12/2026."""
    day = _day(value)
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def ngay_dai(value: str) -> str:
    """«ngày 05 tháng 02 năm 2026»."""
    day = _day(value)
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def gio(value: str) -> str:
    """«14 giờ 00 phút», in Vietnam's time."""
    moment = _moment(value)
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút"


def gio_ngay(value: str) -> str:
    """«14 giờ 00 phút, ngày 15 tháng 12 năm 2026»."""
    return f"{gio(value)}, {ngay_dai(value)}"


def so(value: int) -> str:
    """A count with at least two digits, as offices write it: 05."""
    return f"{value:02d}"


def dong(value: str) -> list[str]:
    """The lines of a longer text, one paragraph each, without empty ones."""
    return [line for line in value.splitlines() if line.strip()]


def cau(value: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    text = value.rstrip()
    return text if not text or text.endswith(_SENTENCE_ENDS) else text + Markup(".")


def dau_cau(value: str) -> str:
    """The text with a capital first letter."""
    return value[:1].upper() + value[1:]


FILTERS: Mapping[str, Callable[..., Any]] = {
    "ngay": ngay,
    "ngay_dai": ngay_dai,
    "gio": gio,
    "gio_ngay": gio_ngay,
    "so": so,
    "dong": dong,
    "cau": cau,
    "dau_cau": dau_cau,
}


def name_lines(name: str, fits: int = 24) -> list[str]:
    """A body's name on one or two lines of a letterhead, broken where one would break it.

    «Ủy ban nhân dân / tỉnh Lạng Sơn»; others near the middle when longer than `fits` letters.
    """
    if not name:
        return []
    head, tail = name[:15], name[15:].strip()
    if head.casefold() == "ủy ban nhân dân" and tail:
        return [head, tail]
    if len(name) <= fits:
        return [name]
    words = name.split()
    cut = min(
        range(1, len(words)),
        key=lambda at: abs(len(name) - 2 * len(" ".join(words[:at]))),
        default=0,
    )
    return [" ".join(words[:cut]), " ".join(words[cut:])] if cut else [name]
