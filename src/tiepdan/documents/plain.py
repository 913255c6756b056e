"""Text as people typed it, made safe for XML, JSON columns and Word templates; pure."""

import re
from typing import Any

from markupsafe import Markup, escape

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 does not know (section 2.2), less tab and line ends."""


def plain(value: Any) -> Any:
    """The same JSON value without the characters XML cannot hold; line ends become LF."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def literal(value: Any) -> Any:
    """The same JSON value with every text escaped for a Word template.

    The template engine turns `{_{` into two braces after rendering; an underscore beside a brace
    or percent sign is therefore written as a character reference, so that braces stay typed text.
    """
    if isinstance(value, str):
        return Markup(re.sub(r"(?<=[{%}])_|_(?=[{%}])", "&#95;", str(escape(value))))  # noqa: S704 - escaped just before
    if isinstance(value, dict):
        return {key: literal(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [literal(entry) for entry in value]
    return value
