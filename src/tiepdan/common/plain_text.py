"""What people send holds only what people can see: no letters that hide, turn or tower.

Pasted text often carries such characters unseen; some make a page lie (writing direction turned
round), some cannot stand in a document at all (control characters in DOCX). They are dropped where
requests come in, so that no form and no view has to think of it.
"""

import re
import unicodedata
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

MOST_MARKS = 4
"""Marks upon one letter; Vietnamese has two."""

_SPACES = frozenset("\t\n\r")
_UNTOUCHED = re.compile("password|csrf")
_PLAIN = re.compile(r"[\t\n\r -~]*")


def visible(text: str) -> str:
    """The text without control, format, private and unassigned characters and towers of marks."""
    if _PLAIN.fullmatch(text):
        return text
    kept, marks = [], 0
    for letter in text:
        kind = unicodedata.category(letter)[0]
        marks = marks + 1 if kind == "M" else 0
        if (kind != "C" or letter in _SPACES) and marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


class PlainTextMiddleware:
    """Gives views the visible part of what was sent; passwords and tokens are left as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before the view; files and other bodies are not looked at."""
        request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _cleaned(sent: QueryDict) -> QueryDict:
    clean = sent.copy()
    for name, values in sent.lists():
        if not _UNTOUCHED.search(name):
            clean.setlist(name, [visible(value) for value in values])
    clean._mutable = False  # noqa: SLF001 - as Django hands it out
    return clean
