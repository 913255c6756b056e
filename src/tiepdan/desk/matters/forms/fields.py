"""Fields that several forms have."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.matters.fields import checked
from tiepdan.matters.rules import validate_birth_year


@dataclass(frozen=True)
class Birth:
    """When somebody was born: the day, or only the year, or not known."""

    day: date | None = None
    year: int | None = None


class BirthField(forms.CharField):
    """«05/12/1990», «05121990» or only «1990»."""

    WRITTEN = re.compile(r"(?:(\d\d)(\d\d)|(\d\d?)\D(\d\d?)\D)?(\d{4})")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=10,
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Birth:
        """The day and the year; raises ValidationError for what is neither."""
        text = str(super().clean(value))
        if not text:
            return Birth()
        found = self.WRITTEN.fullmatch(text)
        if found:
            day, month, year = found[1] or found[3], found[2] or found[4], found[5]
            checked(lambda: validate_birth_year(int(year), clock.today().year))
            if not day:
                return Birth(year=int(year))
            with suppress(ValueError):
                return Birth(date(int(year), int(month), int(day)), int(year))
        raise forms.ValidationError(
            _("Hãy ghi ngày/tháng/năm sinh, ví dụ 05/12/1990, hoặc chỉ năm sinh.")
        )


class ParagraphsField(forms.CharField):
    """A text whose lines are paragraphs of a letter."""

    widget = forms.Textarea({"rows": 4})

    def clean(self, value: Any) -> list[str]:
        """The non-empty lines."""
        lines = str(super().clean(value)).splitlines()
        return [line.strip() for line in lines if line.strip()]
