"""How results show why they were found."""

import re
import unicodedata

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tiepdan.common.folding import fold
from tiepdan.matters.queries import wanted_in

register = template.Library()
_PIECES = re.compile(r"&#?\w+;|[^\W_]+")
"""What stands for a letter in HTML, left as it is; words."""


@register.filter
def marking(text: object, typed: str) -> SafeString:
    """The text with the words that were looked for marked, whatever their marks."""
    meets = wanted_in(typed).meets

    def marked(found: re.Match[str]) -> str:
        piece = found[0]
        is_met = piece[0] != "&" and meets(fold(piece))
        return f"<mark>{piece}</mark>" if is_met else piece

    plain = escape(unicodedata.normalize("NFC", str(text)))
    return mark_safe(_PIECES.sub(marked, plain))  # noqa: S308 - escaped before
