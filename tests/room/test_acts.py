"""What an act answers: to a script nothing or the words of a refusal, to a plain form a page."""

import re

import pytest

from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import opened
from tiepdan.sittings import actions, queries
from tiepdan.sittings.states import SittingState

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true", "HX-Current-URL": "http://testserver/phong/x/thu-ky/?luot=2"}


def test_a_press_brings_no_second_page(cast: People) -> None:
    """A script should get 204 for an act that is done, a plain form the way back to its page."""
    afternoon = opened(cast)
    seat = {"seat": afternoon.seat("huu-lung").pk}
    pages = {
        "chair": (cast.chair, [(url(afternoon, "room:chair_act", "lock"), seat)]),
        "secretary": (
            cast.secretary,
            [(url(afternoon, "room:pin"), {"seat": "huu-lung"}),
             (url(afternoon, "room:private_text"), {"text": "Xin chờ", "back": "room:secretary"})],
        ),
        "operator": (
            cast.operator,
            [(url(afternoon, "room:operator_act", "admit"), seat),
             (url(afternoon, "room:operator_act", "remove"), seat | {"reason": "Nhầm phòng"}),
             (url(afternoon, "room:site_power", "huu-lung"), {"words": "Có bộ lưu điện"}),
             (url(afternoon, "room:operator_incident", "tam-ngung"), {"words": "Mất điện"})],
        ),
    }  # fmt: skip
    for page, (user, acts) in pages.items():
        for where, told in acts:
            client = as_user(user)
            assert client.post(where, told, headers=SCRIPT).status_code == 204, where
        if page != "operator":
            where, told = acts[-1]
            assert as_user(user).post(where, told).url == url(afternoon, f"room:{page}")
    assert queries.open_interlude(afternoon.sitting).words == "Mất điện"


def test_a_refusal_is_its_words_alone(cast: People) -> None:
    """A script should get the words with 409, a plain form the whole page with the same words."""
    afternoon = opened(cast)
    for user, name, rest, told, words in [
        (cast.chair, "room:chair_act", ["pause"], {"reason": " "}, "lý do"),
        (cast.secretary, "room:secretary_act", ["conclude"], {}, "Không có lượt nào"),
        (cast.operator, "room:operator_incident", ["tam-ngung"], {"words": " "}, "lý do"),
        (cast.operator, "room:operator_act", ["remove"],
         {"seat": afternoon.seat("huu-lung").pk}, "lý do"),
    ]:  # fmt: skip
        client, where = as_user(user), url(afternoon, name, *rest)
        part = client.post(where, told, headers=SCRIPT)
        whole = client.post(where, told)
        assert (part.status_code, whole.status_code) == (409, 409)
        assert (b"<html" in part.content, b"<html" in whole.content) == (False, True)
        for answer in (part, whole):
            text = answer.content.decode()
            assert text.count('role="alert" id="tu-choi"') == 1
            assert words in text.split('id="tu-choi"')[1].split("</div></div>")[0], where
    afternoon.sitting.refresh_from_db()
    assert afternoon.sitting.state == SittingState.OPEN


@pytest.mark.parametrize("page", ["chair", "secretary", "operator"])
def test_what_comes_anew_keeps_its_place(cast: People, page: str) -> None:
    """No region should itself be what one unfolds or writes in, no id stand for two elements."""
    afternoon = opened(cast)
    for code in ("huu-lung", "bac-son"):
        actions.call_for_help(seat=afternoon.seat(code), by=afternoon.seat(code).holder)
        actions.raise_hand(seat=afternoon.seat(code), by=afternoon.seat(code).holder)
    shown = as_user(getattr(cast, page)).get(url(afternoon, f"room:{page}")).content.decode()
    named = re.findall(r'hx-trigger="sitting:any[^>]*hx-select-oob="([^"]+)"', shown)[0].split(",")
    found = re.findall(r'<([a-z-]+)[^>]*? id="([^"]+)"', shown)
    ids = [one for _, one in found]
    assert {one for one in ids if ids.count(one) > 1} == set()
    regions = {tag for tag, one in found if f"#{one}" in named}
    assert "div" in regions
    assert regions & {"details", "form", "input"} == set()
    if page == "operator":
        assert "#vung-dua-ra" in named


def test_who_is_signed_out_signs_in(cast: People, client) -> None:
    """A script should be told to leave for the sign-in page, and come back to its own page."""
    where = url(opened(cast), "room:chair_act", "plenary")
    answer = client.post(where, headers=SCRIPT)
    assert answer.status_code == 401
    assert answer["HX-Redirect"].endswith("/dang-nhap/?next=/phong/x/thu-ky/%3Fluot%3D2")
    assert client.post(where).status_code == 302


def test_who_may_not_still_may_not(cast: People) -> None:
    """Asking by script should open nothing to anybody."""
    where = url(opened(cast), "room:chair_act", "plenary")
    assert as_user(cast.clerk_a).post(where, headers=SCRIPT).status_code == 403
