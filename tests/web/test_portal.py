"""What citizens see: light, without script, and the look-up that cannot be guessed."""

import gzip

import pytest
from django.conf import settings
from django.test import Client

from tests import cast as everyone
from tests.scheduling import plans
from tests.web.pages import error_beside, text
from tiepdan.matters.actions import Findings, withdraw_filing
from tiepdan.matters.states import Competence
from tiepdan.scheduling.actions import place_appointments

PAGES = ["/", "/lich-tiep/", "/tra-cuu/", "/dang-ky/", "/huong-dan/", "/tro-nang/"]
BUDGET = 14 * 1024
STYLESHEET = settings.BUILD_DIR / "front" / "css" / "app.css"


def _look_up(client, code, digits):
    return client.post("/tra-cuu/", {"code": code, "digits": digits}, follow=True)


@pytest.mark.parametrize("page", PAGES)
def test_page_has_no_script_and_is_light(cast, page):
    """A citizen's page should need no script and weigh at most 14 KB with its styles."""
    plans.published(cast)
    body = Client().get(page).content
    assert b"<script" not in body
    if not STYLESHEET.exists():
        pytest.skip("the front end is not built")
    weight = len(gzip.compress(body)) + len(gzip.compress(STYLESHEET.read_bytes()))
    assert weight <= BUDGET


def test_calendar_shows_published_receptions_only(cast):
    """The calendar should show what is published, and nothing that is only planned."""
    reception = plans.planned(cast)
    assert "15/12/2026" not in text(Client().get("/lich-tiep/"))
    plans.publish_reception(reception=reception, by=cast.officer, at=plans.LATER)
    shown = text(Client().get("/lich-tiep/"))
    assert "thứ Ba, 15/12/2026" in shown
    assert cast.site_a.name in shown


def test_receipt_finds_the_filing(cast):
    """Code and digits should show a plain sentence first and no name."""
    made = everyone.registered(cast)
    page = _look_up(Client(), made.filing.tracking_code.lower(), made.check_digits)
    shown = text(page)
    assert "đã được tiếp nhận ngày 01/12/2026" in shown
    assert "Chậm nhất" in shown
    assert made.filing.petitioner.full_name not in shown
    assert page["Cache-Control"] == "private, no-store"


def test_wrong_digits_tell_nothing(cast):
    """A wrong digit and an unknown code should be answered alike."""
    made = everyone.registered(cast)
    wrong = "000000" if made.check_digits != "000000" else "111111"
    answers = {
        text(_look_up(Client(), code, wrong)).replace(code, "")
        for code in (made.filing.tracking_code, "LS-0000-0000")
    }
    assert len(answers) == 1
    assert "Không tìm thấy đơn" in answers.pop()


def test_digits_of_another_shape_are_said_beside(cast):
    """Letters in the check digits should be said beside the field."""
    assert "6 chữ số" in error_beside(_look_up(Client(), "LS-0000-0000", "12a"), "digits")


def test_eleventh_try_has_to_wait(cast):
    """After ten tries even the right digits should have to wait."""
    made = everyone.registered(cast)
    client, code = Client(), made.filing.tracking_code
    wrong = "000000" if made.check_digits != "000000" else "111111"
    for _ in range(10):
        assert "Không tìm thấy" in text(_look_up(client, code, wrong))
    assert "Xin đợi 10 phút" in text(_look_up(client, code, made.check_digits))


def test_closing_forgets_the_filing(cast):
    """On a shared machine the filing should be gone once closed."""
    made, client = everyone.registered(cast), Client()
    _look_up(client, made.filing.tracking_code, made.check_digits)
    client.post("/tra-cuu/dong/")
    assert client.get("/tra-cuu/ket-qua/")["Location"] == "/tra-cuu/"


def test_citizen_reads_day_place_and_turn(cast):
    """A citizen with a place should read when and where, once it is published."""
    made = everyone.registered(cast)
    filing = made.filing
    everyone.classify_filing(
        filing=filing, kind="complaint", findings=Findings(Competence.OWN), online_ground="c",
        summary="Đất",
        by=cast.officer, at=everyone.MORNING,
    )  # fmt: skip
    everyone.propose_filing(
        filing=filing, form="online", reason="Xa", by=cast.head, at=everyone.MORNING
    )
    filing.refresh_from_db()
    everyone.decide(
        disposition=filing.disposition, verdict="approved", by=cast.chair, at=everyone.MORNING
    )
    place_appointments(reception=plans.published(cast), by=cast.officer, at=plans.LATER)
    shown = text(_look_up(Client(), filing.tracking_code, made.check_digits))
    assert "khoảng 14:00 thứ Ba, 15/12/2026, lượt số 1, tại UBND xã Hữu Lũng" in shown


def test_withdrawn_filing_says_so(cast):
    """A withdrawn filing should say so and promise nothing."""
    made = everyone.registered(cast)
    withdraw_filing(filing=made.filing, reason="Thôi", by=cast.officer, at=everyone.MORNING)
    shown = text(_look_up(Client(), made.filing.tracking_code, made.check_digits))
    assert "đã rút" in shown
