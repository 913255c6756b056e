"""What the site is told before the turn: who may speak, what the citizen needs, who saw to it."""

import pytest
from django.urls import reverse

from tests.cast import MORNING, People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import Afternoon, waiting
from tiepdan.matters import actions as matters
from tiepdan.matters.actions import Companion
from tiepdan.matters.models import Filing
from tiepdan.matters.states import Capacity, Need, ProofPaper

pytestmark = pytest.mark.django_db


@pytest.fixture
def afternoon(cast: People) -> Afternoon:
    """The first citizen speaks Tày and comes with six others and somebody without papers."""
    found = waiting(cast)
    filing = found.appointment(1).filing
    told = {"filing": filing, "by": cast.officer, "at": MORNING}
    matters.note_needs(needs=[Need.INTERPRETER], language="Tày", **told)
    bad = Companion(Capacity.AUTHORISED, "Lê Văn Bạn", [ProofPaper.AUTHORISATION])
    matters.add_representation(companion=bad, **told)
    Filing.objects.filter(pk=filing.pk).update(headcount=7)
    return found


def reception_page(cast: People, afternoon: Afternoon) -> str:
    """The agenda as the board reads it."""
    where = reverse("desk:reception", args=[afternoon.sitting.reception_id])
    return as_user(cast.officer).get(where).content.decode()


def test_the_clerk_reads_who_may_speak(cast: People, afternoon: Afternoon) -> None:
    """A crowd without elected speakers and an unlawful capacity should be said before the turn."""
    page = as_user(cast.clerk_a).get(url(afternoon, "room:clerk", "huu-lung")).content.decode()
    for words in ("Chưa có văn bản cử người đại diện", "Lê Văn Bạn", "chỉ được tiếp cho chính"):
        assert words in page, words
    other = as_user(cast.clerk_b).get(url(afternoon, "room:clerk", "bac-son")).content.decode()
    assert "Lê Văn Bạn" not in other


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"needs_met": "on"}, "Đã bố trí"),
        ({"needs_note": "Phiên dịch ốm, con công dân dịch"}, "Không bố trí được"),
    ],
)
def test_needs_are_answered_for(
    cast: People, afternoon: Afternoon, answer: dict[str, str], said: str
) -> None:
    """Needs should stand on wall and agenda, and be met or explained before papers are checked."""
    wall = as_user(cast.operator).get(url(afternoon, "room:operator")).content.decode()
    assert "(Tày) · chưa xác nhận" in wall
    assert "Chưa xác nhận bố trí" in reception_page(cast, afternoon)
    clerk, address = as_user(cast.clerk_a), url(afternoon, "room:clerk_identity", "huu-lung")
    told = {
        "appointment": str(afternoon.appointment(1).pk), "papers": "Căn cước công dân",
        "recording_explained": "on",
    }  # fmt: skip
    assert clerk.post(address, told).status_code == 409
    assert clerk.post(address, told | answer).status_code == 302
    check = afternoon.appointment(1).identity_check
    assert (check.needs_met, check.needs_note) == (
        "needs_met" in answer, answer.get("needs_note", ""),
    )  # fmt: skip
    page = reception_page(cast, afternoon)
    assert said in page
    assert str(cast.clerk_a) in page
