"""Faults that go on now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tiepdan.sittings.models import Sitting

ENGINE_DOWN = "engine_down"
"""The one alarm that is not about the recording."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A fault that is not over; `what` is its short name, `words` are for people."""

    what: str
    words: str
    since: datetime

    @property
    def said(self) -> str:
        """The words as they were written down, or their short English for an English reader."""
        if get_language() == "vi":
            return self.words
        short = {
            "recorder": _("Chương trình ghi hình đã dừng và đang được chạy lại."),
            "disk": _("Ổ đĩa ghi hình sắp đầy hoặc đã đầy."),
            "journal": _("Nhật ký ghi hình bị hỏng."),
            "storage": _("Không ghi được xuống đĩa."),
            "stalled": _("Không nhận được hình hoặc tiếng của một điểm cầu để ghi."),
            ENGINE_DOWN: _("Máy chủ hình và tiếng không trả lời."),
        }
        return short.get(self.what.split(":", maxsplit=1)[0], self.words)


def alarms(sitting: Sitting) -> list[Alarm]:
    """Faults that go on now (sự cố)."""
    found: dict[str, Alarm] = {}
    for row in sitting.events.filter(kind__in=["alarm", "alarm_over"]):
        found.pop(row.data["what"], None)
        if row.kind == "alarm":
            found[row.data["what"]] = Alarm(row.data["what"], row.data["words"], row.at)
    return list(found.values())
