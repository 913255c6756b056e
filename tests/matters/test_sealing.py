"""Ways in which a name could outlive its sealing, or be read before it."""

import pytest
from django.urls import reverse

from tests import cast as everyone
from tests.cast import MORNING
from tests.matters.test_affairs import mixed
from tests.matters.test_canary import traces
from tests.matters.test_denunciations import CANARY, named, sealed
from tests.web.pages import signed_in
from tiepdan.matters import actions, rules
from tiepdan.matters.actions import Findings, Part, link_lead, record_lead, split_filing
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import Competence, FilingKind, LeadChannel, OnlineGround

FOUND = {"findings": Findings(Competence.OWN), "online_ground": OnlineGround.E, "at": MORNING}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DOCUMENTS_DIR = tmp_path / "documents"


@pytest.mark.django_db(transaction=True)
def test_a_call_before_the_filing_is_forgotten():
    """Who telephoned before filing should be forgotten with the filing's author."""
    cast = everyone.people()
    filing = named(cast)
    lead = record_lead(
        channel=LeadChannel.TELEPHONE, full_name=CANARY.full_name, phone=CANARY.phone, about="x",
        guidance="y", agency=cast.board, by=cast.officer, at=MORNING,
    )  # fmt: skip
    link_lead(lead=lead, filing=filing, by=cast.officer, at=MORNING)
    sealed(cast, filing)
    assert traces() == []


@pytest.mark.django_db(transaction=True)
def test_a_name_without_marks_is_forgotten():
    """A summary that names the author without marks should be blotted out too."""
    cast = everyone.people()
    filing = named(cast)
    actions.classify_filing(
        filing=filing, kind=FilingKind.DENUNCIATION, summary="Ba vi thi  HOANG yen to cao",
        by=cast.officer, **FOUND,
    )  # fmt: skip
    sealed(cast, filing)
    assert traces() == []


@pytest.mark.django_db(transaction=True)
def test_title_of_a_shared_affair_is_forgotten():
    """The title of a matter that others joined should not keep the name."""
    cast = everyone.people()
    filing = named(cast)
    other = everyone.filing(cast, 1)
    actions.classify_filing(
        filing=other, kind=FilingKind.COMPLAINT, summary="z", by=cast.officer,
        matter=filing.matter, **FOUND,
    )  # fmt: skip
    sealed(cast, filing)
    assert traces() == []


@pytest.mark.django_db
def test_a_denunciation_is_no_part(cast):
    """A denunciation should not be split off: its author would stand in the other parts."""
    parts = [Part(FilingKind.COMPLAINT, "a", "b"), Part(FilingKind.DENUNCIATION, "c", "d")]
    with pytest.raises(NotValidError) as caught:
        split_filing(filing=mixed(cast), parts=parts, by=cast.officer)
    assert "Điều 56" in caught.value.article


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["registrar", "secretary", "inspector", "clerk_a"])
def test_registers_before_sealing(cast, who):
    """Before it is sealed, no register should show what the author wrote as subject."""
    named(cast)
    for which in ("tiep-cong-dan", "don"):
        asked = f"?agency={cast.board.code}&starts_on=01/11/2026&ends_on=31/12/2026"
        page = signed_in(getattr(cast, who)).get(reverse("desk:register", args=[which]) + asked)
        assert "Hoàng Yến" not in page.content.decode()


@pytest.mark.parametrize(
    ("text", "secret", "expected"),
    [
        ("Bà Vi Thị Yến tố cáo", "Vi Thị Yến", "Bà █████ tố cáo"),
        ("ba vi  thi yen to cao", "Vi Thị Yến", "ba █████ to cao"),
        ("Vi Thị Yếng", "Vi Thị Yến", "Vi Thị Yếng"),
        ("Số 0987001122.", "0987001122", "Số █████."),
        ("x", " ", "x"),
        ("Hôm ấy bà Yến có mặt", "Vi Thị Yến", "Hôm ấy █████ có mặt"),
        ("ba Yen khai", "Vi Thị Yến", "█████ khai"),
        ("bà yên tâm, bà Nguyễn Thị Yến", "Vi Thị Yến", "bà yên tâm, bà Nguyễn Thị Yến"),
    ],
)
def test_blotting_out(text, secret, expected):
    """Whole words should be blotted out whatever their marks, and nothing else."""
    assert rules.blackened(text, [secret]) == expected
