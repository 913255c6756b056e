"""What is due and what is late."""

from datetime import date

import pytest

from tests.followup.heard import concluded_visit
from tiepdan.common import clock
from tiepdan.common.workdays import Calendar
from tiepdan.followup import actions, queries
from tiepdan.followup.models import Assignment
from tiepdan.org import rulebook


@pytest.fixture
def issued(cast):
    """An issued notice with two tasks due on Friday 15 January 2027."""
    notice = actions.draft_notice(visit=concluded_visit(cast), by=cast.officer)
    actions.approve_notice(notice=notice, by=cast.chair)
    return actions.issue_notice(notice=notice, by=cast.registrar)


def test_each_sees_their_own(cast, issued):
    """A body should see its own tasks, the board all, a stranger none."""
    seen = {
        who: queries.assignments_for(getattr(cast, who)).count()
        for who in ("department_officer", "clerk_a", "clerk_b", "head", "chair", "stranger")
    }
    assert seen == {
        "department_officer": 1, "clerk_a": 1, "clerk_b": 0, "head": 2, "chair": 2, "stranger": 0,
    }  # fmt: skip


def test_overdue(cast, issued):
    """A task should be overdue from the next day on, until it is reported."""
    assert not queries.overdue(date(2027, 1, 15))
    assert len(queries.overdue(date(2027, 1, 16))) == 2
    task = Assignment.objects.get(agency=cast.department)
    actions.answer_assignment(assignment=task, text="Đã đo", by=cast.department_officer)
    assert [late.agency for late in queries.overdue(date(2027, 1, 18))] == [cast.commune_a]


def test_days_left(cast, issued):
    """Days left should count working days."""
    task = Assignment.objects.first()
    assert queries.days_left(task, date(2027, 1, 11)) == 4


def test_notices_due(cast):
    """A heard citizen should be due a notice in 5 and an answer in 10 working days."""
    visit = concluded_visit(cast)
    (due,) = queries.notices_due(cast.officer, date(2026, 12, 16))
    assert (due.visit, due.notice) == (visit, None)
    assert (due.due_on, due.days_left) == (date(2026, 12, 22), 4)
    assert (due.answer_by, due.answer_days_left) == (date(2026, 12, 29), 9)


def test_answer_may_run_from_the_filing(cast):
    """Where the province says so, the ten days should run from the filing (Điều 28 is open)."""
    visit = concluded_visit(cast)
    rulebook.keep([rulebook.Choice("result_answer_from", "filing", date(2026, 1, 1))], 60)
    received = clock.day_of(visit.appointment.filing.received_at)
    assert queries.due_days(visit)[1] == Calendar().add(received, 10)


def test_drafted_is_still_due(cast):
    """A notice not yet issued should still be due."""
    notice = actions.draft_notice(visit=concluded_visit(cast), by=cast.officer)
    assert queries.notices_due(cast.officer, date(2026, 12, 30))[0].notice == notice
    assert queries.notices_due(cast.officer, date(2026, 12, 30))[0].answer_days_left < 0


def test_issued_is_not_due(cast, issued):
    """Once issued, nothing should be due."""
    assert queries.notices_due(cast.officer, date(2026, 12, 30)) == []
