"""The official calendar: whoever plans keeps it, everybody else reads it."""

from datetime import date

from tests.web.pages import error_beside, signed_in, text
from tiepdan.audit.models import Entry
from tiepdan.org.models import DayOff

PAGE = "/ban-lam-viec/ngay-nghi/"
TYPED = {
    "day": "18/12/2026",
    "works": "no",
    "name": "Nghỉ bù",
    "source": "Quyết định số 1/QĐ-TTg",
}  # fmt: skip


def test_planner_enters_a_day(cast):
    """A day should stand in the table with its source, and in the log."""
    page = signed_in(cast.officer).post(PAGE, TYPED, follow=True)
    assert "Quyết định số 1/QĐ-TTg" in text(page)
    assert DayOff.objects.get(day=date(2026, 12, 18)).works is False
    assert Entry.objects.latest("sequence").verb == "set_day_off"


def test_same_day_again_corrects_it(cast):
    """The same day again should correct the row, and the page open it filled in."""
    client = signed_in(cast.officer)
    client.post(PAGE, TYPED)
    row = DayOff.objects.get(day=date(2026, 12, 18))
    assert 'value="Nghỉ bù"' in client.get(f"{PAGE}?ngay={row.pk}").content.decode()
    client.post(PAGE, TYPED | {"works": "yes"})
    row.refresh_from_db()
    assert row.works


def test_impossible_day_is_said_beside_the_field(cast):
    """A day that does not exist should be said beside its field."""
    page = signed_in(cast.officer).post(PAGE, TYPED | {"day": "31/11/2026"})
    assert "không có trong lịch" in error_beside(page, "day")
    assert signed_in(cast.officer).get(f"{PAGE}?ngay=nothing").status_code == 200


def test_planner_removes_a_day(cast):
    """A wrong day should go, and the log keep that it stood there."""
    client = signed_in(cast.officer)
    client.post(PAGE, TYPED)
    row = DayOff.objects.get(day=date(2026, 12, 18))
    client.post(f"{PAGE}{row.pk}/bo/")
    assert not DayOff.objects.filter(pk=row.pk).exists()
    assert Entry.objects.latest("sequence").detail["day"] == "2026-12-18"


def test_others_only_read(cast):
    """Who does not plan should see no form and change nothing."""
    client = signed_in(cast.clerk_a)
    assert 'id="ghi"' not in client.get(PAGE).content.decode()
    assert client.post(PAGE, TYPED).status_code == 403
    row = DayOff.objects.create(day=date(2026, 12, 19), name="x", source="y")
    assert client.post(f"{PAGE}{row.pk}/bo/").status_code == 403


def test_usual_holidays_come_with_one_press(cast):
    """A press should fill this and the next year; what is not certain says so on the page."""
    page = signed_in(cast.officer).post(f"{PAGE}de-xuat/", follow=True)
    assert "Tết Nguyên Đán" in text(page)
    assert "Chưa chắc chắn" in text(page)
    assert "chưa đọc được văn bản" in text(page)
    count = DayOff.objects.count()
    signed_in(cast.officer).post(f"{PAGE}de-xuat/")
    assert DayOff.objects.count() == count
    assert signed_in(cast.clerk_a).post(f"{PAGE}de-xuat/").status_code == 403
