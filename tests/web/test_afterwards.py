"""After the sitting: minutes, notices, tasks, recordings, the report; each through its page."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.cast import AFTERNOON
from tests.followup.heard import concluded_visit
from tests.web.pages import error_beside, signed_in, text
from tiepdan.common.clock import VIETNAM
from tiepdan.documents.states import DocumentState
from tiepdan.followup.models import Assignment, ResultNotice
from tiepdan.followup.states import AssignmentState
from tiepdan.recordings.models import Recording, Viewing
from tiepdan.recordings.states import RecordingState
from tiepdan.reports.models import PeriodicReport
from tiepdan.sittings.models import MediaRoom, SittingEvent
from tiepdan.sittings.states import RoomPart

EVENING = datetime(2026, 12, 15, 18, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _evening(_morning):
    with time_machine.travel(EVENING, tick=True):
        yield


def _issued(cast):
    """The result notice of a heard turn, through its three pages."""
    visit = concluded_visit(cast)
    signed_in(cast.officer).post(reverse("desk:notice_draft", args=[visit.pk]))
    notice = ResultNotice.objects.get()
    signed_in(cast.chair).post(reverse("desk:notice_approve", args=[notice.pk]))
    signed_in(cast.registrar).post(reverse("desk:notice_issue", args=[notice.pk]))
    return ResultNotice.objects.get()


def _recording(visit):
    room = MediaRoom.objects.create(
        sitting=visit.sitting, part=RoomPart.VISIT, visit=visit, name="r-1", opened_at=AFTERNOON
    )
    return Recording.objects.create(
        room=room, state=RecordingState.SEALED, folder="s/r-1", started_at=AFTERNOON,
        ended_at=EVENING, duration_ms=761_000, package="s/r-1/package", playable="s/r-1/xem.mp4",
        manifest_sha256="ab" * 32, signer="cd" * 32, sealed_at=EVENING,
    )  # fmt: skip


def test_notice_goes_from_draft_to_tasks(cast):
    """Draft, approve and issue should each be one press and end with the tasks given out."""
    notice = _issued(cast)
    assert notice.document.state == DocumentState.ISSUED
    assert Assignment.objects.count() == 2
    shown = text(signed_in(cast.registrar).get(reverse("desk:notice", args=[notice.pk])))
    assert notice.document.number_text in shown
    assert "Đo đạc lại diện tích" in shown


def test_each_step_of_a_notice_is_somebody_elses(cast):
    """Nobody should approve or issue without the ability for it."""
    visit = concluded_visit(cast)
    signed_in(cast.officer).post(reverse("desk:notice_draft", args=[visit.pk]))
    notice = ResultNotice.objects.get()
    for user, name in [
        (cast.officer, "notice_approve"), (cast.chair, "notice_issue"),
        (cast.clerk_a, "notice_approve"),
    ]:  # fmt: skip
        assert signed_in(user).post(reverse(f"desk:{name}", args=[notice.pk])).status_code == 403


def test_issuing_before_approval_is_said_plainly(cast):
    """A notice pressed out of order should be told so, in words."""
    visit = concluded_visit(cast)
    signed_in(cast.officer).post(reverse("desk:notice_draft", args=[visit.pk]))
    page = reverse("desk:notice_issue", args=[ResultNotice.objects.get().pk])
    response = signed_in(cast.registrar).post(page, follow=True)
    assert "trạng thái đã thay đổi" in text(response)


def test_record_of_the_sitting(cast):
    """The record should show turn and conclusions; the minutes are signed with one press."""
    visit = concluded_visit(cast)
    page, client = reverse("desk:sitting", args=[visit.sitting_id]), signed_in(cast.secretary)
    shown = text(client.get(page))
    assert "Đo đạc lại diện tích" in shown
    assert "Sẽ kiểm tra thực địa" in shown
    signed = client.post(reverse("desk:sitting_sign", args=[visit.sitting_id]), follow=True)
    assert "/BB-" in text(signed)
    assert signed_in(cast.clerk_a).get(page).status_code == 404


def test_body_answers_and_board_closes(cast):
    """A body should report on its own task, the board send it back and close it."""
    _issued(cast)
    task = Assignment.objects.get(agency=cast.department)
    body, board = signed_in(cast.department_officer), signed_in(cast.head)
    answer = reverse("desk:assignment_answer", args=[task.pk])
    assert error_beside(body.post(answer), "text")
    body.post(answer, {"text": "Đã đo lại."})
    back = reverse("desk:assignment_return", args=[task.pk])
    board.post(back, {"reason": "Thiếu biên bản đo."})
    assert "Thiếu biên bản đo." in text(body.get(reverse("desk:assignment", args=[task.pk])))
    body.post(answer, {"text": "Gửi kèm biên bản số 7."})
    board.post(reverse("desk:assignment_close", args=[task.pk]))
    task.refresh_from_db()
    assert task.state == AssignmentState.CLOSED


def test_another_body_does_not_find_the_task(cast):
    """A task should not be there for a body that does not have it."""
    _issued(cast)
    task = Assignment.objects.get(agency=cast.department)
    client = signed_in(cast.other_department_officer)
    assert client.get(reverse("desk:assignment", args=[task.pk])).status_code == 404
    page = reverse("desk:assignment_answer", args=[task.pk])
    assert client.post(page, {"text": "x"}).status_code == 404


def test_watching_asks_for_the_purpose(cast):
    """A recording should be seen only after its purpose is written down, by who asked."""
    recording = _recording(concluded_visit(cast))
    page, client = reverse("desk:recording", args=[recording.pk]), signed_in(cast.inspector)
    assert "verify.py" in text(client.get(page))
    assert error_beside(client.post(page), "purpose")
    player = client.post(page, {"purpose": "Kiểm tra khiếu nại"}, follow=True)
    assert "<recording-player" in player.content.decode()
    viewing = Viewing.objects.get()
    file = client.get(reverse("desk:viewing_file", args=[viewing.pk]))
    assert file["X-Accel-Redirect"] == "/protected/recordings/s/r-1/xem.mp4"
    other = signed_in(cast.chair).get(reverse("desk:viewing", args=[viewing.pk]))
    assert other.status_code == 404
    assert signed_in(cast.officer).get(page).status_code == 403


def test_words_in_a_recording_cannot_become_script(cast):
    """A gap's reason with a closing tag should stay text inside the data block."""
    visit = concluded_visit(cast)
    recording = _recording(visit)
    SittingEvent.objects.create(
        sitting=visit.sitting, sequence=1, kind="alarm", at=AFTERNOON, recorded_at=AFTERNOON,
        data={"words": "</script><script>alert(1)</script>"},
    )  # fmt: skip
    client = signed_in(cast.inspector)
    page = reverse("desk:recording", args=[recording.pk])
    body = client.post(page, {"purpose": "Xem"}, follow=True).content.decode()
    assert "<script>alert" not in body
    assert "\\u003cscript>alert(1)" in body


def test_report_is_looked_at_frozen_and_taken(cast, settings, tmp_path):
    """A month's figures should be shown, frozen once for two presses, and handed out."""
    settings.DOCUMENTS_DIR = tmp_path
    concluded_visit(cast)
    client = signed_in(cast.head)
    page = client.get("/ban-lam-viec/bao-cao/?thang=2026-12")
    assert '<strong data-column="13">1</strong>' in page.content.decode()
    key = "5f0c1e9e-0000-4000-8000-000000000001"
    for _ in range(2):
        client.post("/ban-lam-viec/bao-cao/chot/", {"month": "2026-12", "submission_key": key})
    report = PeriodicReport.objects.get()
    file = client.get(reverse("desk:report_file", args=[report.pk]))
    assert file["X-Accel-Redirect"] == f"/protected/documents/{report.file}"
    assert report.frozen_at.astimezone(UTC) >= EVENING


def test_impossible_month_shows_this_one(cast):
    """A month that does not exist should show the present one."""
    page = signed_in(cast.head).get("/ban-lam-viec/bao-cao/?thang=2026-13")
    assert "Báo cáo tháng 12/2026" in text(page)
