"""The desk in English: every word of the pages, and official papers that stay Vietnamese."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from tests import cast as people
from tests.followup.heard import concluded_visit
from tests.web.pages import signed_in, text
from tiepdan import desk
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.models import Document
from tiepdan.followup.actions import draft_notice
from tiepdan.matters.actions import withdraw_filing
from tiepdan.org.models import DayOff
from tiepdan.scheduling.actions import submit_list

TEMPLATES = sorted((Path(desk.__file__).parent / "templates").rglob("*.html"))
VIETNAMESE = re.compile(r"[À-ỹ]")
TRANSLATED = re.compile(
    r"\{% blocktranslate.*?endblocktranslate %\}|\{% translate .*? %\}|_\(\"[^\"]*\"\)", re.DOTALL
)
PAPER = re.compile(r"<(\w+)[^>]* lang=\"vi\"[^>]*>.*?</\1>", re.DOTALL)
"""An official form, Vietnamese in every language and marked as such."""
ENGLISH = re.compile(r"Online|[Ii]n person|By letter|[Pp]eriodic|(Hub|Branch) site|Complaint")
HEADINGS = {
    "desk:today": "Today's work",
    "desk:decisions": "Approve the list of citizens",
    "desk:filings": "Filings and matters",
    "desk:receptions": "Reception schedule",
    "desk:rooms": "Meeting rooms",
    "desk:assignments": "Follow-up of conclusions",
    "desk:recordings": "Recordings",
    "desk:reports": "Report for month",
    "desk:sites": "Sites",
    "desk:days_off": "Days off and made-up days",
}


@pytest.fixture
def english():
    """The reader has chosen English."""
    with override("en"):
        yield


def _browser(user):
    client = signed_in(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_word_is_left_out(template):
    """A page of the desk should hold no Vietnamese word outside the catalogue."""
    rest = PAPER.sub("", TRANSLATED.sub("", template.read_text())).replace("· Tiếp Dân", "")
    assert not VIETNAMESE.search(rest)


@pytest.mark.parametrize("name", HEADINGS)
def test_page_speaks_english(cast, english, name):
    """A page should say its heading in English to whoever chose it."""
    reader = cast.chair if name in {"desk:decisions", "desk:recordings"} else cast.head
    assert HEADINGS[name] in text(_browser(reader).get(reverse(name)))


def test_vietnamese_is_the_default(cast):
    """Without a choice the desk should speak Vietnamese."""
    assert "Việc hôm nay" in text(signed_in(cast.head).get(reverse("desk:today")))


def test_form_and_its_refusals_are_english(cast, english):
    """Labels and what is wrong with a form should be said in English."""
    page = _browser(cast.officer).post(reverse("desk:filing_new"), {"phone": "1"})
    assert "Please fill in «Full name»." in text(page)
    assert "A telephone number has 10 digits and begins with 0." in text(page)


def test_papers_stay_vietnamese(cast, english):
    """Official papers should be Vietnamese whoever issues them in whichever language."""
    people.declined_filing(cast, 3)
    people.proposed_filing(cast, 4)
    submit_list(by=cast.head)
    draft_notice(visit=concluded_visit(cast), by=cast.officer)
    papers = Document.objects.all()
    assert {"receipt", "reasoned_reply", "proposal_list", "schedule_notice", "result_notice"} <= {
        paper.kind for paper in papers
    }
    for paper in papers:
        assert not ENGLISH.search(f"{paper.title} {paper.context}"), (paper.kind, paper.context)


def test_refusal_follows_the_reader(cast):
    """One refusal should be said in the language of whoever reads it."""
    filing = people.filing(cast)
    with pytest.raises(RuleRefusedError) as refused:
        withdraw_filing(filing=filing, reason="đổi ý", by=cast.stranger)
    assert refused.value.message == "Bạn không có quyền thực hiện việc này."
    with override("en"):
        assert refused.value.message == "You are not allowed to do this."


def test_choice_is_kept(cast):
    """Choosing a language should last, and the browser's own language count for nothing."""
    client = signed_in(cast.head)
    today = reverse("desk:today")
    assert "Việc hôm nay" in text(client.get(today, headers={"accept-language": "en"}))
    chosen = client.post(reverse("set_language"), {"language": "en", "next": today}, follow=True)
    assert "Today's work" in text(chosen)
    assert chosen["Content-Language"] == "en"
    client.post(reverse("set_language"), {"language": "vi", "next": today})
    assert "Việc hôm nay" in text(client.get(today))


def test_days_stay_day_first(cast):
    """A day typed on an English page should be read with the day before the month."""
    data = {"day": "05/12/2026", "works": "no", "name": "Nghỉ", "source": "Công văn 1"}
    _browser(cast.officer).post(reverse("desk:days_off"), data)
    assert DayOff.objects.get().day == date(2026, 12, 5)
