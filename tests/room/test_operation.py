"""The operator's wall, and what sites send to it."""

import json

import pytest
from django.test import Client

from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import OperatorTask, SeatReport

pytestmark = pytest.mark.django_db

REPORT = {
    "in_room": True, "up_kbps": 1840, "down_kbps": 2400, "loss_up": 0.3, "rtt_ms": 45,
    "path": "relay-tls", "shown_frames": 24, "skew_ms": -35,
    "frames": 25, "loudness": 9, "battery": 20, "on_mains": False,
}  # fmt: skip


def holder(afternoon: Afternoon) -> Client:
    """The page that holds the seat of Hữu Lũng."""
    client = as_user(afternoon.cast.clerk_a)
    client.post(url(afternoon, "room:seat_take", "huu-lung"))
    return client


def tell(client: Client, afternoon: Afternoon, told: object) -> int:
    body = told if isinstance(told, str) else json.dumps(told)
    to = url(afternoon, "room:line_report", "huu-lung")
    return client.post(to, body, content_type="application/json").status_code


def test_wall_shows_the_figures(cast: People):
    """A report should stand on the wall in words: line, way of the media, power."""
    afternoon = opened(cast)
    assert tell(holder(afternoon), afternoon, REPORT) == 204
    page = as_user(cast.operator).get(url(afternoon, "room:operator")).content.decode()
    assert "Lên 1,8, xuống 2,4 Mbit/s" in page
    assert "mất 0,3%" in page
    assert "chuyển tiếp TLS · thấy 24 hình/giây, hình lệch tiếng -35 ms" in page
    assert "Chạy pin, còn 20%" in page
    assert page.count("data-problem") == 1


def test_only_the_holder_reports(cast: People):
    """Figures of a page that does not hold the seat should be refused."""
    afternoon = opened(cast)
    assert tell(as_user(cast.clerk_a), afternoon, REPORT) == 403
    assert tell(as_user(cast.operator), afternoon, REPORT) == 403
    assert not SeatReport.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', json.dumps({"path": "x" * 5000})])
def test_bad_reports(cast: People, body: str):
    """A report that is none should be refused and kept nowhere."""
    afternoon = waiting(cast)
    assert tell(holder(afternoon), afternoon, body) == 400
    assert not SeatReport.objects.exists()


@pytest.mark.parametrize(("page", "back"), [("room:clerk", "ban"), ("room:seat", "ghe")])
def test_help_in_one_press(cast: People, page: str, back: str):
    """One press should call the operator, and the page should say that it did."""
    afternoon = waiting(cast)
    clerk = holder(afternoon)
    to = url(afternoon, "room:call_for_help", "huu-lung")
    shown = clerk.post(to, {"back": back}, follow=True)
    assert shown.request["PATH_INFO"] == url(afternoon, page, "huu-lung")
    assert "Đã gọi hỗ trợ lúc" in shown.content.decode()


def test_help_leaves_the_media_page_alone(cast: People):
    """From the page with the camera the call should not load another page."""
    afternoon = waiting(cast)
    to = url(afternoon, "room:call_for_help", "huu-lung")
    assert holder(afternoon).post(to, headers={"HX-Request": "true"}).status_code == 204
    assert queries.help_task(afternoon.seat("huu-lung"))


def test_operator_settles_a_task(cast: People):
    """The operator should take a task, answer the site and close it with a note."""
    afternoon = waiting(cast)
    task = actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    desk = as_user(cast.operator)
    desk.post(url(afternoon, "room:operator_task", str(task.pk), "nhan"))
    desk.post(url(afternoon, "room:site_message", "huu-lung"), {"words": "Xin bật micro"})
    clerk = as_user(cast.clerk_a).get(url(afternoon, "room:clerk", "huu-lung")).content.decode()
    assert "đang xử lý" in clerk
    assert "Xin bật micro" in clerk
    desk.post(url(afternoon, "room:operator_task", str(task.pk), "xong"), {"note": "Micro đã bật"})
    page = desk.get(url(afternoon, "room:operator")).content.decode()
    assert "Không có sự cố" in page
    assert "Micro đã bật" in page


def test_own_words_for_a_task(cast: People):
    """A note in the operator's own words should be typed in a form that no event replaces."""
    afternoon = waiting(cast)
    task = actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    desk = as_user(cast.operator)
    page = desk.get(url(afternoon, "room:operator") + f"?viec={task.pk}").content.decode()
    form = page[page.index('id="ghi-viec"') :]
    assert url(afternoon, "room:operator_task", str(task.pk), "xong") in form
    assert page.index('id="vung-ben"') < page.index('id="ghi-viec"')
    assert (
        'id="ghi-viec"'
        not in desk.get(url(afternoon, "room:operator") + "?viec=x").content.decode()
    )


def test_task_needs_a_note(cast: People):
    """Closing a task without a word should be refused on the same page."""
    afternoon = waiting(cast)
    task = actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    answer = as_user(cast.operator).post(url(afternoon, "room:operator_task", str(task.pk), "xong"))
    assert answer.status_code == 409
    assert OperatorTask.objects.get().done_at is None


@pytest.mark.parametrize("who", ["clerk_a", "chair", "secretary", "stranger"])
def test_wall_is_the_operators(cast: People, who: str):
    """Nobody else should take tasks or write to sites."""
    afternoon = waiting(cast)
    task = actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    client = as_user(getattr(cast, who))
    for to in (
        url(afternoon, "room:operator_task", str(task.pk), "nhan"),
        url(afternoon, "room:site_message", "huu-lung"),
    ):
        assert client.post(to, {"words": "x"}).status_code == 403


def test_wall_says_what_sites_wait_for(cast: People):
    """Each site should show which turn it waits for and how many come before."""
    afternoon = opened(cast)
    afternoon.started(1)
    page = as_user(cast.operator).get(url(afternoon, "room:operator")).content.decode()
    assert "Đang trong lượt 1" in page
    assert "Chờ lượt 2, trước đó còn 1 lượt" in page


def test_operator_suspends_and_resumes(cast: People):
    """One press should stop the sitting for all to read; the task's button should let it go on."""
    afternoon = opened(cast)
    desk, page = as_user(cast.operator), url(afternoon, "room:operator")
    assert "tam-ngung-ky-thuat" in desk.get(page).content.decode()
    stop = url(afternoon, "room:operator_incident", "tam-ngung")
    assert desk.post(stop, {"words": " "}).status_code == 409
    desk.post(stop, {"words": "Mất điện ở Trụ sở"})
    site = as_user(cast.clerk_a).get(url(afternoon, "room:clerk", "huu-lung") + "?camera=1")
    assert "tạm dừng" in site.content.decode()
    shown = desk.get(page).content.decode()
    assert "Buổi tiếp tạm ngừng: Mất điện ở Trụ sở" in shown
    assert 'id="tiep-tuc-buoi-tiep"' in shown
    assert "tam-ngung-ky-thuat" not in shown
    desk.post(url(afternoon, "room:operator_incident", "tiep-tuc"))
    afternoon.sitting.refresh_from_db()
    assert afternoon.sitting.state == "open"
    assert OperatorTask.objects.get().state == "done"


@pytest.mark.parametrize("who", ["clerk_a", "chair", "secretary", "stranger"])
def test_only_operators_suspend_there(cast: People, who: str):
    """Nobody else should reach the operator's button; the chair has one of their own."""
    afternoon = opened(cast)
    stop = url(afternoon, "room:operator_incident", "tam-ngung")
    assert as_user(getattr(cast, who)).post(stop, {"words": "x"}).status_code == 403


def test_power_by_hand(cast: People):
    """What a site says of its power should stand on its tile in the newest words."""
    afternoon = opened(cast)
    desk, to = as_user(cast.operator), url(afternoon, "room:site_power", "huu-lung")
    for words in ("Không có bộ lưu điện", "Đang chạy máy phát"):
        desk.post(to, {"words": words})
    page = desk.get(url(afternoon, "room:operator")).content.decode()
    assert "Điện: Đang chạy máy phát" in page
    assert "Điện: Không" not in page
    assert as_user(cast.clerk_a).post(to, {"words": "x"}).status_code == 403
