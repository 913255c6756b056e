"""The life of a document: draft, approve, number, issue."""

import hashlib

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from tests.documents.papers import ISSUER, draft, issued
from tests.scheduling.plans import refused
from tiepdan.audit.queries import entries_of
from tiepdan.documents import actions
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document, NumberingPolicy
from tiepdan.documents.numbering import last_number, set_last_number
from tiepdan.documents.queries import download_name, faults, register, to_render
from tiepdan.documents.samples import SAMPLES
from tiepdan.documents.states import DocumentState

TITLE, CONTEXT = SAMPLES[DocumentKind.INVITATION]


def test_draft_has_no_number(cast):
    """A draft should have neither number nor day, and a job to make its files."""
    document = draft(cast.officer)
    assert (document.state, document.number, document.issued_on) == ("draft", None, None)
    assert document in to_render()
    assert DBTaskResult.objects.count() == 1


def test_states(cast):
    """Draft, approved, issued, each recorded; nothing after issue."""
    document = draft(cast.officer)
    with refused("transition"):
        actions.issue_document(document=document, by=cast.registrar)
    actions.approve_document(document=document, by=cast.chair)
    document = actions.issue_document(document=document, by=cast.registrar)
    assert (document.approved_by, document.issued_by) == (cast.chair, cast.registrar)
    for act in (actions.approve_document, actions.issue_document):
        with refused("transition"):
            act(document=document, by=cast.chair)
    with refused("transition"):
        actions.revise_document(document=document, title=TITLE, context=CONTEXT, by=cast.chair)
    verbs = [entry.verb for entry in entries_of(document)]
    assert verbs == ["draft_document", "approve_document", "issue_document"]


def test_revising_takes_back_the_approval(cast):
    """A changed text should have to be approved again."""
    document = draft(cast.officer)
    actions.approve_document(document=document, by=cast.chair)
    document = actions.revise_document(
        document=document, title="Khác", context=CONTEXT, by=cast.officer
    )
    assert (document.state, document.approved_by, document.revision) == (
        DocumentState.DRAFT, None, 2,
    )  # fmt: skip


def test_nothing_may_be_missing(cast):
    """A context without what its template needs should be refused in words."""
    context = {key: value for key, value in CONTEXT.items() if key != "chair"}
    with refused("document_incomplete"):
        actions.draft_document(
            kind="invitation", issuer=ISSUER, title=TITLE, context=context, by=cast.officer
        )
    with refused("document_untitled"):
        actions.draft_document(
            kind="invitation", issuer=ISSUER, title=" ", context=CONTEXT, by=cast.officer
        )


def test_characters_xml_cannot_hold_are_dropped(cast):
    """Control characters should not reach the file; line ends become LF."""
    context = CONTEXT | {"chair": "Lý\x00 Thị\r\nChi\x0b"}
    document = actions.draft_document(
        kind="invitation", issuer=ISSUER, title="Mời\x07", context=context, by=cast.officer
    )
    assert (document.title, document.context["chair"]) == ("Mời", "Lý Thị\nChi")


# --- Numbers ------------------------------------------------------------------------------------


def test_numbers_follow_each_other(cast):
    """Each body should number each type of the year from 01 on."""
    texts = [
        issued(cast.chair).number_text,
        issued(cast.chair).number_text,
        issued(cast.chair, DocumentKind.SCHEDULE_NOTICE).number_text,
        issued(cast.chair, DocumentKind.RESULT_NOTICE).number_text,
        issued(cast.chair, issuer="xa-huu-lung").number_text,
    ]
    assert texts == ["01/GM-UBND", "02/GM-UBND", "01/TB-UBND", "02/TB-UBND", "01/GM-UBND"]


def test_one_series_for_all(cast):
    """A body with one series should number its types together."""
    NumberingPolicy.objects.create(issuer=ISSUER, one_series_for_all=True)
    issued(cast.chair)
    assert issued(cast.chair, DocumentKind.SCHEDULE_NOTICE).number == 2


def test_failed_issue_gives_the_number_back(cast):
    """A transaction that fails should leave no gap, no document and no job."""
    issued(cast.chair)
    jobs = DBTaskResult.objects.count()
    with transaction.atomic():
        assert issued(cast.chair).number == 2
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == jobs
    assert Document.objects.count() == 1
    assert issued(cast.chair).number == 2


def test_number_is_unique_in_the_database(cast):
    """The database itself should refuse a second document of the same number."""
    first, second = issued(cast.chair), issued(cast.chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(number=first.number)


def test_going_on_from_a_paper_register(cast):
    """Numbers should go on after the last one written on paper, never back."""
    set_last_number(issuer=ISSUER, series="GM", year=2026, last=41)
    document = issued(cast.chair)
    set_last_number(issuer=ISSUER, series="GM", year=document.year, last=99)
    assert issued(cast.chair).number == 100
    with pytest.raises(ValueError, match="already taken"):
        set_last_number(issuer=ISSUER, series="GM", year=document.year, last=99)
    assert last_number(issuer=ISSUER, series="GM", year=document.year) == 100


def test_register_of_the_year(cast):
    """The register should list issued documents in order."""
    draft(cast.officer)
    made = [issued(cast.chair), issued(cast.chair)]
    assert list(register(ISSUER, made[0].year)) == made


# --- Proof --------------------------------------------------------------------------------------


def test_changed_text_is_found_out(cast):
    """A text changed behind the product's back should be told."""
    document = issued(cast.chair)
    assert faults(document) == []
    Document.objects.filter(pk=document.pk).update(title="Khác")
    assert faults(Document.objects.get(pk=document.pk)) == ["nội dung"]
    assert len(document.text_sha256) == hashlib.sha256().digest_size * 2


def test_download_name(cast):
    """File names should carry the number and no person's name."""
    assert download_name(issued(cast.chair), "pdf") == "01-GM-UBND.pdf"
    assert download_name(draft(cast.officer), "docx") == "du-thao-invitation.docx"
