"""Citizens who live in another province: taken in, named on papers, received."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tests import cast as everyone
from tests.cast import MORNING, People
from tests.web.pages import signed_in
from tiepdan.matters.actions import register_filing
from tiepdan.matters.fields import CommuneField
from tiepdan.matters.models import Filing
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import Channel
from tiepdan.org.models import AdministrativeUnit, Agency
from tiepdan.scheduling.models import SiteBooking
from tiepdan.scheduling.queries import booking_for
from tiepdan.scheduling.states import SiteRole

pytestmark = pytest.mark.django_db


def from_bac_ninh(cast: People, agency: Agency, address: str = "Thôn 3, xã Đồng Việt") -> Filing:
    """A filing of somebody from there, taken in at that agency."""
    unit = AdministrativeUnit.objects.get(code="24")
    by = cast.officer if agency == cast.board else cast.clerk_a
    return register_filing(
        person=replace(everyone.person(cast), address=address, commune=unit),
        channel=Channel.IN_PERSON, subject="Đất", content="Nội dung", consents_online=True,
        agency=agency, by=by, at=MORNING,
    ).filing  # fmt: skip


def test_papers_say_where_they_live(cast):
    """Receipt and pages should say the whole address, province included."""
    filing = from_bac_ninh(cast, cast.board)
    whole = "Thôn 3, xã Đồng Việt, tỉnh Bắc Ninh"
    assert filing.shown_address == whole
    assert filing.receipt
    assert filing.receipt.context["petitioner"]["address"] == whole


def test_commune_is_asked_for(cast):
    """Of an address elsewhere the commune should be said: no table here knows it."""
    with pytest.raises(NotValidError) as caught:
        from_bac_ninh(cast, cast.board, "Thôn 3")
    assert caught.value.rule == "address"
    assert from_bac_ninh(cast, cast.board, "Đồng Việt, Yên Dũng").pk


def test_received_where_they_filed_or_at_the_hub(cast):
    """Online they should come to the commune where they filed; else to the hub."""
    rows = [
        SiteBooking(site=cast.hub, role=SiteRole.HUB),
        SiteBooking(site=cast.site_b, role=SiteRole.BRANCH),
        SiteBooking(site=cast.site_a, role=SiteRole.BRANCH),
    ]
    at_commune, at_board = from_bac_ninh(cast, cast.commune_a), from_bac_ninh(cast, cast.board)
    for filing in (at_commune, at_board):
        everyone.classify_filing(
            filing=filing, kind=everyone.FilingKind.COMPLAINT, summary="Đất", by=cast.officer,
            findings=everyone.Findings(everyone.Competence.OWN),
            online_ground=everyone.OnlineGround.C, at=MORNING,
        )  # fmt: skip
        everyone.propose_filing(
            filing=filing, form=everyone.ReceptionForm.ONLINE, reason="x", by=cast.head, at=MORNING
        )
    found = [booking_for(Filing.objects.get(pk=one.pk), rows) for one in (at_commune, at_board)]
    assert [row.site for row in found if row] == [cast.site_a, cast.hub]


def test_field_offers_ours_first(cast):
    """The list should begin with our communes and end with other provinces, ours left out."""
    _none, *rest = CommuneField().choices
    *ours, (group, others) = rest
    assert [label for _value, label in ours] == ["xã Bắc Sơn", "xã Hữu Lũng", "xã Lộc Bình"]
    assert "khác" in str(group)
    assert len(others) == 33
    assert "tỉnh Lạng Sơn" not in [label for _value, label in others]
    assert len(CommuneField(elsewhere=False).choices) == 4


def test_card_of_another_province(cast):
    """A card from elsewhere should choose the province and keep the rest of the address."""
    card = "020190001234|200123456|Trần Thị Hoa|05121990|Nữ|Đồng Việt, Yên Dũng, Bắc Giang|10052021"
    answer = signed_in(cast.clerk_a).post(reverse("desk:card_read"), {"card": card}).json()
    assert answer["fields"]["address"] == "Đồng Việt, Yên Dũng"
    assert [one["text"] for one in answer["communes"]] == ["tỉnh Bắc Ninh"]
    assert "Địa chỉ ngoài tỉnh: Bắc Giang, nay là tỉnh Bắc Ninh" in answer["note"]
