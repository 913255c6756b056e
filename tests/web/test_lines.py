"""Lines of sites: declared at the desk, told to the seat, weighed before the sitting."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import People
from tests.room.test_pages import as_user, url
from tests.sittings.factories import opened, waiting
from tests.web.pages import signed_in
from tiepdan.org.models import VideoSite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rehearsal_provider(settings, tmp_path):
    settings.VIDEO_PROVIDER = "stub"
    settings.RUN_DIR = tmp_path


def declare(client: Client, site: VideoSite, up: str, down: str) -> int:
    to = reverse("desk:site_line", args=[site.pk])
    return client.post(to, {"up": up, "down": down}).status_code


@pytest.mark.parametrize("who", ["officer", "operator"])
def test_declaring_a_line(cast: People, who: str) -> None:
    """The board and the operator should declare what a line takes, in Mbit/s."""
    assert declare(as_user(getattr(cast, who)), cast.site_a, "2.5", "12") == 302
    cast.site_a.refresh_from_db()
    assert (cast.site_a.up_kbps, cast.site_a.down_kbps) == (2500, 12_000)


@pytest.mark.parametrize("who", ["clerk_a", "chair", "stranger"])
def test_nobody_else_declares(cast: People, who: str) -> None:
    """Others should only read."""
    assert declare(as_user(getattr(cast, who)), cast.site_a, "1", "1") == 403
    page = as_user(getattr(cast, who)).get(reverse("desk:sites")).content.decode()
    assert "Khai báo đường truyền" not in page


def test_nonsense_is_refused(cast: People) -> None:
    """A line of nothing should be refused beside its field."""
    assert declare(as_user(cast.operator), cast.site_a, "0", "x") == 200
    cast.site_a.refresh_from_db()
    assert cast.site_a.up_kbps == 5000


def test_seat_is_told_its_cap(cast: People) -> None:
    """The answer with the token should carry the most the site may send over its line."""
    declare(as_user(cast.operator), cast.site_a, "2", "9")
    afternoon = opened(cast)
    clerk = as_user(cast.clerk_a)
    clerk.post(url(afternoon, "room:seat_take", "huu-lung"))
    told = clerk.post(url(afternoon, "room:token", "huu-lung")).json()
    assert told["cap_kbps"] == 1700


@pytest.mark.parametrize(
    ("down", "words"),
    [
        ("50", "2 điểm cầu vừa đường truyền đã khai"),
        ("4", "3,4 Mbit/s: sẽ dùng bố cục «trung tâm hình lớn, các điểm cầu hình vừa»"),
        ("0.2", "phải đổi đường truyền"),
    ],
)  # fmt: skip
def test_reception_says_which_layout(cast: People, down: str, words: str) -> None:
    """Before the sitting the reception's page should say what the lines allow."""
    for site in (cast.hub, cast.site_b):
        declare(as_user(cast.operator), site, "50", "50")
    declare(as_user(cast.operator), cast.site_a, "5", down)
    reception = waiting(cast).sitting.reception
    page = as_user(cast.officer).get(reverse("desk:reception", args=[reception.pk]))
    assert words in page.content.decode()


def test_numbers_are_written_with_a_comma(cast):
    """The form should show and take «2,5» as it is written here, and «2.5» as well."""
    site = cast.site_a
    assert declare(signed_in(cast.officer), site, "2,5", "12") == 302
    page = signed_in(cast.officer).get(reverse("desk:site_line", args=[site.pk]))
    assert 'value="2,5"' in page.content.decode()
    assert declare(signed_in(cast.officer), site, "3.5", "12") == 302
    site.refresh_from_db()
    assert site.up_kbps == 3500
