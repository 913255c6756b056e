"""Who sees what: another commune's affairs are not there."""

from django.test import Client
from django.urls import reverse

from tests import cast as everyone
from tests.scheduling import plans
from tests.web.pages import signed_in, text
from tiepdan.documents.models import Document


def test_another_communes_clerk_does_not_find_the_filing(cast):
    """A clerk should get 404 for a filing of another commune, on each of its pages."""
    filing = everyone.filing(cast)
    client = signed_in(cast.outsider)
    for name in ("filing", "filing_receipt", "filing_consent", "filing_withdraw"):
        assert client.get(reverse(f"desk:{name}", args=[filing.pk])).status_code == 404, name
    assert filing.tracking_code not in text(client.get("/ban-lam-viec/don/"))


def test_own_clerk_finds_it_but_may_not_classify(cast):
    """The citizen's own commune should see the filing and not do the board's work."""
    filing = everyone.filing(cast)
    client = signed_in(cast.clerk_a)
    assert client.get(reverse("desk:filing", args=[filing.pk])).status_code == 200
    for name in ("filing_classify", "filing_propose", "filing_decline"):
        assert client.get(reverse(f"desk:{name}", args=[filing.pk])).status_code == 403, name


def test_receipt_file_goes_through_nginx_and_into_the_log(cast):
    """A document should be handed out by nginx after the check, with a line in the log."""
    document = everyone.filing(cast).receipt
    page = reverse("desk:document_pdf", args=[document.pk])
    Document.objects.update(
        pdf_name="ab/x/1-abc.pdf", docx_name="ab/x/1-abc.docx", rendered_revision=document.revision
    )
    response = signed_in(cast.clerk_a).get(page)
    assert response["X-Accel-Redirect"] == "/protected/documents/ab/x/1-abc.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="')
    assert signed_in(cast.outsider).get(page).status_code == 404
    assert signed_in(cast.operator).get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_file_not_yet_made_is_said(cast):
    """A document still being made should be said so, not fail."""
    document = everyone.filing(cast).receipt
    response = signed_in(cast.clerk_a).get(reverse("desk:document_pdf", args=[document.pk]))
    assert response.status_code == 202
    assert "đang được lập" in text(response)


def test_commune_sees_its_own_turns_only(cast):
    """A commune should see receptions it takes part in, with its own citizens only."""
    everyone.approved_filing(cast, 0, agency=cast.commune_a)
    everyone.approved_filing(cast, 1, agency=cast.commune_b)
    reception = plans.published(cast)
    page = reverse("desk:reception", args=[reception.pk])
    signed_in(cast.head).post(reverse("desk:reception_place", args=[reception.pk]))
    shown = text(signed_in(cast.clerk_a).get(page))
    assert everyone.NAMES[0] in shown
    assert everyone.NAMES[1] not in shown
    assert signed_in(cast.outsider).get(page).status_code == 404


def test_signing_in_and_out(cast):
    """A wrong password should be told plainly, a right one lead to the day's work."""
    cast.clerk_a.set_password("mat-khau-dai-12")
    cast.clerk_a.save()
    client = Client()
    wrong = client.post("/dang-nhap/", {"username": "xa-huu-lung", "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in text(wrong)
    right = client.post(
        "/dang-nhap/", {"username": "xa-huu-lung", "password": "mat-khau-dai-12"}, follow=True
    )
    assert "Việc hôm nay" in text(right)
    assert client.post("/dang-xuat/")["Location"] == "/"


def test_five_wrong_passwords_are_told_to_wait(cast):
    """After five failures the page should say to wait."""
    client, wrong = Client(), {"username": "xa-huu-lung", "password": "sai"}
    for _ in range(5):
        response = client.post("/dang-nhap/", wrong)
    assert "Đã thử sai 5 lần; xin thử lại sau 5 phút" in text(response)
