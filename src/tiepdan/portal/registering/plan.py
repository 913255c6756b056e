"""The order of the pages, and what they say together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from tiepdan.matters.actions import PersonDetails
from tiepdan.portal.registering.drafts import Answers
from tiepdan.portal.registering.forms import (
    ConsentForm,
    HomeForm,
    NeedsForm,
    PageForm,
    PapersForm,
    PersonForm,
    StoryForm,
    WhatForm,
)


@dataclass(frozen=True)
class Page:
    """One page: `name` stands in its address, `title` is its question."""

    name: str
    title: object
    form: type[PageForm]

    def filled(self, answers: Answers, sender: str) -> PageForm:
        """The page's form with what was answered; empty when nothing was."""
        answer = answers.pages.get(self.name)
        return self.form(as_sent(answer.data) if answer else None, sender=sender)


PAGES = [
    Page("viec", _("Ông/bà muốn gặp Chủ tịch về việc gì?"), WhatForm),
    Page("noi-dung", _("Sự việc như thế nào?"), StoryForm),
    Page("ho-ten", _("Ông/bà là ai?"), PersonForm),
    Page("noi-o", _("Ông/bà ở đâu?"), HomeForm),
    Page("hinh-thuc", _("Gặp qua màn hình hay gặp trực tiếp?"), ConsentForm),
    Page("ho-tro", _("Ai cùng đến, cần hỗ trợ gì?"), NeedsForm),
    Page("giay-to", _("Có giấy tờ nào về sự việc không?"), PapersForm),
]
BY_NAME = {page.name: page for page in PAGES}


def as_sent(data: Mapping[str, Sequence[str]]) -> "MultiValueDict[str, str]":
    """Stored answers as a form takes them."""
    return MultiValueDict({name: list(values) for name, values in data.items()})


def first_open(answers: Answers, before: Page | None = None) -> Page | None:
    """The first page not answered yet, of those before `before` when it is given."""
    pages = PAGES[: PAGES.index(before)] if before else PAGES
    return next((page for page in pages if not answers.done(page.name)), None)


def shown(form: PageForm) -> list[tuple[str, str]]:
    """Questions and answers of a valid form, for reading over."""
    rows = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value not in (None, "", []):
            rows.append((str(field.label), _words(field, value)))
    return rows


def _words(field: Any, value: Any) -> str:
    names = dict(getattr(field, "choices", [])) if not hasattr(field, "queryset") else {}
    if isinstance(value, list):
        return ", ".join(str(names.get(one) or getattr(one, "name", one)) for one in value)
    return str(names.get(value, value))


def registration(forms: Mapping[str, PageForm]) -> dict[str, Any]:
    """What `register_filing` needs, from all pages, each of them valid."""
    story, who = forms["noi-dung"].cleaned_data, forms["ho-ten"].cleaned_data
    home, needs = forms["noi-o"].cleaned_data, forms["ho-tro"].cleaned_data
    return {
        "person": PersonDetails(
            full_name=who["full_name"],
            id_number=who["id_number"],
            birth_year=who["birth_year"],
            phone=home["phone"],
            address=home["address"],
            commune=home["commune"],
        ),
        "subject": story["subject"],
        "content": story["content"],
        "request": story["request"],
        "consents_online": forms["hinh-thuc"].cleaned_data["consent"] == "yes",
        "headcount": needs["headcount"],
        "needs": needs["needs"],
        "language": needs["language"],
        "uploads": forms["giay-to"].cleaned_data["attachments"],
    }
