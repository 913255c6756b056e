"""A registration not sent yet: encrypted, gone on with elsewhere, forgotten in time."""

import logging
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.matters import scans
from tests.web.pages import text
from tests.web.test_registering import PAGE, REVIEW, TAKE_UP, answers, codes, go
from tiepdan.common import clock
from tiepdan.matters.models import Filing
from tiepdan.portal import limits
from tiepdan.portal.models import Draft
from tiepdan.portal.registering import drafts

pytestmark = pytest.mark.usefixtures("online_province")


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = tmp_path


def test_registration_goes_on_elsewhere_with_code_and_digits(cast):
    """Saved at home, gone on with in another browser: with its answers and its files."""
    home, commune = Client(), Client()
    go(home, cast, giay_to={"attachments": scans.upload(name="Đơn.pdf")})
    saved = home.post(PAGE.format("ho-tro"), answers(cast)["ho-tro"] | {"save": "1"})
    code, digits = codes(saved)
    assert home.get(REVIEW)["Location"] == "/dang-ky/"  # the first browser has forgotten it
    taken = commune.post(TAKE_UP, {"code": code.lower(), "digits": digits})
    assert taken["Location"] == REVIEW
    commune.post(REVIEW)
    assert Filing.objects.get().attachments.get().name == "Đơn.pdf"


def test_saving_keeps_what_is_not_right_yet(cast):
    """«Lưu lại» on a page half filled in should lose nothing, and not count as answered."""
    client = Client()
    go(client, cast, until="ho-ten")
    code, digits = codes(client.post(PAGE.format("ho-ten"), {"full_name": "Lương", "save": "1"}))
    taken = client.post(TAKE_UP, {"code": code, "digits": digits})
    assert taken["Location"] == PAGE.format("ho-ten")
    assert 'value="Lương"' in client.get(PAGE.format("ho-ten")).content.decode()


def test_wrong_digits_tell_nothing_and_tire(cast):
    """Unknown code and wrong digits should be answered alike, ten times."""
    client = Client()
    go(client, cast, until="ho-ten")
    code, digits = codes(client.post(PAGE.format("ho-ten"), {"save": "1"}))
    wrong = "000000" if digits != "000000" else "111111"
    for asked in [code, "LUU-0000-0000"]:
        assert "Không tìm thấy" in text(client.post(TAKE_UP, {"code": asked, "digits": wrong}))
    for _ in range(limits.MOST_TRIES):
        last = client.post(TAKE_UP, {"code": code, "digits": wrong})
    assert "quá nhiều lần" in text(last)
    assert "quá nhiều lần" in text(client.post(TAKE_UP, {"code": code, "digits": digits}))


def test_nothing_said_is_stored_in_plain(cast, caplog):
    """Answers should stand neither in the table, nor in a session, nor in a log, nor an address."""
    client = Client()
    with caplog.at_level(logging.DEBUG):
        where = go(client, cast)["Location"]
        client.get(REVIEW)
    draft = Draft.objects.get()
    stored = draft.sealed + "".join(str(session.get_decoded()) for session in Session.objects.all())
    for word in ["Bình", "020190000777", "Nà Hoa", "đền bù", "0912"]:
        assert word not in stored + where
        assert word not in "".join(
            r.getMessage() for r in caplog.records if r.name != "django.db.backends"
        )
    assert drafts.answers(draft).pages["ho-ten"].data["full_name"] == ["Lương Thị Bình"]


def test_draft_of_another_secret_key_is_empty(cast, settings):
    """When the key was changed the citizen should begin anew, not see a fault."""
    client = Client()
    go(client, cast, until="noi-o")
    draft = Draft.objects.get()
    settings.SECRET_KEY = "another key, forty characters or more, invented"
    assert drafts.answers(draft).pages == {}


def test_citizen_may_discard_everything(cast):
    """«Bỏ» should leave nothing behind."""
    client = Client()
    go(client, cast, until="noi-o")
    assert "Đã xóa" in text(client.post("/dang-ky/bo/", follow=True))
    assert not Draft.objects.exists()


def test_drafts_nobody_sends_are_swept(cast):
    """Seven days after the last change a draft should go."""
    go(Client(), cast, until="noi-o")
    go(Client(), cast, until="noi-o")
    old = Draft.objects.first()
    Draft.objects.filter(pk=old.pk).update(changed_at=clock.real_now() - timedelta(days=7, hours=1))
    assert drafts.sweep() == 1
    assert not Draft.objects.filter(pk=old.pk).exists()
