"""A denunciation's papers, films and lists: who opens which, by duty, on the server."""

import pytest
from django.urls import reverse

from tests import profiles
from tests.matters.test_denunciations import named
from tests.sittings.protected import SAID, SUBJECT, concluded, waiting
from tests.web.pages import signed_in
from tiepdan.followup.models import Assignment
from tiepdan.matters.protected import READERS, Kept
from tiepdan.scheduling.models import Invitation
from tiepdan.scheduling.papers import invitation
from tiepdan.scheduling.states import SiteRole

pytestmark = pytest.mark.django_db

EVERYBODY = [
    "chair", "head", "officer", "secretary", "registrar", "operator", "inspector", "clerk_a",
    "clerk_b", "outsider", "stranger", "department_officer", "other_department_officer",
]  # fmt: skip
HANDLES = {"chair", "head", "officer"}
WHO_OPENS = {
    Kept.RECEIPT: HANDLES,
    Kept.ATTACHMENT: HANDLES,
    Kept.LETTER: HANDLES,
    Kept.SLIP: HANDLES,
    Kept.AGENDA: HANDLES | {"secretary", "clerk_a"},
    Kept.MINUTES: HANDLES | {"secretary"},
    Kept.RESULT: HANDLES | {"secretary", "registrar", "department_officer"},
    Kept.TASK: HANDLES | {"department_officer"},
    Kept.FILM: {"chair", "head"},
}
"""Beside those who handle it: the secretary of that sitting, the registrar who numbers the notice,
the site that receives, the body with the task."""


@pytest.fixture(autouse=True)
def _admitted(settings, tmp_path):
    settings.PROFILE = profiles.denouncing(tmp_path)
    settings.VIDEO_PROVIDER = "stub"
    settings.RUN_DIR, settings.RECORDINGS_DIR = tmp_path / "run", tmp_path / "recordings"


@pytest.fixture
def pages(cast):
    """By kind, pages on which it is opened, and a word that shows that it was."""
    visit, notice, film = concluded(cast)
    filing = visit.appointment.filing
    unsealed = named(cast)
    task = Assignment.objects.get()
    paper = {
        Kept.RECEIPT: filing.receipt, Kept.SLIP: visit.appointment.slip,
        Kept.MINUTES: visit.sitting.minutes, Kept.RESULT: notice.document,
    }  # fmt: skip
    return {
        **{
            kept: [(f"desk:document_{form}", one.pk, "") for form in ("docx", "pdf")]
            for kept, one in paper.items()
        },
        Kept.ATTACHMENT: [
            ("desk:attachment_file", one.pk, "") for one in unsealed.attachments.all()
        ],
        Kept.AGENDA: [("desk:reception", visit.sitting.reception_id, SUBJECT)],
        Kept.TASK: [("desk:assignment", task.pk, task.item.text)],
        Kept.FILM: [("desk:recording", film.pk, "")],
        "result page": [("desk:notice", notice.pk, SUBJECT)],
        "minutes page": [("desk:sitting", visit.sitting_id, SAID)],
    }


def opened(user, page):
    """Whether the page is given and says what it is about."""
    name, key, word = page
    answer = signed_in(user).get(reverse(name, args=[key]))
    assert answer.status_code in {200, 202, 302, 403, 404}
    return answer.status_code in {200, 202} and word in answer.content.decode()


def test_table_is_whole():
    """Every kind of file should have its readers, here and in code."""
    assert set(WHO_OPENS) == set(READERS) == set(Kept)


def test_each_kind_for_each_role(cast, pages):
    """Exactly those whose duty it is should open each kind, whatever they else may read."""
    for kept, links in pages.items():
        if not isinstance(kept, Kept):
            continue
        for page in links:
            found = {who for who in EVERYBODY if opened(getattr(cast, who), page)}
            assert found == WHO_OPENS[kept], (kept, page)


def test_turn_at_the_hub(cast):
    """Received at the hub it should stand in nobody else's list, whoever works at that agency."""
    afternoon = waiting(cast)
    turn = afternoon.appointment(1)
    turn.booking = afternoon.sitting.reception.bookings.get(role=SiteRole.HUB)
    turn.save()
    page = ("desk:reception", turn.reception_id, SUBJECT)
    found = {who for who in EVERYBODY if opened(getattr(cast, who), page)}
    assert found == HANDLES | {"secretary"}
    told = invitation(turn.reception, cast.hub.agency, [])["matters"]
    assert SUBJECT not in [row["abstract"] for row in told]


def test_pages_around_them(cast, pages):
    """The record of the sitting and the notice's page should hide what the files hide."""
    for name, expected in {
        "minutes page": WHO_OPENS[Kept.MINUTES],
        "result page": HANDLES | {"secretary", "registrar"},
    }.items():
        found = {who for who in EVERYBODY if opened(getattr(cast, who), pages[name][0])}
        assert found == expected, name


def test_lists_hide_them(cast, pages):
    """No list of documents due, tasks, films or turns should show it to others."""
    task = Assignment.objects.get()
    lists = ["desk:assignments", "desk:today", "desk:recordings", "desk:filings", "desk:rooms"]
    for who in ("inspector", "registrar", "operator", "clerk_b", "outsider"):
        client = signed_in(getattr(cast, who))
        for name in lists:
            page = client.get(reverse(name)).content.decode()
            assert SUBJECT not in page, (who, name)
            assert task.item.text not in page, (who, name)
            assert "TC-2026-0001" not in page or who == "registrar", (who, name)


def test_letters(cast):
    """The refusal's notice and the transfer's slip should be open to those who handle it only."""
    from tests.matters.test_canary import handled, known  # noqa: PLC0415 - a large scenario

    filing = handled(cast, known(cast))
    papers = [filing.disposition.reply_id, filing.notices.get().paper_id]
    for paper in papers:
        page = ("desk:document_pdf", paper, "")
        found = {who for who in EVERYBODY if opened(getattr(cast, who), page)}
        assert found == WHO_OPENS[Kept.LETTER]


def test_invitations_name_nobody_else(cast):
    """Of a protected turn only the site that receives should read in its invitation."""
    waiting(cast)
    told = {
        one.agency: [row["abstract"] for row in one.document.context["matters"]]
        for one in Invitation.objects.select_related("agency", "document")
    }
    assert told[cast.commune_a] == [SUBJECT]
    assert all(SUBJECT not in told[body] for body in (cast.department, cast.commune_b))
