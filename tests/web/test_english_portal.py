"""The citizen's pages in English: every word of them, but names and citations as they are."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tiepdan import portal

TEMPLATES = sorted((Path(portal.__file__).parent / "templates").rglob("*.html"))
VIETNAMESE = re.compile(r"[À-ỹ]")
TRANSLATED = re.compile(
    r"\{% blocktranslate.*?endblocktranslate %\}|\{% translate .*? %\}|_\(\"[^\"]*\"\)", re.DOTALL
)
HEADINGS = {
    "home": "Meet the Chairman of the Provincial People&#x27;s Committee",
    "calendar": "Reception schedule",
    "track": "Track my filing",
    "register_info": "Register to meet the Chairman",
    "guide": "How a reception goes",
    "accessibility": "Accessibility",
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_word_is_left_out(template):
    """A page for citizens should hold no Vietnamese word outside the catalogue."""
    assert not VIETNAMESE.search(TRANSLATED.sub("", template.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("name", "heading"), HEADINGS.items())
def test_pages_are_in_english(client, cast, name, heading):
    """A citizen who chose English should read English, marked as such."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(reverse(f"portal:{name}")).content.decode()
    assert '<html lang="en"' in page
    assert f"<h1>{heading}</h1>" in page.replace("&#39;", "&#x27;").replace("'", "&#x27;")


def test_wrong_codes_are_told_in_english(client, cast):
    """A refusal should be in the reader's language too."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.post(reverse("portal:track"), {"code": "LS-0000-0000", "digits": "000000"})
    assert "No filing has these two codes" in answer.content.decode()
