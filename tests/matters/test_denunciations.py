"""A denouncer's identity never enters the system, or leaves it without a trace."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast as everyone
from tests.cast import MORNING, People
from tests.matters.scans import docx, jpeg
from tests.web.pages import signed_in
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import actions, permissions, rules
from tiepdan.matters.actions import Findings, PersonDetails, must_be_sealed, seal_identity
from tiepdan.matters.actions.denouncing import new_pseudonym
from tiepdan.matters.models import Filing
from tiepdan.matters.queries import filings_for
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import Channel, Competence, FilingKind, OnlineGround

CANARY = PersonDetails(
    full_name="Vi Thị Hoàng Yến", id_number="020185009977", birth_year=1985, phone="0987001122",
    address="ngõ 7 đường Mai Thế Chuẩn", commune=None,  # type: ignore[arg-type]
)  # fmt: skip


def denounced(cast: People, **traits: object) -> Filing:
    """A denunciation registered as one."""
    told = {
        "place": cast.commune_a.unit, "subject": "Cán bộ xã nhận tiền", "channel": Channel.LETTER,
        "content": "Ông A nhận 5 triệu đồng ngày 01/11/2026.", "agency": cast.board,
        "by": cast.officer, "at": MORNING,
    }  # fmt: skip
    return actions.register_denunciation(**told | traits).filing  # type: ignore[arg-type]


@pytest.mark.django_db
def test_number_instead_of_a_name(cast):
    """A denunciation should bear the next number of the sealed register and nothing else."""
    first, second = denounced(cast), denounced(cast)
    assert (first.pseudonym, second.pseudonym) == ("TC-2026-0001", "TC-2026-0002")
    person = first.petitioner
    assert (person.full_name, person.id_number, person.phone, person.address) == (
        "TC-2026-0001", "", "", "",
    )  # fmt: skip
    assert first.shown_name == "TC-2026-0001"
    assert first.receipt
    assert first.receipt.context["petitioner"]["name"] == "TC-2026-0001"
    assert not must_be_sealed(first)
    assert new_pseudonym(date(2027, 1, 2)) == "TC-2027-0001"


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["subject", "content", "request"])
@pytest.mark.parametrize("number", ["020185009977", "0987 001 122", "0987.001.122"])
def test_numbers_are_not_taken_in(cast, field, number):
    """A text with what looks like somebody's number should be refused beside the field."""
    with pytest.raises(NotValidError) as caught:
        denounced(cast, **{field: f"Gọi tôi số {number} nhé"})
    assert caught.value.rule == field
    assert not Filing.objects.exists()


@pytest.mark.parametrize("text", ["Nhận 5.000.000 đồng", "ngày 01/11/2026", "thửa 123, tờ 45"])
def test_money_and_days_are_no_numbers_of_persons(text):
    """Amounts, days and parcels should stay sayable."""
    rules.check_anonymous("content", text)


@pytest.mark.django_db
def test_form_sent_twice_is_one(cast):
    """The same form again should give the same number."""
    key = "00000000-0000-4000-8000-000000000001"
    assert denounced(cast, submission_key=key) == denounced(cast, submission_key=key)


def written(cast: People) -> Filing:
    """A filing with a name and a scan; nobody has said yet that it is a denunciation."""
    person = CANARY.__class__(**{**CANARY.__dict__, "commune": cast.commune_a.unit})
    return actions.register_filing(
        person=person,
        channel=Channel.LETTER,
        subject="Tôi là Vi Thị Hoàng Yến, xin gặp Chủ tịch",
        content="Tôi, VI THỊ HOÀNG  YẾN, ở ngõ 7 đường Mai Thế Chuẩn, tố cáo ông A.",
        request="Gọi 0987001122",
        consents_online=False,
        uploads=[
            SimpleUploadedFile("Vi Thị Hoàng Yến.jpg", jpeg(), "image/jpeg"),
            SimpleUploadedFile("don.docx", docx(docProps__core_xml=f"<t>{CANARY.full_name}</t>")),
        ],
        agency=cast.board,
        by=cast.officer,
        at=MORNING,
    ).filing


def found_out(cast: People, filing: Filing, whose: Competence = Competence.OWN) -> Filing:
    """It turns out to be a denunciation."""
    actions.classify_filing(
        filing=filing, kind=FilingKind.DENUNCIATION, findings=Findings(whose),
        online_ground=OnlineGround.E, summary="Bà Vi Thị Hoàng Yến tố cáo ông A",
        by=cast.officer, at=MORNING,
    )  # fmt: skip
    return Filing.objects.get(pk=filing.pk)


def named(cast: People) -> Filing:
    """A filing with a name and a scan that turned out to be a denunciation."""
    return found_out(cast, written(cast))


def sealed(cast: People, filing: Filing, **traits: object) -> Filing:
    told = {
        "subject": "Tố cáo ông A", "content": "Tố cáo ông A nhận tiền.", "request": "",
        "copied": True, "by": cast.officer, "at": MORNING,
    }  # fmt: skip
    return seal_identity(filing=filing, **told | traits)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "left", ["content", "subject", "request"],
)  # fmt: skip
def test_no_name_is_left_in_the_words(cast, left):
    """Sealing should be refused while a text still holds the name, with or without marks."""
    filing = named(cast)
    with pytest.raises(NotValidError) as caught:
        sealed(cast, filing, **{left: "don cua ba vi thi hoang yen"})
    assert caught.value.rule == left
    filing.refresh_from_db()
    assert filing.pseudonym is None


@pytest.mark.django_db
@pytest.mark.parametrize("called", ["bà Yến", "Chị Yến", "ba Yen"])
def test_part_of_a_name_is_a_name(cast, called):
    """Sealing should be refused while somebody is called by the author's given name."""
    with pytest.raises(NotValidError) as caught:
        sealed(cast, named(cast), content=f"Hôm ấy {called} nhìn thấy.")
    assert caught.value.rule == "content"
    assert called in caught.value.message
    assert sealed(cast, named(cast), content="Cán bộ không yên tâm.").pseudonym


@pytest.mark.django_db
def test_identity_must_be_on_paper_first(cast):
    """Nothing should be destroyed before the official says that the paper register has it."""
    filing = named(cast)
    with pytest.raises(NotValidError):
        sealed(cast, filing, copied=False)
    with pytest.raises(RuleRefusedError):
        sealed(cast, filing, by=cast.clerk_a)
    sealed(cast, filing)
    with pytest.raises(RuleRefusedError):
        sealed(cast, Filing.objects.get(pk=filing.pk))
    with pytest.raises(RuleRefusedError):
        sealed(cast, everyone.classified_filing(cast, 3))


WHO = [
    "chair", "head", "officer", "secretary", "registrar", "operator", "inspector", "clerk_a",
    "department_officer", "stranger",
]  # fmt: skip
MAY = {"chair", "head", "officer"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_who_reads_a_denunciation(cast, who):
    """Only the board's officer and head and the chair should see it and its papers."""
    filing = denounced(cast, agency=cast.commune_a, by=cast.clerk_a)
    user = getattr(cast, who)
    may = who in MAY
    assert permissions.can_see(user, filing) is may
    assert (filing in filings_for(user)) is may
    client = signed_in(user)
    answers = {
        client.get(reverse("desk:filing", args=[filing.pk])).status_code,
        client.get(reverse("desk:document_docx", args=[filing.receipt_id])).status_code,
    }
    assert answers <= ({200, 202} if may else {403, 404})
    listing = client.get(reverse("desk:filings"))
    if listing.status_code == 200:
        assert (filing.tracking_code in listing.content.decode()) is may


@pytest.mark.django_db
def test_pages_ask_for_no_name(cast):
    """The counter's page for denunciations should have no field for its author, and lead on."""
    client = signed_in(cast.clerk_a)
    page = client.get(reverse("desk:denunciation_new")).content.decode()
    assert not re.search(r'name="(full_name|id_number|phone|address|attachments)"', page)
    answer = client.post(
        reverse("desk:denunciation_new"),
        {
            "place": str(cast.commune_a.unit.pk), "channel": "in_person", "headcount": "1",
            "subject": "Việc nhận tiền", "content": "Ông A nhận tiền.",
        },
    )  # fmt: skip
    filing = Filing.objects.get()
    assert answer["Location"] == reverse("desk:sealed_sheet", args=[filing.pk])
    sheet = client.get(answer["Location"]).content.decode()
    assert "TC-20" in sheet
    assert filing.tracking_code in sheet


@pytest.mark.django_db
def test_sealing_from_the_page(cast):
    """A filing that turns out to be a denunciation should lead to sealing as the next step."""
    filing = named(cast)
    client = signed_in(cast.officer)
    page = client.get(reverse("desk:filing", args=[filing.pk])).content.decode()
    where = reverse("desk:filing_seal", args=[filing.pk])
    assert where in page
    form = client.get(where).context["form"]
    assert "YẾN" not in form.initial["content"]
    told = {"subject": "Tố cáo ông A", "content": "Nhận tiền.", "copied": "on"}
    assert client.post(where, told).status_code == 302
    filing.refresh_from_db()
    assert filing.pseudonym
