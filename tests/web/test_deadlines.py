"""Limits of time on the filing's page, on today's list, and the pages that change them."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse

from tests import cast as everyone
from tests.cast import MORNING
from tests.web.pages import signed_in
from tiepdan.common.clock import VIETNAM
from tiepdan.matters.actions import handle_filing
from tiepdan.matters.states import FilingKind, Outcome

pytestmark = pytest.mark.django_db
LATE = datetime(2027, 1, 20, 9, tzinfo=VIETNAM)


def transferred(cast):
    """A piece of feedback that the department has to answer."""
    filing = everyone.classified_filing(cast, kind=FilingKind.FEEDBACK, in_competence=False)
    handle_filing(
        filing=filing, outcome=Outcome.TRANSFERRED, reasons=["x"], to_agency=cast.department,
        by=cast.officer, at=MORNING,
    )  # fmt: skip
    return filing


def test_extension_is_shown_with_its_reason(cast):
    """More time should stand on the page with who gave it, why, and both days."""
    filing = everyone.filing(cast)
    deadline = filing.deadlines.get()
    client = signed_in(cast.officer)
    where = reverse("desk:deadline_change", args=[deadline.pk, "gia-han"])
    assert client.post(where, {"reason": "Chờ bản dịch", "amount": "0"}).status_code == 200
    assert client.post(where, {"reason": "Chờ bản dịch", "amount": "3"}).status_code == 302
    page = client.get(reverse("desk:filing", args=[filing.pk])).content.decode()
    assert "Chờ bản dịch" in page
    assert "15/12/2026 → 18/12/2026" in page


def test_clerk_changes_no_limit(cast):
    """Who may not dispose of a filing should not change its limits."""
    deadline = everyone.filing(cast).deadlines.get()
    where = reverse("desk:deadline_change", args=[deadline.pk, "tam-dung"])
    assert signed_in(cast.clerk_a).get(where).status_code == 403


def test_overdue_body_stands_on_top_and_is_urged(cast):
    """An overdue answer should head today's list, say how often it was urged, and urge again."""
    filing = transferred(cast)
    deadline = filing.deadlines.get(ended_on=None)
    with time_machine.travel(LATE, tick=False):
        client = signed_in(cast.officer)
        groups = {title: tasks for title, tasks, _ in client.get(
            reverse("desk:today")).context["groups"]}  # fmt: skip
        late = groups["Quá hạn"]
        assert [task.step for task in late] == ["Đôn đốc"]
        client.post(reverse("desk:deadline_urge", args=[deadline.pk]))
        page = client.get(reverse("desk:today")).content.decode()
        assert "đã đôn đốc 1 lần" in page
        page = client.get(reverse("desk:filing", args=[filing.pk])).content.decode()
        assert "Đôn đốc lần 1" in page
