"""How results show why they were found."""

import re
import unicodedata

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tiepdan.common.folding import fold
from tiepdan.matters.queries import wanted_in

register = template.Library()
_PIECES = re.compile(r"([^\W_]+)")


@register.filter
def marking(text: object, typed: str) -> SafeString:
    """The text with the words that were looked for marked, whatever their marks."""
    wanted = wanted_in(typed)
    pieces = _PIECES.split(unicodedata.normalize("NFC", str(text)))
    return mark_safe(  # noqa: S308 - each piece is escaped
        "".join(
            format_html("<mark>{}</mark>", piece)
            if wanted.meets(fold(piece))
            else conditional_escape(piece)
            for piece in pieces
        )
    )
