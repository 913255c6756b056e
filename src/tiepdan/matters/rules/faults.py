"""A refusal that a form shows beside its field; pure."""

import unicodedata

from tiepdan.common.transitions import RuleRefusedError


class NotValidError(RuleRefusedError, ValueError):
    """What was typed cannot be right; a form shows the message beside the field."""


def needs_text(rule: str, text: str, message: str, article: str = "") -> str:
    """The normalised text; raises NotValidError with `message` when there is none."""
    stripped = unicodedata.normalize("NFC", text).strip()
    if not stripped:
        raise NotValidError(rule, message, article)
    return stripped
