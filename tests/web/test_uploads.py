"""Files in pieces over HTTP: offsets, strangers, limits; the desk's form takes what arrived."""

import pytest
from django.test import Client

from tests.matters import scans
from tests.web.pages import counter_data, error_beside, signed_in, text
from tiepdan.matters.models import Attachment, Filing, PartialUpload
from tiepdan.matters.resumable import LARGEST_PIECE
from tiepdan.portal.limits import MOST_UPLOADS

NEW = "/ban-lam-viec/don/moi/"


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = tmp_path


def announce(client, size=None, name="Đơn.pdf"):
    """Say that a file comes."""
    return client.post("/tep/", {"name": name, "size": len(scans.PDF) if size is None else size})


def put(client, url, content, offset):
    """Send a piece."""
    return client.patch(
        url,
        content,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def sent(client, content=scans.PDF, name="Đơn.pdf"):
    """A whole file; its id."""
    began = announce(client, len(content), name).json()
    assert put(client, began["url"], content, 0).status_code == 204
    return began["id"]


def test_file_goes_on_from_the_last_stored_byte(cast):
    """After a cut the server should say how far it is, and take what follows."""
    client = signed_in(cast.clerk_a)
    began = announce(client)
    url = began.json()["url"]
    assert began.status_code == 201
    assert put(client, url, scans.PDF[:50], 0)["Upload-Offset"] == "50"
    where = client.head(url)
    assert (where["Upload-Offset"], where["Upload-Length"]) == ("50", str(len(scans.PDF)))
    assert where["Cache-Control"].endswith("no-store, must-revalidate, private")
    assert put(client, url, scans.PDF[50:], 50)["Upload-Offset"] == str(len(scans.PDF))


@pytest.mark.parametrize(
    ("offset", "status"),
    [("0", 409), ("51", 409), ("", 400), ("x", 400), ("-1", 400), ("9" * 30, 400)],
)
def test_wrong_offset_is_answered_with_the_true_one(cast, offset, status):
    """A piece that does not follow should store nothing."""
    client = signed_in(cast.clerk_a)
    url = announce(client).json()["url"]
    put(client, url, scans.PDF[:50], 0)
    refused = put(client, url, b"x", offset)
    assert refused.status_code == status
    assert status != 409 or refused["Upload-Offset"] == "50"
    assert client.head(url)["Upload-Offset"] == "50"


@pytest.mark.parametrize("method", ["head", "patch", "delete"])
@pytest.mark.usefixtures("online_province")
def test_foreign_file_does_not_exist(cast, method):
    """Another official or another browser should not find the file."""
    url = announce(signed_in(cast.clerk_a)).json()["url"]
    for client in [signed_in(cast.clerk_b), Client()]:
        assert getattr(client, method)(url).status_code == 404
    assert PartialUpload.objects.count() == 1


def test_piece_longer_than_announced_is_refused(cast):
    """Neither the file nor a piece should grow beyond what was said."""
    client = signed_in(cast.clerk_a)
    url = announce(client, 10).json()["url"]
    assert put(client, url, b"x" * 11, 0).status_code == 413
    url = announce(client, 3 * LARGEST_PIECE).json()["url"]
    assert put(client, url, b"x" * (LARGEST_PIECE + 1), 0).status_code == 413
    assert client.head(url)["Upload-Offset"] == "0"


@pytest.mark.parametrize("size", ["", "x", "-1", "1" * 40])
def test_size_that_is_none_is_refused(cast, size):
    """Nonsense should be a bad request, not a fault."""
    assert announce(signed_in(cast.clerk_a), size).status_code in {400, 422}


def test_too_large_is_said_before_anything_is_sent(cast):
    """21 MB should be refused in words."""
    refused = announce(signed_in(cast.clerk_a), 21 * 1024 * 1024)
    assert refused.status_code == 422
    assert "20 MB" in refused.json()["said"]


@pytest.mark.django_db
def test_citizens_send_nothing_where_they_do_not_register_online():
    """Lạng Sơn takes registrations in person and by letter: no files without an account."""
    assert announce(Client()).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("online_province")
def test_citizens_send_where_they_register_online():
    """Somebody without account should send files from their own browser."""
    client = Client()
    assert put(client, announce(client).json()["url"], scans.PDF, 0).status_code == 204


@pytest.mark.django_db
@pytest.mark.usefixtures("online_province")
def test_one_address_begins_sixty_files_in_ten_minutes():
    """Whoever fills the disk from one address should be slowed down."""
    for _ in range(MOST_UPLOADS):
        assert announce(Client(), 1).status_code == 201
    assert announce(Client(), 1).status_code == 429


def test_sender_may_let_a_file_go(cast):
    """A file not wanted any more should go with its content."""
    client = signed_in(cast.clerk_a)
    url = announce(client).json()["url"]
    assert client.delete(url).status_code == 204
    assert client.head(url).status_code == 404


@pytest.mark.django_db
def test_forged_page_may_not_send():
    """Without the token of our own page nothing should be taken."""
    assert Client(enforce_csrf_checks=True).post("/tep/", {"size": "1"}).status_code == 403


def test_form_names_the_file_by_its_id(cast):
    """The counter form should take a file that was sent before it."""
    client = signed_in(cast.clerk_a)
    ids = [sent(client), sent(client, scans.heic(), "IMG_1.HEIC")]
    answer = client.post(NEW, counter_data(cast) | {"attachments_sent": ids})
    assert answer.status_code == 302
    assert sorted(Attachment.objects.values_list("name", "kind")) == [
        ("IMG_1.jpg", "jpg"),
        ("Đơn.pdf", "pdf"),
    ]


def test_sent_file_stays_when_something_else_is_wrong(cast):
    """The page that says what is wrong should keep the file, and not ask for it again."""
    client = signed_in(cast.clerk_a)
    key = sent(client)
    page = client.post(NEW, counter_data(cast, id_number="1") | {"attachments_sent": [key]})
    assert "chọn lại các tệp" not in text(page)
    assert f'name="attachments_sent" value="{key}" checked' in page.content.decode()
    assert "Đơn" in text(page)


def test_foreign_or_half_file_is_said_beside_the_field(cast):
    """A form should not take another's file, nor half of one."""
    client = signed_in(cast.clerk_a)
    half = announce(client).json()["id"]
    for key in [half, sent(signed_in(cast.clerk_b)), "\0", "x" * 5000]:
        page = client.post(NEW, counter_data(cast) | {"attachments_sent": [key]})
        assert "chưa gửi xong" in error_beside(page, "attachments")
    assert not Filing.objects.exists()


def test_files_of_both_ways_count_together(cast):
    """Three sent before and three in the form should be one too many."""
    client = signed_in(cast.clerk_a)
    data = counter_data(cast) | {
        "attachments_sent": [sent(client) for _ in range(3)],
        "attachments": [scans.upload() for _ in range(3)],
    }
    assert "nhiều nhất 5" in error_beside(client.post(NEW, data), "attachments")
