"""A sitting's pages in English, and what is kept of it in Vietnamese."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from tiepdan import room
from tiepdan.sittings import queries
from tiepdan.sittings.models import Sitting
from tiepdan.sittings.states import SittingState

TEMPLATES = sorted((Path(room.__file__).parent / "templates").rglob("*.html"))
VIETNAMESE = re.compile(r"[À-ỹ]")
TRANSLATED = re.compile(
    r"\{% blocktranslate.*?endblocktranslate %\}|\{% translate .*? %\}|_\(\"[^\"]*\"\)", re.DOTALL
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_word_is_left_out(template):
    """A page of a sitting should hold no Vietnamese word outside the catalogue."""
    assert not VIETNAMESE.search(TRANSLATED.sub("", template.read_text(encoding="utf-8")))


def test_the_next_step_is_said_in_english():
    """The chair's one button should speak the chair's language."""
    with override("en"):
        step = queries.next_step(Sitting(state=SittingState.WAITING))
    assert step == queries.NextStep("open", "Open the reception")


def test_a_refusal_is_said_in_english():
    """Why something cannot be done should be said in the reader's language."""
    refusal = queries.hub_not_connected()
    assert VIETNAMESE.search(refusal.message)
    with override("en"):
        assert "The hub has not turned on" in refusal.message
