"""Every cell of the table of roles, tried against the pages, the door and the tokens.

A row is one act: each role tries it where it is its own matter (its seat, its site, the case it is
named for) and where it is another's. What the server lets through must be what the table says.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client, RequestFactory

from tests.cast import AFTERNOON, People, user
from tests.room.test_media import knock
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, opened
from tiepdan.accounts.models import User
from tiepdan.room.views import stream
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import Seat, SittingEvent
from tiepdan.sittings.roles import TABLE, Act, Cell
from tiepdan.sittings.states import SittingRole
from tiepdan.video.adapters.stub.provider import Stub
from tiepdan.video.port import Source

pytestmark = pytest.mark.django_db

OWN_SEAT = [
    SittingRole.COUNCIL, SittingRole.ASSEMBLY, SittingRole.AGENCY, SittingRole.SPOKEN_INTERPRETER,
    SittingRole.SIGN_INTERPRETER, SittingRole.OBSERVER, SittingRole.PRESS,
]  # fmt: skip
OWN_PERSON, OTHER_PERSON = "Nguyễn Thị Thuỳ An", "Hoàng Văn Bảo"
"""Citizens of the first turn, at Hữu Lũng, and of the second, at Bắc Sơn (cast.NAMES)."""


@dataclass
class Part:
    """Who plays a role: their browser, the seat that is theirs, the browser that holds it."""

    client: Client
    person: User | None
    seat: Seat | None
    holder: Client


Try = Callable[[Afternoon, Part, Seat], bool]


def tried(afternoon: Afternoon, what: Try, part: Part, seat: Seat) -> bool:
    """Whether the server let it happen; nothing of it stays."""
    before = transaction.savepoint()
    try:
        return what(afternoon, part, Seat.objects.get(pk=seat.pk))
    finally:
        transaction.savepoint_rollback(before)


def everybody(cast: People) -> tuple[Afternoon, dict[SittingRole, Part]]:
    """An open sitting in which each role is played; the named ones are named for the first turn."""
    afternoon = opened(cast)
    sites = {code: afternoon.seat(code) for code in ("hub", "huu-lung", "bac-son")}
    held = {
        "hub": as_user(cast.secretary), "huu-lung": as_user(cast.clerk_a),
        "bac-son": as_user(cast.clerk_b),
    }  # fmt: skip
    for code, browser in held.items():
        browser.post(url(afternoon, "room:seat_take", code))
    hub, a = held["hub"], held["huu-lung"]
    found = {
        SittingRole.CHAIR: Part(as_user(cast.chair), cast.chair, sites["hub"], hub),
        SittingRole.SECRETARY: Part(hub, cast.secretary, sites["hub"], hub),
        SittingRole.OPERATOR: Part(as_user(cast.operator), cast.operator, None, Client()),
        SittingRole.COMMUNE_CLERK: Part(a, cast.clerk_a, sites["huu-lung"], a),
        SittingRole.CITIZEN: Part(Client(), None, sites["huu-lung"], a),
    }
    beside = user("ct-xa", "Lộc Thị Xuân", "Chủ tịch xã", None, cast.commune_a)
    actions.add_participant(
        sitting=afternoon.sitting, user=beside, role=SittingRole.COMMUNE_CHAIR,
        seat=sites["huu-lung"], by=cast.chair,
    )  # fmt: skip
    found[SittingRole.COMMUNE_CHAIR] = Part(as_user(beside), beside, sites["huu-lung"], a)
    for role in OWN_SEAT:
        who = user(f"r-{role}", f"Người {role}", role, None, cast.department)
        browser = as_user(who)
        orders = [1] if TABLE[role][Act.ENTER_TURN] == Cell.OWN else []
        key = browser.session.session_key or ""
        found[role] = Part(browser, who, afternoon.add(who, role, *orders, session=key), browser)
    return afternoon, found


def token_of(afternoon: Afternoon, part: Part, seat: Seat) -> str:
    """A token for the room open to the seat that the door lets pass; empty when there is none."""
    answer = part.holder.post(url(afternoon, "room:token", seat.code))
    if answer.status_code != 200:
        return ""
    token = str(answer.json()["token"])
    return token if knock(part.holder, token) == 200 else ""


def sends(source: Source) -> Try:
    def what(afternoon: Afternoon, part: Part, seat: Seat) -> bool:
        token = token_of(afternoon, part, seat)
        return bool(token) and source in Stub().identity_of_token(token).may_send

    return what


def enters_turn(order: int) -> Try:
    def what(afternoon: Afternoon, part: Part, seat: Seat) -> bool:
        afternoon.started(order)
        return bool(token_of(afternoon, part, seat))

    return what


def deliberates(order: int) -> Try:
    def what(afternoon: Afternoon, part: Part, seat: Seat) -> bool:
        afternoon.started(order)
        for other in queries.seats(afternoon.sitting).filter(own_role=SittingRole.COUNCIL):
            assert queries.admission_for(other, afternoon.room())  # so that there is a room
        found = actions.begin_deliberation(
            sitting=afternoon.sitting, by=afternoon.cast.chair, at=AFTERNOON
        )
        token = token_of(afternoon, part, seat)
        assert found.room
        return bool(token) and Stub().identity_of_token(token).room_name == found.room.name

    return what


MEDIA: dict[Act, tuple[Try, Try]] = {
    Act.ENTER_PLENARY: (lambda *a: bool(token_of(*a)), lambda *a: bool(token_of(*a))),
    Act.SEND_PICTURE: (sends(Source.VIDEO), sends(Source.VIDEO)),
    Act.SEND_SOUND: (sends(Source.AUDIO), sends(Source.AUDIO)),
    Act.ENTER_TURN: (enters_turn(1), enters_turn(2)),
    Act.ENTER_DELIBERATION: (deliberates(1), deliberates(2)),
}
"""With the own seat: in the own case, in another's."""


def post(name: str, *rest: str, **told: str) -> Try:
    """A form sent to an address of the sitting; refused is 403 or being sent to sign in."""

    def what(afternoon: Afternoon, part: Part, seat: Seat) -> bool:
        filled = [one.format(seat=seat.code) for one in rest]
        data = {key: value.format(seat=seat.pk, code=seat.code) for key, value in told.items()}
        return passed(part.client.post(url(afternoon, name, *filled), data))

    return what


def get(name: str, *rest: str) -> Try:
    def what(afternoon: Afternoon, part: Part, seat: Seat) -> bool:
        filled = [one.format(seat=seat.code) for one in rest]
        return passed(part.client.get(url(afternoon, name, *filled)))

    return what


def passed(answer: object) -> bool:
    status = getattr(answer, "status_code", 0)
    return status != 403 and "/dang-nhap/" not in str(getattr(answer, "url", ""))


def either(*ways: Try) -> Try:
    """One of several pages offers it."""
    return lambda afternoon, part, seat: any(way(afternoon, part, seat) for way in ways)


def in_turn(order: int, what: Try) -> Try:
    def later(afternoon: Afternoon, part: Part, seat: Seat) -> bool:
        afternoon.started(order)
        return what(afternoon, part, seat)

    return later


def pages_of(afternoon: Afternoon, part: Part, seat: Seat) -> str:
    """All that the person can read about the sitting from any page of it."""
    addresses = [url(afternoon, f"room:{name}") for name in ("chair", "secretary", "operator")]
    addresses += [url(afternoon, f"room:{name}", seat.code) for name in ("seat", "clerk")]
    addresses += [url(afternoon, "room:people")]
    read = [part.client.get(address) for address in addresses]
    return "".join(answer.content.decode() for answer in read if answer.status_code == 200)


def reads(words: str) -> Try:
    return lambda afternoon, part, seat: words in pages_of(afternoon, part, seat)


def everything(afternoon: Afternoon, part: Part, _seat: Seat) -> bool:
    """What the event stream asks before it tells: None is everything."""
    request = RequestFactory().get("/")
    request.session = part.client.session
    request.user = part.person  # type: ignore[assignment]
    if part.person is None:
        return part.client.get(url(afternoon, "room:events")).status_code == 200
    try:
        return stream._audiences(request, afternoon.sitting.pk) is None
    except PermissionDenied:
        return False


def admits_press(afternoon: Afternoon, part: Part, _seat: Seat) -> bool:
    press = queries.seats(afternoon.sitting).get(own_role=SittingRole.PRESS)
    second = afternoon.appointment(2)
    told = {"seat": str(press.pk), "appointment": str(second.pk)}
    part.client.post(url(afternoon, "room:people_act", "vu-viec"), told)
    return queries.is_named(press, second)


def pauses(afternoon: Afternoon, part: Part, _seat: Seat) -> bool:
    """Tried to the end, since the operator's page can stop for a fault only."""
    part.client.post(url(afternoon, "room:chair_act", "pause"), {"reason": "Nghỉ"})
    return SittingEvent.objects.filter(sitting=afternoon.sitting, kind="paused").exists()


CHAIR = "room:chair_act"
PEOPLE: dict[Act, tuple[Try, Try]] = {
    Act.SHOW_PAPERS: (
        in_turn(1, post("room:paper_act", "chieu")), in_turn(2, post("room:paper_act", "chieu")),
    ),
    Act.SEE_NAMES: (reads(OWN_PERSON), reads(OTHER_PERSON)),
    Act.SEE_RECORDING: (in_turn(1, reads("Đang ghi</span>")), in_turn(2, reads("Đang ghi</span>"))),
}  # fmt: skip
"""In the own case, in another's."""

SEATS: dict[Act, Try] = {
    Act.OPEN_SEAT: post("room:seat_take", "{seat}"),
    Act.RAISE_HAND: post("room:hand", "{seat}"),
    Act.CALL_HELP: post("room:call_for_help", "{seat}"),
    Act.SEE_SITE: get("room:clerk", "{seat}"),
    Act.CHECK_IDENTITY: post("room:clerk_identity", "{seat}"),
}
"""At the own seat, at another's."""

ANYWHERE: dict[Act, Try] = {
    Act.SEE_EVERYTHING: everything,
    Act.RUN: post(CHAIR, "call"),
    Act.PAUSE: pauses,
    Act.SUSPEND: either(post(CHAIR, "suspend"), post("room:operator_incident", "tam-ngung")),
    Act.DELIBERATE: post(CHAIR, "deliberate"),
    Act.DIRECT: post(CHAIR, "layout", layout="pair"),
    Act.SILENCE: post(CHAIR, "lock", seat="{seat}"),
    Act.REMOVE: post("room:operator_act", "remove", seat="{seat}"),
    Act.INVITE: post("room:invite"),
    Act.NAME_PEOPLE: get("room:people"),
    Act.ADMIT_PRESS: admits_press,
    Act.PIN_SIGN: post("room:pin", seat="huu-lung"),
    Act.WRITE_MINUTES: post("room:secretary_act", "entry"),
    Act.CONCLUDE: either(post(CHAIR, "conclude"), post("room:secretary_act", "conclude")),
    Act.PRIVATE_TEXT: post("room:private_text", text="x"),
    Act.OPERATE: get("room:operator"),
}
"""Not a matter of a seat."""


def test_every_act_is_tried() -> None:
    """No row of the table should be left out here."""
    assert {*MEDIA, *PEOPLE, *SEATS, *ANYWHERE} == set(Act)


def as_cell(own: bool, other: bool) -> Cell:
    """What the tries show."""
    if own and other:
        return Cell.YES
    assert not other or own, "another's matter and not their own"
    return Cell.OWN if own else Cell.NO


@pytest.mark.parametrize("act", Act)
def test_cell_by_cell(cast: People, act: Act) -> None:
    """What the server lets each role do should be what the table says, cell by cell."""
    afternoon, parts = everybody(cast)
    foreign = afternoon.seat("bac-son")
    seen = {}
    for role, part in parts.items():
        own = part.seat or foreign
        if act in MEDIA:
            # A seat is of one role: who has none of their own enters and sends as nobody.
            is_theirs = part.seat is not None and part.seat.role == role
            ways = MEDIA[act]
            seen[role] = as_cell(*(is_theirs and tried(afternoon, way, part, own) for way in ways))
        elif act in PEOPLE:
            seen[role] = as_cell(*(tried(afternoon, way, part, own) for way in PEOPLE[act]))
        elif act in SEATS:
            at_own = part.seat is not None and tried(afternoon, SEATS[act], part, own)
            at_other = tried(afternoon, SEATS[act], part, foreign)
            seen[role] = as_cell(at_own or (part.seat is None and at_other), at_other)
        else:
            may = tried(afternoon, ANYWHERE[act], part, own)
            seen[role] = as_cell(may, may)
    assert seen == {role: TABLE[role][act] for role in parts}
    assert set(parts) == set(SittingRole)
