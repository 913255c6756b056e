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


def test_answer_arrived(cast):
    """What another body answered should be written down, and leave today's list."""
    filing = transferred(cast)
    deadline = filing.deadlines.get(ended_on=None)
    client = signed_in(cast.officer)
    client.post(
        reverse("desk:deadline_change", args=[deadline.pk, "da-xong"]), {"reason": "Công văn 5"}
    )
    page = client.get(reverse("desk:filing", args=[filing.pk])).content.decode()
    assert "Công văn 5" in page
    assert "da-xong" not in page
    deadline.refresh_from_db()
    assert deadline.ended_on


def test_head_takes_up_from_todays_list(cast):
    """What the board proposed to accept should stand on the head's list with the law's limit."""
    filing = everyone.classified_filing(cast)
    handle_filing(
        filing=filing, outcome=Outcome.ACCEPTANCE, reasons=["Đủ"], by=cast.officer, at=MORNING
    )
    page = signed_in(cast.chair).get(reverse("desk:today"))
    rows = [task for _, tasks, _ in page.context["groups"] for task in tasks]
    assert [(task.step, bool(task.clock)) for task in rows] == [("Thụ lý giải quyết", True)]


def test_head_decides_on_the_shelf(cast):
    """A filing shelved for a year should come back to the head, who decides its destruction."""
    filing = everyone.classified_filing(cast)
    filing.classifications.update(missing_conditions=["no_signature"])
    handle_filing(
        filing=filing, outcome=Outcome.SHELVED, reasons=["Không ký"], by=cast.head, at=MORNING
    )
    page = reverse("desk:filing_destroy", args=[filing.pk])
    assert signed_in(cast.head).get(page).status_code == 403
    assert page not in signed_in(cast.chair).get(reverse("desk:today")).content.decode()
    with time_machine.travel(datetime(2027, 12, 2, 9, tzinfo=VIETNAM), tick=False):
        client = signed_in(cast.chair)
        assert page in client.get(reverse("desk:today")).content.decode()
        assert page in client.get(reverse("desk:filing", args=[filing.pk])).content.decode()
        assert client.post(page, {"reason": "Hết thời hạn lưu"}).status_code == 302
        assert page not in client.get(reverse("desk:today")).content.decode()
    assert not filing.deadlines.filter(ended_on=None).exists()


def test_no_clock_runs_while_it_stands_still(cast):
    """A suspended limit should have no clock on today's list and say that it stands still."""
    filing = everyone.filing(cast)
    client = signed_in(cast.officer)
    where = reverse("desk:deadline_change", args=[filing.deadlines.get().pk, "tam-dung"])
    client.post(where, {"reason": "Chờ giấy tờ"})
    page = client.get(reverse("desk:today"))
    (row,) = [task for _, tasks, _ in page.context["groups"] for task in tasks]
    assert row.clock is None
    assert "thời hạn đang tạm dừng" in row.note
    assert client.get(reverse("desk:filing", args=[filing.pk])).context["countdown"] is None
