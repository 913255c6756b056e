"""Fields that several forms have, and a rule's refusal beside its field."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.desk.conduct import refusal_words
from tiepdan.matters.attachments import Upload, check_uploads
from tiepdan.matters.rules import (
    NotValidError,
)
from tiepdan.matters.upload_limits import limits

Value = TypeVar("Value")


def checked(check: Callable[[], Value]) -> Value:
    """What the rule says is right; its refusal becomes the field's error."""
    try:
        return check()
    except NotValidError as fault:
        raise forms.ValidationError(refusal_words(fault)) from None


class ScansInput(forms.FileInput):
    """Chooses several files; the page's script refuses what is too large before it is sent."""

    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Photographs and PDF handed in with a filing: its value is the list of files."""

    widget = ScansInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        most, each, together = limits(clock.today())
        self.help_text = format_lazy(
            _(
                "Ảnh chụp (JPEG, PNG, HEIC), PDF hoặc DOCX; nhiều nhất {most} tệp, mỗi tệp tối đa "
                "{each} MB. Ảnh chụp được xóa thông tin nơi chụp, máy chụp."
            ),
            most=most,
            each=each,
        )
        self.widget.attrs |= {
            "accept": ".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx",
            "data-most": most,
            "data-megabytes": each,
            "data-together": together,
        }

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002
        """The files chosen; raises ValidationError beside the field."""
        uploads: list[Upload] = list(data or [])
        checked(lambda: check_uploads(uploads, clock.today()))
        return uploads


class ParagraphsField(forms.CharField):
    """A text whose lines are paragraphs of a letter."""

    widget = forms.Textarea({"rows": 4})

    def clean(self, value: Any) -> list[str]:
        """The non-empty lines."""
        lines = str(super().clean(value)).splitlines()
        return [line.strip() for line in lines if line.strip()]
