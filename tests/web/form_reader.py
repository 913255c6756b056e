"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_TYPED = {"text", "tel", "search", "email", "password", "date", "time", "number", "url", ""}


@dataclass
class Form:
    """Where it goes and what it would send untouched; `free` are the fields a person types in."""

    action: str
    method: str
    data: dict[str, list[str]] = field(default_factory=dict)
    free: set[str] = field(default_factory=set)

    def filled(self, text: str) -> dict[str, list[str]]:
        """The same with one text in every field one types in."""
        return self.data | {name: [text] for name in self.free}


def forms_of(response: Any, address: str) -> list[Form]:
    """The forms of the page at that address."""
    reader = _Reader(address)
    reader.feed(response.content.decode())
    return reader.forms


def links_of(response: Any) -> list[str]:
    """Addresses the page leads to."""
    reader = _Reader("")
    reader.feed(response.content.decode())
    return reader.links


class _Reader(HTMLParser):
    """Collects; of choices the first is taken, of boxes the ticked ones."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, their fields, and links."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            method = given.get("method", "get").lower()
            self._open = Form(given.get("action") or self.address, method)
            self.forms.append(self._open)
        elif self._open and given.get("name"):
            self._field(self._open, tag, given)
        elif tag == "option" and self._select and self._open and given.get("value"):
            self._open.data.setdefault(self._select, [given["value"]])

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind, value = given["name"], given.get("type", ""), given.get("value", "")
        if tag == "textarea":
            form.free.add(name)
            form.data[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "input" and kind in _TYPED:
            form.free.add(name)
            form.data[name] = [value]
        elif tag == "input" and kind in {"radio", "hidden"}:
            form.data.setdefault(name, [value])
        elif tag == "input" and kind == "checkbox" and "checked" in given:
            form.data.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        """A form or a list of choices ends."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
