"""The chair's controls through the pages: microphones, floor, screens, hands, private texts."""

import pytest

from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import opened
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.states import SittingRole
from tiepdan.video.port import Source

pytestmark = pytest.mark.django_db


def now(afternoon):
    """The sitting as it stands."""
    return Sitting.objects.get(pk=afternoon.sitting.pk)


def page(user, where):
    """The text of a page that answers well."""
    answer = as_user(user).get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_microphone_floor_and_screens(cast: People) -> None:
    """Each press of the chair should change what a site may send, or what all screens show."""
    afternoon = opened(cast)
    seat = afternoon.seat("huu-lung")
    chair = as_user(cast.chair)

    def press(act, **told):
        answer = chair.post(url(afternoon, "room:chair_act", act), {"seat": seat.pk, **told})
        assert answer.status_code == 302
        return queries.may_send(Seat.objects.get(pk=seat.pk), now(afternoon))

    assert Source.AUDIO not in press("lock")
    assert Source.AUDIO in press("unlock")
    assert Source.AUDIO in press("floor")
    other = afternoon.seat("bac-son")
    assert Source.AUDIO not in queries.may_send(other, now(afternoon))
    press("free_floor")
    assert Source.AUDIO in queries.may_send(other, now(afternoon))
    press("spotlight")
    press("layout", layout="grid")
    sitting = now(afternoon)
    assert (sitting.spotlight, sitting.layout) == (seat, "grid")
    press("no_spotlight")
    assert now(afternoon).spotlight is None
    press("mute")
    assert afternoon.kinds()[-1] == "muted"


def test_token_tells_of_the_screens(cast: People) -> None:
    """A page that comes later should arrange its screen as the others have it."""
    afternoon = opened(cast)
    chair = as_user(cast.chair)
    for act, told in (
        ("spotlight", {"seat": afternoon.seat("huu-lung").pk}),
        ("layout", {"layout": "pair"}),
    ):
        chair.post(url(afternoon, "room:chair_act", act), told)
    site = as_user(cast.clerk_a)
    site.post(url(afternoon, "room:seat_take", "huu-lung"))
    answer = site.post(url(afternoon, "room:token", "huu-lung")).json()
    assert (answer["layout"], answer["spotlight"]) == ("pair", "huu-lung")


def test_hands_in_order(cast: People) -> None:
    """Sites should stand on the chair's page in the order of asking, and go with the floor."""
    afternoon = opened(cast)
    as_user(cast.clerk_b).post(url(afternoon, "room:hand", "bac-son"))
    as_user(cast.clerk_a).post(url(afternoon, "room:hand", "huu-lung"))
    assert [seat.code for seat in queries.hands(afternoon.sitting)] == ["bac-son", "huu-lung"]
    shown = page(cast.chair, url(afternoon, "room:chair"))
    assert shown.index("Mời xã Bắc Sơn") < shown.index("Mời xã Hữu Lũng")
    as_user(cast.clerk_a).post(url(afternoon, "room:hand", "huu-lung"))
    told = {"seat": afternoon.seat("bac-son").pk}
    as_user(cast.chair).post(url(afternoon, "room:chair_act", "floor"), told)
    assert not queries.hands(afternoon.sitting)


@pytest.mark.parametrize("who", ["clerk_b", "outsider", "chair"])
def test_nobody_raises_anothers_hand(cast: People, who: str) -> None:
    """Only the site itself should ask to speak."""
    afternoon = opened(cast)
    answer = as_user(getattr(cast, who)).post(url(afternoon, "room:hand", "huu-lung"))
    assert answer.status_code == 403
    assert not queries.hands(afternoon.sitting)


def test_private_texts_reach_those_who_run_it_only(cast: People) -> None:
    """Chair, secretary and operator should read it; a site's page should neither show nor send."""
    afternoon = opened(cast)
    told = {"text": "Nhờ thư ký nhắc Sở trả lời <b>", "back": "room:operator"}
    answer = as_user(cast.operator).post(url(afternoon, "room:private_text"), told)
    assert answer.url == url(afternoon, "room:operator")
    for who, where in (
        (cast.chair, "chair"),
        (cast.secretary, "secretary"),
        (cast.operator, "operator"),
    ):
        assert "nhắc Sở trả lời &lt;b&gt;" in page(who, url(afternoon, f"room:{where}"))
    assert "nhắc Sở" not in page(cast.clerk_a, url(afternoon, "room:clerk", "huu-lung"))
    assert as_user(cast.clerk_a).post(url(afternoon, "room:private_text"), told).status_code == 403
    empty = as_user(cast.chair).post(url(afternoon, "room:private_text"), {"text": " "})
    assert empty.url == url(afternoon, "room:chair")
    assert len(queries.private_texts(afternoon.sitting)) == 1


def test_the_chair_puts_a_person_out_and_lets_them_in(cast: People) -> None:
    """All who take part should be offered; out needs a reason, back in somebody at the seat."""
    afternoon, chair = opened(cast), as_user(cast.chair)
    gone = afternoon.add(cast.other_department_officer, SittingRole.OBSERVER)
    actions.end_participation(participant=gone.participants.get(), by=cast.chair)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY)
    offered = page(cast.chair, url(afternoon, "room:chair")).split('id="ai-ra"')[1]
    offered = offered.split("</select>")[0]
    assert str(seat.pk) in offered
    assert str(gone.pk) not in offered

    def press(act: str, **told: str) -> int:
        address = url(afternoon, "room:chair_act", act)
        return chair.post(address, {"seat": seat.pk, **told}).status_code

    def is_inside() -> bool:
        return queries.admission_for(seat, afternoon.room()) is not None

    assert (press("remove"), is_inside()) == (409, True)
    assert (press("remove", reason="Gây ồn"), is_inside()) == (302, False)
    assert (press("admit"), is_inside()) == (409, False)
    actions.take_seat(seat=seat, session_key="again", by=cast.department_officer)
    assert not is_inside()
    assert (press("admit"), is_inside()) == (302, True)
