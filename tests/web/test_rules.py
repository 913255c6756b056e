"""The rules in force: everybody reads them, head and chairman set what is open."""

from datetime import date, timedelta

import pytest

from tests.web.pages import error_beside, signed_in, text
from tiepdan.common import clock
from tiepdan.org import rulebook
from tiepdan.org.models import RuleSetting

PAGE = "/ban-lam-viec/quy-dinh/"
NOTICE = f"{PAGE}result_notice_within/"


def typed(**other):
    """What is typed to set the days of the result notice."""
    return {
        "value": "7", "valid_from": f"{clock.today():%d/%m/%Y}", "reason": "Quyết định", **other
    }  # fmt: skip


def test_every_rule_in_force_is_shown(cast):
    """The page should say each rule with its article, and what no law asks for plainly."""
    page = text(signed_in(cast.clerk_a).get(PAGE))
    for rule in rulebook.in_force(clock.today()):
        assert rule.sentence in page
        assert rule.article[1:] in page
    assert "Không do luật định" in page
    assert "Các văn bản trái nhau" in page
    assert "Chưa chắc chắn" in page


@pytest.mark.parametrize("who", ["head", "chair"])
def test_head_and_chairman_set(cast, who):
    """Head and chairman should set a rule that is open, with its reason; the page shows it."""
    page = signed_in(getattr(cast, who)).post(NOTICE, typed(), follow=True)
    assert "trong 7 ngày làm việc sau buổi tiếp" in text(page)
    assert "Tỉnh đã chọn" in text(page)
    assert RuleSetting.objects.get().reason == "Quyết định"
    assert "Quyết định" in text(signed_in(cast.clerk_a).get(NOTICE))


def test_choice_for_a_later_day_is_announced(cast):
    """A value that counts from a later day should be shown beside the one in force."""
    day = clock.today() + timedelta(days=30)
    client = signed_in(cast.head)
    client.post(NOTICE, typed(valid_from=f"{day:%d/%m/%Y}"))
    page = text(client.get(PAGE))
    assert "trong 5 ngày làm việc sau buổi tiếp" in page
    assert f"Từ ngày {day:%d/%m/%Y}: 7" in page


def test_others_only_read(cast):
    """Nobody else should see a form or set anything."""
    client = signed_in(cast.officer)
    assert "<textarea" not in client.get(NOTICE).content.decode()
    assert client.post(NOTICE, typed()).status_code == 403
    assert not RuleSetting.objects.exists()


def test_statutory_has_no_form(cast):
    """What the law fixes should have no form, and refuse what is sent."""
    client = signed_in(cast.head)
    page = f"{PAGE}accept_complaint_within/"
    assert "<textarea" not in client.get(page).content.decode()
    client.post(page, typed())
    assert not RuleSetting.objects.exists()


def test_faults_are_said_beside_their_field(cast):
    """A day gone by or a wrong number should be said beside its field."""
    client = signed_in(cast.head)
    past = date(2020, 1, 1)
    assert "hôm nay" in error_beside(
        client.post(NOTICE, typed(valid_from=f"{past:%d/%m/%Y}")), "valid_from"
    )
    assert error_beside(client.post(NOTICE, typed(value="0")), "value")
    assert error_beside(client.post(NOTICE, typed(reason="")), "reason")


@pytest.mark.parametrize(
    ("key", "typed_value", "value"),
    [
        ("denunciation_online", "yes", True),
        ("extension_counts_from", "moved_day", "moved_day"),
        ("host_body", "Thanh tra tỉnh", "Thanh tra tỉnh"),
        ("registration_channels", ["in_person", "online"], ["in_person", "online"]),
    ],
)
def test_each_kind_of_value(cast, settings, key, typed_value, value):
    """Each kind of rule should be set as what it is."""
    settings.PROFILE = "dong-thap" if key == "registration_channels" else "law-2026"
    if key == "denunciation_online":
        settings.PROFILE = "lang-son"
    signed_in(cast.head).post(f"{PAGE}{key}/", typed(value=typed_value))
    assert rulebook.rule(key, clock.today()).value == value


def test_unknown_rule_is_not_found(cast):
    """A rule that does not exist should not be found."""
    assert signed_in(cast.head).get(f"{PAGE}nothing/").status_code == 404
