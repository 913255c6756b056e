"""Scans at the counter: said beside the field, listed on the filing, handed out with care."""

from tests.matters import scans
from tests.web.pages import counter_data, error_beside, signed_in, submission_key, text
from tiepdan.audit.queries import entries_of
from tiepdan.matters.models import Attachment, Filing

NEW = "/ban-lam-viec/don/moi/"


def send(cast, *uploads, **typed):
    """A clerk of A sends the counter form with these files."""
    return signed_in(cast.clerk_a).post(NEW, counter_data(cast, **typed) | {"attachments": uploads})


def attached(cast, name="Đơn kiến nghị.pdf"):
    """A paper of a filing taken in at A."""
    send(cast, scans.upload(name=name))
    return Attachment.objects.get()


def test_scans_are_listed_on_the_filing(cast):
    """Chosen files should be kept and stand on the page of the filing."""
    send(cast, scans.upload(name="Đơn.pdf"), scans.upload(scans.jpeg(), "anh.jpg"))
    filing = Filing.objects.get()
    page = signed_in(cast.head).get(f"/ban-lam-viec/don/{filing.pk}/")
    assert "Giấy tờ kèm theo" in text(page)
    assert filing.attachments.count() == 2
    assert {"Đơn.pdf", "anh.jpg"} <= set(text(page).split())


def test_filing_without_scans_is_fine(cast):
    """Files are optional."""
    assert send(cast).status_code == 302
    assert Filing.objects.get().attachments.count() == 0


def test_disguised_file_is_said_beside_the_field(cast):
    """A program named .pdf should be refused beside the field, with everything typed kept."""
    page = send(cast, scans.upload(b"MZ\x90\0 program", "hoa-don.pdf"))
    assert "không phải là PDF, ảnh chụp" in error_beside(page, "attachments")
    assert "thôn Nà Hoa" in page.content.decode()
    assert not Filing.objects.exists()


def test_too_many_and_too_large_are_said_beside_the_field(cast):
    """Six files and 21 MB should be refused beside the field."""
    six = send(cast, *[scans.upload() for _ in range(6)])
    assert "nhiều nhất 5 tệp" in error_beside(six, "attachments")
    assert "tối đa 20 MB" in error_beside(send(cast, scans.large(21)), "attachments")


def test_broken_picture_is_said_beside_the_field(cast):
    """A picture that cannot be read should be refused beside the field."""
    page = send(cast, scans.upload(scans.jpeg()[:40], "anh.jpg"))
    assert "bị hỏng" in error_beside(page, "attachments")
    assert not Filing.objects.exists()


def test_files_are_asked_for_again_when_something_else_is_wrong(cast):
    """No browser keeps chosen files: the page should say so instead of dropping them silently."""
    page = send(cast, scans.upload(), id_number="123")
    assert "chọn lại các tệp" in error_beside(page, "attachments")


def test_double_submit_with_files_is_one_filing(cast):
    """The same page sent twice with its files should keep each file once."""
    client = signed_in(cast.clerk_a)
    data = counter_data(cast, submission_key=submission_key(client.get(NEW)))
    first, second = (client.post(NEW, data | {"attachments": scans.upload()}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Attachment.objects.count() == 1


def test_download_is_never_opened_in_the_page(cast):
    """nginx should send the file as a download under its given name, and the log know of it."""
    paper = attached(cast)
    response = signed_in(cast.officer).get(f"/ban-lam-viec/don/giay-to/{paper.pk}/")
    assert response["X-Accel-Redirect"] == f"/protected/documents/{paper.stored_name}"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C4%90%C6%A1n")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert entries_of(paper.filing).latest("sequence").verb == "download_attachment"


def test_download_is_for_those_who_see_the_filing(cast):
    """Another commune should not find the paper."""
    paper = attached(cast)
    for user, status in [(cast.outsider, 404), (cast.stranger, 403), (cast.clerk_a, 200)]:
        response = signed_in(user).get(f"/ban-lam-viec/don/giay-to/{paper.pk}/")
        assert response.status_code == status


def test_state_of_the_scan_is_said_and_infected_papers_stay_closed(cast):
    """An unscanned paper should say so; an infected one should not be handed out."""
    paper = attached(cast)
    client, page = signed_in(cast.officer), f"/ban-lam-viec/don/{paper.filing_id}/"
    assert "Chưa quét virus" in text(client.get(page))
    Attachment.objects.update(scan="infected")
    download = f"/ban-lam-viec/don/giay-to/{paper.pk}/"
    assert download not in client.get(page).content.decode()
    refused = client.get(download, follow=True)
    assert "X-Accel-Redirect" not in refused.headers
    assert "Có mã độc, không mở" in text(refused)
    assert "không tải về được" in text(refused)


def test_papers_follow_later(cast):
    """A clerk should add what the citizen brings later; without a file the page says so."""
    filing = attached(cast).filing
    client, page = signed_in(cast.clerk_a), f"/ban-lam-viec/don/{filing.pk}/giay-to/them/"
    assert page in client.get(f"/ban-lam-viec/don/{filing.pk}/").content.decode()
    assert "ít nhất một tệp" in error_beside(client.post(page, {}), "attachments")
    client.post(page, {"attachments": [scans.upload(scans.heic(), "b.heic")]})
    assert sorted(filing.attachments.values_list("name", flat=True)) == [
        "b.jpg",
        "Đơn kiến nghị.pdf",
    ]


def test_papers_of_a_denunciation_stay_on_paper(cast):
    """Handwriting of somebody who denounces should not come in."""
    filing = attached(cast).filing
    Filing.objects.update(identity_protected=True)
    page = f"/ban-lam-viec/don/{filing.pk}/giay-to/them/"
    answer = signed_in(cast.officer).post(page, {"attachments": [scans.upload()]})
    assert answer.status_code == 404 or "sổ niêm phong" in text(answer)
    assert filing.attachments.count() == 1


def test_denunciation_is_asked_about_before_the_form(cast):
    """The page should say first that a denouncer's name is not entered here."""
    body = signed_in(cast.clerk_a).get(NEW).content.decode()
    assert 0 < body.index("tố cáo ai không") < body.index("multipart/form-data")
