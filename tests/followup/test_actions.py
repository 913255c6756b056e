"""From the conclusion to the notice and its tasks."""

import pytest

from tests.followup.heard import DEADLINE, concluded_visit, heard_visit
from tests.scheduling.plans import refused
from tiepdan.audit.queries import entries_of
from tiepdan.documents.states import DocumentState
from tiepdan.followup import actions
from tiepdan.followup.models import Assignment
from tiepdan.followup.states import AssignmentState
from tiepdan.sittings.states import VisitState


@pytest.fixture
def notice(cast):
    """A drafted notice."""
    return actions.draft_notice(visit=concluded_visit(cast), by=cast.officer)


@pytest.fixture
def task(cast, notice):
    """The department's task of an issued notice."""
    approved = actions.approve_notice(notice=notice, by=cast.chair)
    actions.issue_notice(notice=approved, by=cast.registrar)
    return Assignment.objects.get(agency=cast.department)


def test_draft_says_what_was_concluded(notice):
    """The draft should hold citizen, opinions and every point with body and deadline."""
    (result,) = notice.document.context["results"]
    assert result["petitioner"] == "Nguyễn Thị Thuỳ An (đoàn 02 người)"
    assert [o["text"] for o in result["opinions"]] == ["Sẽ kiểm tra thực địa"]
    assert [(line["agency"], line["deadline"]) for line in result["conclusions"]] == [
        ("Sở Nông nghiệp và Môi trường", DEADLINE.isoformat()),
        ("Ủy ban nhân dân xã Hữu Lũng", DEADLINE.isoformat()),
        ("", ""),
    ]
    assert notice.document.context["mode"] == "trực tuyến"


def test_drafting_again_revises(cast, notice):
    """A second draft should take the conclusion as it is now, in the same document."""
    notice.visit.conclusion.items.filter(order=3).delete()
    again = actions.draft_notice(visit=notice.visit, by=cast.officer)
    assert again.document == notice.document
    assert again.document.revision == 2
    assert len(again.document.context["results"][0]["conclusions"]) == 2


def test_needs_a_conclusion(cast):
    """A heard turn without conclusion should have no notice."""
    with refused("no_conclusion"):
        actions.draft_notice(visit=heard_visit(cast), by=cast.officer)


def test_needs_a_heard_citizen(cast):
    """A citizen who did not come should have no notice."""
    with refused("not_heard"):
        actions.draft_notice(visit=heard_visit(cast, state=VisitState.ABSENT), by=cast.officer)


def test_issue_numbers_and_gives_out_tasks(cast, notice, task):
    """Issuing should number the notice and make one task for each directed point."""
    notice.refresh_from_db()
    assert notice.document.state == DocumentState.ISSUED
    assert notice.document.number_text == "02/TB-UBND"  # the schedule's notice was 01
    assert Assignment.objects.count() == 2
    assert task.deadline == DEADLINE
    assert task.state == AssignmentState.ASSIGNED
    assert [e.verb for e in entries_of(notice)] == [
        "draft_notice",
        "approve_notice",
        "issue_notice",
    ]


def test_not_issued_before_approval(cast, notice):
    """An unapproved notice should not be issued, and no task given out."""
    with refused("transition"):
        actions.issue_notice(notice=notice, by=cast.registrar)
    assert not Assignment.objects.exists()


def test_issued_once(cast, notice, task):
    """A second issue should be refused and make no second tasks."""
    with refused("transition"):
        actions.issue_notice(notice=notice, by=cast.registrar)
    with refused("transition"):
        actions.draft_notice(visit=notice.visit, by=cast.officer)
    assert Assignment.objects.count() == 2


def test_who_may(cast, notice):
    """Drafting is the board's, approving the chair's, issuing the registrar's."""
    with refused("not_allowed"):
        actions.draft_notice(visit=notice.visit, by=cast.clerk_a)
    with refused("not_allowed"):
        actions.approve_notice(notice=notice, by=cast.officer)
    with refused("not_allowed"):
        actions.issue_notice(notice=notice, by=cast.chair)


def test_answered_returned_closed(cast, task):
    """A task should go to and fro until the board confirms it."""
    actions.answer_assignment(assignment=task, text="Đã đo", by=cast.department_officer)
    returned = actions.return_assignment(assignment=task, reason="Thiếu hồ sơ", by=cast.officer)
    assert returned.state == AssignmentState.RETURNED
    assert returned.answers.get().returned_reason == "Thiếu hồ sơ"
    actions.answer_assignment(assignment=task, text="Đã bổ sung", by=cast.department_officer)
    closed = actions.close_assignment(assignment=task, by=cast.officer)
    assert closed.state == AssignmentState.CLOSED
    assert [answer.text for answer in closed.answers.all()] == ["Đã đo", "Đã bổ sung"]
    with refused("transition"):
        actions.answer_assignment(assignment=task, text="Nữa", by=cast.department_officer)


def test_tasks_belong_to_their_body(cast, task):
    """Only the body charged should report, only the board confirm."""
    with refused("not_allowed"):
        actions.answer_assignment(assignment=task, text="Xong", by=cast.other_department_officer)
    with refused("text_missing"):
        actions.answer_assignment(assignment=task, text=" ", by=cast.department_officer)
    actions.answer_assignment(assignment=task, text="Xong", by=cast.department_officer)
    with refused("not_allowed"):
        actions.close_assignment(assignment=task, by=cast.department_officer)
