"""Fields that several forms have, and a rule's refusal beside its field."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from tiepdan.desk.conduct import refusal_words
from tiepdan.matters.rules import (
    NotValidError,
)

Value = TypeVar("Value")


def checked(check: Callable[[], Value]) -> Value:
    """What the rule says is right; its refusal becomes the field's error."""
    try:
        return check()
    except NotValidError as fault:
        raise forms.ValidationError(refusal_words(fault)) from None


class ParagraphsField(forms.CharField):
    """A text whose lines are paragraphs of a letter."""

    widget = forms.Textarea({"rows": 4})

    def clean(self, value: Any) -> list[str]:
        """The non-empty lines."""
        lines = str(super().clean(value)).splitlines()
        return [line.strip() for line in lines if line.strip()]
