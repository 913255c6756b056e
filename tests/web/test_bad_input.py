"""Bad input at every door: no fault, none of it alive on a page, nothing kept but what shows."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast as c
from tests.corpus import BODIES, FILES, PRODUCT, TEXTS, faults_of, live_formulas
from tests.documents.papers import opened, text_of
from tests.followup.heard import concluded_visit
from tests.matters import scans
from tests.web.doors import AWAY, ROLES, doors, faults_behind, name_of, walk
from tests.web.form_reader import links_of
from tests.web.pages import counter_data, signed_in, text
from tests.web.test_registering import PAGE, REVIEW, answers
from tiepdan.documents import storage
from tiepdan.followup.models import ResultNotice
from tiepdan.matters.models import Attachment, Filing

TOO_LARGE = {"long"}


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = settings.RUN_DIR = tmp_path
    settings.VIDEO_PROVIDER = "stub"


def office(cast):
    """A province in the middle of its work: filings at every stage, a reception behind it."""
    makers = [
        c.filing,
        c.classified_filing,
        c.proposed_filing,
        c.approved_filing,
        c.declined_filing,
    ]
    visit = concluded_visit(cast)
    for number, make in enumerate(makers, 1):
        make(cast, number)
    signed_in(cast.officer).post(reverse("desk:notice_draft", args=[visit.pk]))
    notice = ResultNotice.objects.get()
    signed_in(cast.chair).post(reverse("desk:notice_approve", args=[notice.pk]))
    signed_in(cast.registrar).post(reverse("desk:notice_issue", args=[notice.pk]))


def test_no_form_of_an_official_fails(cast):
    """Every form officials come upon should take the corpus calmly."""
    office(cast)
    found = doors(cast, ["/ban-lam-viec/", "/ban-lam-viec/don/", "/"])
    assert len({door.name for door in found}) >= 20, sorted({door.name for door in found})
    assert faults_behind(found) == []


def test_no_search_fails(cast):
    """Words after «?» should be taken calmly everywhere, unknown names as well."""
    c.filing(cast)
    client = signed_in(cast.head)
    desk = ["don/", "don/trung/", "giao-viec/", "bao-cao/", "ngay-nghi/"]
    for page in ["/tra-cuu/", "/lich-tiep/", *(f"/ban-lam-viec/{name}" for name in desk)]:
        for said, words in TEXTS.items():
            if said in TOO_LARGE:
                continue
            query = dict.fromkeys(
                ["q", "state", "page", "full_name", "id_number", "ma", "xem", "thang", "ngay"],
                words,
            )
            assert faults_of(client.get(page, query)) == [], (page, said)


@pytest.mark.parametrize("said", TEXTS)
def test_what_the_counter_takes_in_can_be_shown(cast, said):
    """What gets past the counter form should stand on every page and paper, dead."""
    client = signed_in(cast.clerk_a)
    words = TEXTS[said]
    data = counter_data(
        cast, subject=words[:250], content=words, request=words, address=words[:250]
    )
    assert faults_of(client.post("/ban-lam-viec/don/moi/", data)) == []
    for filing in Filing.objects.all():
        for page in [f"/ban-lam-viec/don/{filing.pk}/", f"/ban-lam-viec/don/{filing.pk}/bien-nhan/",
                     "/ban-lam-viec/don/", "/ban-lam-viec/"]:  # fmt: skip
            assert faults_of(client.get(page)) == []
        assert str(PRODUCT) not in text_of(opened(filing.receipt))


@pytest.mark.usefixtures("online_province")
@pytest.mark.parametrize("said", TEXTS)
def test_no_page_of_registering_online_fails(cast, said):
    """Each page should take the corpus calmly; what it keeps should reach summary and filing."""
    client = Client()
    for name, data in answers(cast).items():
        for field in data:
            page = client.post(PAGE.format(name), data | {field: TEXTS[said]})
            assert faults_of(page) == []
            assert faults_of(client.get(PAGE.format(name))) == []
        client.post(PAGE.format(name), data)
    story = {"subject": TEXTS[said][:250], "content": TEXTS[said], "request": TEXTS[said]}
    client.post(PAGE.format("noi-dung"), story)
    assert faults_of(client.get(REVIEW)) == []
    assert faults_of(client.post(REVIEW, follow=True)) == []
    for filing in Filing.objects.all():
        assert faults_of(signed_in(cast.head).get(f"/ban-lam-viec/don/{filing.pk}/")) == []


@pytest.mark.django_db
@pytest.mark.parametrize("said", TEXTS)
@pytest.mark.parametrize("page", ["/tra-cuu/", "/dang-ky/lam-tiep/", "/dang-nhap/", "/ngon-ngu/"])
@pytest.mark.usefixtures("online_province")
def test_no_public_form_fails(page, said):
    """Looking up, taking up, signing in and the choice of language should take it calmly."""
    names = ["code", "digits", "username", "password", "language", "next"]
    assert faults_of(Client().post(page, dict.fromkeys(names, TEXTS[said]))) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("online_province")
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "page", ["/tra-cuu/", "/dang-ky/buoc/viec/", "/tep/", "/dang-nhap/", "/ngon-ngu/"]
)
@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"],
)
def test_no_broken_request_fails(page, body, kind):
    """A request that is none should be answered, not fail; too large ones with 400."""
    answer = Client().post(page, BODIES[body], content_type=kind)
    assert answer.status_code < 500
    if body == "ten megabytes" and "urlencoded" in kind:
        assert answer.status_code == 400


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("way", ["form", "pieces"])
def test_no_file_fails(cast, name, way):
    """Each file should be kept as what it is under a harmless name, or be refused in words."""
    bad, client = FILES[name], signed_in(cast.clerk_a)
    upload = scans.upload(bad.content, "a")
    upload._name = bad.name
    if way == "form":
        sent = {"attachments": upload}
    else:
        began = client.post("/tep/", {"name": bad.name, "size": len(bad.content)})
        sent = {"attachments_sent": [began.json().get("id", "")]}
        if began.status_code == 201:
            url, step = began.json()["url"], 1024 * 1024
            for at in range(0, len(bad.content), step):
                client.patch(
                    url,
                    bad.content[at : at + step],
                    content_type="application/octet-stream",
                    headers={"Upload-Offset": str(at)},
                )
    page = client.post("/ban-lam-viec/don/moi/", counter_data(cast) | sent)
    assert faults_of(page) == []
    assert [paper.kind for paper in Attachment.objects.all()] == [bad.kept_as] * bool(bad.kept_as)
    for paper in Attachment.objects.all():
        shown = client.get(f"/ban-lam-viec/don/{paper.filing_id}/")
        assert faults_of(shown) == []
        assert len(paper.name) <= 124
        assert "/" not in paper.name
    if not bad.kept_as:
        assert "Giấy tờ kèm theo" in text(page)
        assert not Filing.objects.exists()


def test_no_exported_workbook_reckons(cast):
    """Names of people, places and affairs that begin like formulas should stay words."""
    office(cast)
    formulas = [words for said, words in TEXTS.items() if said.startswith("formula")]
    cast.site_a.name = cast.commune_a.name = formulas[0]
    cast.site_a.save()
    cast.commune_a.save()
    for filing, words in zip(Filing.objects.all(), formulas, strict=False):
        filing.subject = filing.content = words
        filing.save()
        filing.petitioner.full_name = words
        filing.petitioner.save()
    month = {"month": "2026-12"}
    signed_in(cast.head).post("/ban-lam-viec/bao-cao/chot/", month)
    books = [book for role in ROLES for book in _books(signed_in(getattr(cast, role)))]
    assert books, "nothing is exported"
    assert [cell for book in books for cell in live_formulas(book)] == []


def _books(client):
    """Every workbook that somebody's pages lead to."""
    tried = set()
    for _address, page in walk(client, ["/ban-lam-viec/", "/ban-lam-viec/bao-cao/"]):
        for link in links_of(page):
            if link in tried or not name_of(link) or name_of(link) in AWAY:
                continue
            tried.add(link)
            answer = client.get(link)
            if "spreadsheet" in answer.get("Content-Type", ""):
                kept = answer.get("X-Accel-Redirect", "").removeprefix("/protected/documents/")
                yield storage.path_of(kept).read_bytes() if kept else answer.content
