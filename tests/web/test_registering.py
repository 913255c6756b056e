"""Registering online by the citizen alone: one question a page, kept safely, sent once."""

import re

import pytest
from django.test import Client

from tests.matters import scans
from tests.scheduling import plans
from tests.web.pages import error_beside, signed_in, text
from tiepdan.matters.actions import Findings, classify_filing, decide, propose_filing
from tiepdan.matters.models import Consent, Filing, PartialUpload
from tiepdan.matters.states import Competence, FilingKind, OnlineGround, ReceptionForm, Verdict
from tiepdan.portal import limits
from tiepdan.portal.models import Draft
from tiepdan.scheduling.actions import place_appointments

PAGE = "/dang-ky/buoc/{}/"
REVIEW, RECEIPT, TAKE_UP = "/dang-ky/xem-lai/", "/dang-ky/bien-nhan/", "/dang-ky/lam-tiep/"
NAMES = ["viec", "noi-dung", "ho-ten", "noi-o", "hinh-thuc", "ho-tro", "giay-to"]
STORY = "Nhà tôi chưa được đền bù thửa ruộng làm đường."


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = tmp_path


online = pytest.mark.usefixtures("online_province")


def answers(cast):
    """What a citizen answers, page by page."""
    return {
        "viec": {"what": "complaint"},
        "noi-dung": {"subject": "Đền bù đất", "content": STORY, "request": "Đo lại"},
        "ho-ten": {
            "full_name": "Lương Thị Bình",
            "id_number": "020190000777",
            "birth_year": "1990",
        },
        "noi-o": {
            "commune": str(cast.commune_a.unit.pk),
            "address": "thôn Nà Hoa",
            "phone": "0912 345 678",
        },
        "hinh-thuc": {"consent": "yes"},
        "ho-tro": {"headcount": "2", "needs": ["interpreter", "hearing"], "language": "tiếng Tày"},
        "giay-to": {},
    }


def go(client, cast, until=None, **changed):
    """Answer the pages up to `until`; the last answer."""
    response = None
    for name, data in answers(cast).items():
        if name == until:
            return response
        response = client.post(PAGE.format(name), changed.get(name.replace("-", "_"), data))
        assert response.status_code == 302, (name, text(response))
    return response


def codes(page):
    """The two codes a page shows."""
    return re.findall(r'class="code"[^>]*>([^<]+)<', page.content.decode())


@online
def test_citizen_registers_page_by_page(cast):
    """Seven pages, a summary and a receipt should lead to a filing of nobody's hand but one's."""
    client = Client()
    for number, name in enumerate(NAMES, 1):
        page = client.get(PAGE.format(name))
        assert f"Bước {number} trong 7" in text(page)
        sent = client.post(PAGE.format(name), answers(cast)[name])
        following = PAGE.format(NAMES[number]) if number < 7 else REVIEW
        assert sent["Location"] == following
    assert STORY in text(client.get(REVIEW))
    assert client.post(REVIEW)["Location"] == RECEIPT
    filing = Filing.objects.get()
    assert (filing.channel, filing.received_by, filing.received_at_agency) == (
        "online",
        None,
        cast.board,
    )
    assert (filing.headcount, filing.needs, filing.language) == (
        2,
        ["interpreter", "hearing"],
        "tiếng Tày",
    )
    assert (filing.petitioner.phone, filing.petitioner.id_number) == ("0912345678", "020190000777")
    consent = Consent.objects.get()
    assert (consent.given, consent.recorded_by) == (True, None)
    assert not Draft.objects.exists()


@online
def test_receipt_is_shown_with_both_codes_and_looks_up(cast):
    """The receipt should carry code and digits that find the filing, until it is closed."""
    client = Client()
    go(client, cast)
    page = client.post(REVIEW, follow=True)
    code, digits = codes(page)
    tracked = Client().post("/tra-cuu/", {"code": code, "digits": digits}, follow=True)
    assert "đã được tiếp nhận" in text(tracked)
    assert page["Cache-Control"] == "private, no-store"
    assert client.get(RECEIPT).status_code == 200
    client.post("/dang-ky/dong/")
    assert client.get(RECEIPT).status_code == 302
    assert Client().get(RECEIPT).status_code == 302


@online
def test_desk_shows_what_nobody_took_in(cast):
    """Every page about it should do without an official who received it."""
    client = Client()
    go(client, cast, giay_to={"attachments": scans.upload(scans.jpeg(), "anh.jpg")})
    client.post(REVIEW)
    filing = Filing.objects.get()
    officer = signed_in(cast.officer)
    page = text(officer.get(f"/ban-lam-viec/don/{filing.pk}/"))
    assert "Trực tuyến" in page
    assert "Công dân, qua mạng" in page
    assert "anh.jpg" in page
    for where in [
        "/ban-lam-viec/don/",
        "/ban-lam-viec/",
        f"/ban-lam-viec/don/{filing.pk}/phan-loai/",
    ]:
        assert officer.get(where).status_code == 200, where
    assert filing.receipt.context["officer_name"] == cast.head.full_name
    assert filing.receipt.context["channel"] == "Trực tuyến"


def test_province_without_it_explains_the_other_ways(cast):
    """Lạng Sơn admits two ways only: the pages should lead to where they are explained."""
    assert "Bắt đầu đăng ký" not in text(Client().get("/dang-ky/"))
    for name in NAMES:
        for ask in (Client().get, Client().post):
            assert ask(PAGE.format(name))["Location"] == "/dang-ky/"
    for where in [REVIEW, TAKE_UP]:
        assert Client().post(where)["Location"] == "/dang-ky/"
    assert not Draft.objects.exists()


@online
def test_denunciation_is_turned_away_before_anything_is_kept(cast):
    """Whoever says «tố cáo» should read how to do it safely; nothing should be stored."""
    client = Client()
    page = client.post(PAGE.format("viec"), {"what": "denunciation"}, follow=True)
    assert "xin đừng gửi trên mạng" in text(page)
    assert not Draft.objects.exists()
    go(client, cast, until="hinh-thuc")
    client.post(PAGE.format("viec"), {"what": "denunciation"})
    assert not Draft.objects.exists()


@online
def test_word_of_denouncing_is_asked_about_before_sending(cast):
    """A story that speaks of «tố cáo» should be asked about once more."""
    client = Client()
    go(client, cast, noi_dung={"subject": "Đất", "content": "Tôi TỐ CÁO ông X nhận tiền."})
    assert "có tố cáo ai không" in text(client.get(REVIEW))


@online
@pytest.mark.parametrize(
    ("page", "field", "value", "said"),
    [
        ("viec", "what", "", "Hãy trả lời"),
        ("viec", "what", "other", "other"),
        ("noi-dung", "content", " ", "Hãy trả lời"),
        ("noi-dung", "content", "x" * 20_001, "20000"),
        ("ho-ten", "full_name", "An 7", "đầy đủ họ và tên"),
        ("ho-ten", "id_number", "123456789", "9 số đã hết giá trị"),
        ("ho-ten", "id_number", "", "Hãy trả lời"),
        ("ho-ten", "birth_year", "2999", "Năm sinh phải từ 1900"),
        ("noi-o", "commune", "999999", ""),
        ("noi-o", "phone", "12", "10 chữ số"),
        ("hinh-thuc", "consent", "", "Hãy trả lời"),
        ("ho-tro", "headcount", "0", "ít nhất một người"),
    ],
)
def test_wrong_answer_is_said_beside_the_field(cast, page, field, value, said):
    """The rules of the counter should hold here, too; the page stays and keeps what was typed."""
    client = Client()
    go(client, cast, until=page)
    again = client.post(PAGE.format(page), answers(cast)[page] | {field: value})
    assert again.status_code == 200
    assert error_beside(again, field)
    assert said in error_beside(again, field)
    assert "Lỗi:" in again.content.decode().split("</title>")[0]
    assert client.get(REVIEW)["Location"] == (PAGE.format(page) if page != "viec" else "/dang-ky/")


@online
def test_pages_cannot_be_skipped(cast):
    """A later page should lead back to the first one not answered."""
    client = Client()
    assert client.get(PAGE.format("giay-to"))["Location"] == PAGE.format("viec")
    go(client, cast, until="noi-o")
    assert client.get(PAGE.format("giay-to"))["Location"] == PAGE.format("noi-o")
    assert client.get(PAGE.format("khong-co")).status_code == 404


@online
def test_answer_is_changed_from_the_summary(cast):
    """«Sửa» should show what was answered and come back to the summary."""
    client = Client()
    go(client, cast)
    page = client.get(PAGE.format("noi-o"))
    assert "thôn Nà Hoa" in page.content.decode()
    changed = answers(cast)["noi-o"] | {"address": "thôn Khuổi Nọi"}
    assert client.post(PAGE.format("noi-o"), changed)["Location"] == REVIEW
    assert "thôn Khuổi Nọi" in text(client.get(REVIEW))


@online
def test_sent_twice_is_one_filing(cast):
    """A second press should lead to the same receipt."""
    client = Client()
    go(client, cast)
    first, second = client.post(REVIEW), client.post(REVIEW)
    assert first["Location"] == second["Location"] == RECEIPT
    assert Filing.objects.count() == 1


@online
def test_files_come_without_script_and_may_be_let_go(cast):
    """Files of the plain form should be kept for the summary; unticked ones should go."""
    client = Client()
    files = [scans.upload(name="a.pdf"), scans.upload(scans.heic(), "b.heic")]
    go(client, cast, giay_to={"attachments": files})
    assert "a, b" in text(client.get(REVIEW)).replace(".pdf", "")
    keep = str(PartialUpload.objects.get(name__startswith="b").pk)
    client.post(PAGE.format("giay-to"), {"attachments_sent": [keep]})
    client.post(REVIEW)
    assert [paper.name for paper in Filing.objects.get().attachments.all()] == ["b.jpg"]


@online
def test_expired_file_is_asked_for_again(cast):
    """A file swept meanwhile should lead back to its page, with words."""
    client = Client()
    go(client, cast, giay_to={"attachments": scans.upload()})
    PartialUpload.objects.all().delete()
    assert client.post(REVIEW)["Location"] == PAGE.format("giay-to")
    assert "hết hạn" in error_beside(client.get(PAGE.format("giay-to")), "attachments")


@online
def test_bad_file_is_said_beside_the_field(cast):
    """A program named .pdf should be refused on its page."""
    client = Client()
    go(client, cast, until="giay-to")
    page = client.post(PAGE.format("giay-to"), {"attachments": scans.upload(b"MZ\x90" * 9)})
    assert "không phải là PDF" in error_beside(page, "attachments")


@online
def test_file_that_is_refused_only_when_registered_says_why(cast):
    """What only the whole file shows should be said on the summary, with nothing registered."""
    client = Client()
    go(client, cast, giay_to={"attachments": scans.upload(scans.zip_bomb(201), "don.docx")})
    assert "giải nén ra quá lớn" in text(client.post(REVIEW))
    assert not Filing.objects.exists()


@online
def test_one_address_begins_and_sends_so_many_only(cast):
    """Twenty registrations begun, ten sent in ten minutes should be the most of one address."""
    for _ in range(limits.MOST_DRAFTS):
        client = Client()
        client.post(PAGE.format("viec"), {"what": "complaint"})
    assert Draft.objects.count() == limits.MOST_DRAFTS
    refused = Client().post(PAGE.format("viec"), {"what": "complaint"}, follow=True)
    assert "Quá nhiều đăng ký" in text(refused)
    assert Draft.objects.count() == limits.MOST_DRAFTS


@online
def test_group_is_told_what_a_group_does(cast):
    """Five and more should read that they send representatives."""
    client = Client()
    go(client, cast, ho_tro={"headcount": "5"})
    assert "đoàn đông người" in text(client.get(REVIEW))


@online
def test_registered_online_goes_all_the_way(cast):
    """Classified, proposed, approved, placed: nothing on the way should need who took it in."""
    citizen = Client()
    go(citizen, cast)
    code, digits = codes(citizen.post(REVIEW, follow=True))
    filing = Filing.objects.get()
    classify_filing(
        filing=filing,
        kind=FilingKind.COMPLAINT,
        findings=Findings(Competence.OWN),
        online_ground=OnlineGround.C,
        summary="Khiếu nại về đất.",
        by=cast.officer,
    )
    propose_filing(
        filing=filing, form=ReceptionForm.ONLINE, reason="Thuộc thẩm quyền", by=cast.head
    )
    filing.refresh_from_db()
    decide(disposition=filing.disposition, verdict=Verdict.APPROVED, reason="", by=cast.chair)
    reception = plans.published(cast)
    place_appointments(reception=reception, by=cast.officer, at=plans.LATER)
    officer = signed_in(cast.officer)
    for page in [
        f"/ban-lam-viec/don/{filing.pk}/",
        f"/ban-lam-viec/lich-tiep/{reception.pk}/",
        "/ban-lam-viec/don/",
        "/ban-lam-viec/",
    ]:
        assert officer.get(page).status_code == 200, page
    told = Client().post("/tra-cuu/", {"code": code, "digits": digits}, follow=True)
    assert "được Chủ tịch tiếp" in text(told)
