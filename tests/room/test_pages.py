"""Every page opens for whom it is made, and for nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import People
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.accounts.models import User
from tiepdan.sittings import queries
from tiepdan.sittings.states import SittingState

pytestmark = pytest.mark.django_db

WHO: dict[str, Callable[[People], User]] = {
    "chair": lambda cast: cast.chair,
    "secretary": lambda cast: cast.secretary,
    "operator": lambda cast: cast.operator,
    "clerk_a": lambda cast: cast.clerk_a,
    "clerk_b": lambda cast: cast.clerk_b,
    "outsider": lambda cast: cast.outsider,
    "stranger": lambda cast: cast.stranger,
    "officer": lambda cast: cast.officer,
}
PAGES = {
    "chair": ("room:chair", [], {"chair"}),
    "secretary": ("room:secretary", [], {"secretary"}),
    "operator": ("room:operator", [], {"operator"}),
    "seat of A": ("room:seat", ["huu-lung"], {"clerk_a", "secretary", "operator"}),
    "seat of the hub": ("room:seat", ["hub"], {"secretary", "operator"}),
    "citizens' screen of A": ("room:screen", ["huu-lung"], {"clerk_a", "secretary", "operator"}),
    "clerk's page of A": ("room:clerk", ["huu-lung"], {"clerk_a"}),
    "clerk's page of the hub": ("room:clerk", ["hub"], {"secretary"}),
}


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(afternoon: Afternoon, name: str, *rest: str) -> str:
    return reverse(name, args=[afternoon.sitting.pk, *rest])


@pytest.mark.parametrize("page", PAGES)
def test_who_may_open(cast: People, page: str) -> None:
    """A page should answer 200 to its people and 403 to everybody else."""
    afternoon = waiting(cast)
    name, rest, allowed = PAGES[page]
    answers = {
        who: as_user(pick(cast)).get(url(afternoon, name, *rest)).status_code
        for who, pick in WHO.items()
    }
    assert answers == {who: 200 if who in allowed else 403 for who in WHO}


@pytest.mark.parametrize("page", PAGES)
def test_strangers_sign_in(cast: People, client: Client, page: str) -> None:
    """Somebody not signed in should be asked to."""
    name, rest, _ = PAGES[page]
    answer = client.get(url(waiting(cast), name, *rest))
    assert answer.status_code == 302
    assert "/dang-nhap/" in answer["Location"]


@pytest.mark.parametrize("state", ["waiting", "plenary", "called", "started", "between", "closed"])
def test_pages_in_every_state(cast: People, state: str) -> None:
    """Each page should render in each state of the sitting."""
    afternoon = in_state(cast, state)
    for name, rest, allowed in PAGES.values():
        who = min(allowed)
        answer = as_user(WHO[who](cast)).get(url(afternoon, name, *rest))
        assert answer.status_code == 200, (name, state)


def in_state(cast: People, state: str) -> Afternoon:
    from tiepdan.sittings import actions  # noqa: PLC0415

    if state == "waiting":
        return waiting(cast)
    afternoon = opened(cast)
    if state == "called":
        afternoon.call()
    elif state == "started":
        afternoon.started()
    elif state == "between":
        actions.end_visit(visit=afternoon.started(), by=cast.chair)
    elif state == "closed":
        afternoon.close()
    return afternoon


def test_control_pages_are_silent(cast: People) -> None:
    """Only a media seat should carry the stage with camera and loudspeaker."""
    afternoon = opened(cast)
    for user, name, rest in [
        (cast.chair, "room:chair", []),
        (cast.secretary, "room:secretary", []),
        (cast.operator, "room:operator", []),
        (cast.clerk_a, "room:clerk", ["huu-lung"]),
    ]:
        text = as_user(user).get(url(afternoon, name, *rest)).content.decode()
        assert "<sitting-stage" not in text


def test_names_stay_in_their_turn(cast: People) -> None:
    """A clerk should read the names of their own site's citizens only."""
    afternoon = opened(cast)
    afternoon.started()
    text = as_user(cast.clerk_b).get(url(afternoon, "room:clerk", "bac-son")).content.decode()
    assert "Hoàng Văn Bảo" in text
    assert "Nguyễn Thị Thuỳ An" not in text
    seat = as_user(cast.clerk_b).get(url(afternoon, "room:seat", "bac-son")).content.decode()
    assert "Nguyễn Thị Thuỳ An" not in seat


def test_the_chair_walks_through(cast: People) -> None:
    """The big button alone should lead the chair from opening to the first turn."""
    afternoon = waiting(cast)
    afternoon.take_all()
    afternoon.check(1)
    chair = as_user(cast.chair)
    page = chair.get(url(afternoon, "room:chair"))
    assert "Khai mạc buổi tiếp" in page.content.decode()
    page = chair.post(url(afternoon, "room:chair_act", "open"), follow=True)
    assert "Gọi lượt 1: xã Hữu Lũng" in page.content.decode()
    page = chair.post(url(afternoon, "room:chair_act", "call"), follow=True)
    assert "Chờ ghi hình lượt 1" in page.content.decode()
    afternoon.prove()
    afternoon.check(2)
    page = chair.get(url(afternoon, "room:chair"))
    assert "Kết thúc lượt 1 và gọi lượt 2 (xã Bắc Sơn)" in page.content.decode()


def test_a_refusal_is_told_in_place(cast: People) -> None:
    """A refused act should come back as the same page with the reason, changing nothing."""
    afternoon = waiting(cast)
    answer = as_user(cast.chair).post(url(afternoon, "room:chair_act", "open"))
    assert answer.status_code == 409
    assert "Điểm cầu trung tâm chưa mở camera và micro" in answer.content.decode()
    afternoon.sitting.refresh_from_db()
    assert afternoon.sitting.state == SittingState.WAITING


def test_papers_are_checked_on_the_clerks_page(cast: People) -> None:
    """The clerk's form should note the papers, and keep what was typed when refused."""
    afternoon = waiting(cast)
    clerk = as_user(cast.clerk_a)
    address = url(afternoon, "room:clerk_identity", "huu-lung")
    told = {"appointment": str(afternoon.appointment(1).pk), "papers": "Căn cước công dân"}
    answer = clerk.post(address, told)
    assert answer.status_code == 409
    assert 'value="Căn cước công dân"' in answer.content.decode()
    assert clerk.post(address, told | {"recording_explained": "on"}).status_code == 302
    assert afternoon.appointment(1).identity_check.by == cast.clerk_a


def test_the_secretary_marks_and_writes_later(cast: People) -> None:
    """A marked moment should be offered to the next line, which then stands at it."""
    afternoon = opened(cast)
    visit = afternoon.started()
    secretary = as_user(cast.secretary)
    secretary.post(url(afternoon, "room:secretary_act", "mark"), {"words": "Ý kiến Sở"})
    [mark] = queries.marks(afternoon.sitting, visit)
    page = secretary.get(url(afternoon, "room:secretary")).content.decode()
    assert f'<option value="{mark.key}">' in page
    entry = {"visit": str(visit.pk), "kind": "opinion", "text": "Sẽ sửa", "mark": str(mark.key)}
    secretary.post(url(afternoon, "room:secretary_act", "entry"), entry)
    assert visit.entries.get().at == mark.at
    assert "chon-dau" in secretary.get(url(afternoon, "room:secretary")).content.decode()
    assert queries.unwritten(afternoon.sitting, visit) == []


def test_the_secretary_writes_and_composes(cast: People) -> None:
    """Lines and points should be added by htmx, refused ones keep their text."""
    afternoon = opened(cast)
    visit = afternoon.started()
    secretary, htmx = as_user(cast.secretary), {"HTTP_HX_REQUEST": "true"}
    entry = {"visit": str(visit.pk), "kind": "request", "speaker": "Bà An", "text": "Đo lại đất"}
    answer = secretary.post(url(afternoon, "room:secretary_act", "entry"), entry, **htmx)
    assert answer.status_code == 200
    assert "Đo lại đất" not in answer.content.decode()
    assert visit.entries.get().text == "Đo lại đất"
    point = {"visit": str(visit.pk), "text": "Đo đạc lại", "deadline": "30/12/2026"}
    address = url(afternoon, "room:secretary_act", "point")
    answer = secretary.post(address, point, **htmx)
    assert 'value="30/12/2026"' in answer.content.decode()
    assert "cả cơ quan và thời hạn" in answer.content.decode()
    assert "Đo đạc lại" in answer.content.decode()
    secretary.post(address, point | {"agency": str(cast.department.pk)}, **htmx)
    page = as_user(cast.chair).get(url(afternoon, "room:chair")).content.decode()
    assert "Giao Sở Nông nghiệp và Môi trường, hạn 30/12/2026" in page
    secretary.post(url(afternoon, "room:secretary_act", "conclude"), {"visit": str(visit.pk)})
    visit.refresh_from_db()
    assert visit.conclusion.items.get().agency == cast.department


def test_an_unknown_act_is_not_found(cast: People) -> None:
    """Acts nobody named should answer 404."""
    afternoon = waiting(cast)
    for user, name in [
        (cast.chair, "room:chair_act"),
        (cast.secretary, "room:secretary_act"),
        (cast.operator, "room:operator_act"),
    ]:
        assert as_user(user).post(url(afternoon, name, "khac")).status_code == 404


def test_a_displaced_page_is_told(cast: People) -> None:
    """Opening the site elsewhere should show the first page that it is out."""
    afternoon = waiting(cast)
    first, second = as_user(cast.clerk_a), as_user(cast.clerk_a)
    take = url(afternoon, "room:seat_take", "huu-lung")
    page = first.post(take, follow=True).content.decode()
    assert "<sitting-stage" in page
    second.post(take)
    page = first.get(url(afternoon, "room:seat", "huu-lung")).content.decode()
    assert "đang mở ở một máy khác" in page
    assert "<sitting-stage" not in page


def test_the_operator_puts_a_page_out(cast: People) -> None:
    """Removing needs a reason; letting in again needs a page that is open."""
    afternoon = opened(cast)
    operator = as_user(cast.operator)
    seat = str(afternoon.seat("bac-son").pk)
    address = url(afternoon, "room:operator_act", "remove")
    assert operator.post(address, {"seat": seat}).status_code == 409
    assert operator.post(address, {"seat": seat, "reason": "Nhầm phòng"}).status_code == 302
    assert afternoon.roster() == {"hub", "huu-lung"}


@pytest.mark.parametrize(
    ("page", "user", "rest"),
    [("chair", "chair", []), ("secretary", "secretary", []), ("operator", "operator", []),
     ("clerk", "clerk_a", ["huu-lung"]), ("screen", "clerk_a", ["huu-lung"])],
)  # fmt: skip
def test_pages_without_media_load_none_of_it(
    cast: People, page: str, user: str, rest: list[str]
) -> None:
    """The engine's client is large: who only presses should not load it."""
    where = url(waiting(cast), f"room:{page}", *rest)
    shown = as_user(getattr(cast, user)).get(where).content.decode()
    assert "room/room.js" in shown
    assert "room/stage.js" not in shown


def test_stage_listens_before_the_stream_speaks(cast: People) -> None:
    """Pages with a stage should load it before the script that opens the stream."""
    afternoon = waiting(cast)
    client = as_user(cast.clerk_a)
    client.post(url(afternoon, "room:seat_take", "huu-lung"))
    pages = [url(afternoon, f"room:{name}", "huu-lung") for name in ("seat", "device_check")]
    for where in [*pages, url(afternoon, "room:clerk", "huu-lung") + "?camera=1"]:
        shown = client.get(where).content.decode()
        assert "<sitting-stage" in shown or "<device-check" in shown
        assert 0 < shown.index("room/stage.js") < shown.index("room/room.js")
