"""The counter: a citizen's request is taken in once, and the receipt shows its codes once."""

from datetime import date

import pytest
from django.db.models import F
from django.urls import reverse

from tests import cast as everyone
from tests.web.pages import counter_data, error_beside, signed_in, submission_key, text
from tiepdan.audit.models import Entry
from tiepdan.documents.models import Document
from tiepdan.matters.models import Filing, Petitioner
from tiepdan.org import rulebook
from tiepdan.org.actions import load_former_units

CARD_PAGE = "/ban-lam-viec/don/the-can-cuoc/"
CARD = "020190000001||Nông Thị Cúc|05121990|Nữ|{}|10052021"
NEW = "/ban-lam-viec/don/moi/"


def test_receipt_shows_code_digits_and_qr(cast):
    """A filled form should lead to a receipt with tracking code, check digits and QR."""
    client = signed_in(cast.clerk_a)
    response = client.post(NEW, counter_data(cast), follow=True)
    filing = Filing.objects.get()
    assert filing.tracking_code in text(response)
    assert "data-check-digits" in response.content.decode()
    assert 'src="data:image/svg+xml' in response.content.decode()
    assert filing.received_at_agency == cast.commune_a


def test_check_digits_are_shown_once(cast):
    """Opening the receipt again should not show the check digits."""
    client = signed_in(cast.clerk_a)
    client.post(NEW, counter_data(cast), follow=True)
    again = client.get(reverse("desk:filing_receipt", args=[Filing.objects.get().pk]))
    assert "data-check-digits" not in again.content.decode()
    assert "đã hiện một lần" in text(again)


def test_double_submit_is_one_filing(cast):
    """The same page sent twice should give one filing and the same receipt."""
    client = signed_in(cast.clerk_a)
    data = counter_data(cast, submission_key=submission_key(client.get(NEW)))
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"]
    assert Filing.objects.count() == 1


def test_double_submit_from_two_browsers_is_one_filing(cast):
    """The same key should give one filing even when the session does not know it."""
    data = counter_data(cast, submission_key=submission_key(signed_in(cast.clerk_a).get(NEW)))
    first, second = (signed_in(cast.clerk_a).post(NEW, data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Filing.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("id_number", "02019000", "12 chữ số"),
        ("received_on", "31/02/2026", "không có trong lịch"),
        ("received_on", "02/12/2026", "sau hôm nay"),
        ("received_on", "30/11/2026", "ngày nhận là hôm nay"),
        ("born", "2050", "Năm sinh phải từ"),
        ("phone", "123", "10 chữ số"),
        ("headcount", "ba", "con số"),
        ("subject", "", "Hãy điền mục"),
        ("consent", "", "Hãy điền mục"),
    ],
)
def test_wrong_input_is_said_beside_its_field(cast, field, typed, said):
    """Wrong input should be said beside its field, and everything typed stay on the page."""
    response = signed_in(cast.clerk_a).post(NEW, counter_data(cast, **{field: typed}))
    assert response.status_code == 200
    assert said in error_beside(response, field)
    assert "thôn Nà Hoa" in response.content.decode()
    assert not Filing.objects.exists()


def test_letter_keeps_the_day_it_came(cast):
    """A letter taken in later should be registered on the day it came."""
    data = counter_data(cast, channel="letter", received_on="25/11/2026")
    signed_in(cast.clerk_a).post(NEW, data)
    assert f"{Filing.objects.get().received_at:%d/%m/%Y}" == "25/11/2026"


def test_possible_duplicates_stand_beside(cast):
    """The same personal number should show the earlier filing, and only that."""
    everyone.filing(cast)
    earlier = Filing.objects.get()
    client = signed_in(cast.clerk_a)
    page = client.get("/ban-lam-viec/don/trung/", {"id_number": earlier.petitioner.id_number})
    assert earlier.tracking_code in text(page)
    nobody = client.get("/ban-lam-viec/don/trung/", {"id_number": "099999999999"})
    assert earlier.tracking_code not in text(nobody)


@pytest.fixture
def former(cast):
    """Sơn Hà went to Hữu Lũng; Đại Đồng was divided between Hữu Lũng and Bắc Sơn."""
    codes = [commune.unit.code for commune in cast.communes]
    row = {"province": "Lạng Sơn", "district": "Huyện Thử", "changed_on": "2025-07-01"}
    load_former_units(
        {**row, "name": name, "unit": code, "source": "Nghị quyết thử"}
        for name, code in [("Xã Sơn Hà", codes[0]), ("Xã Đại Đồng", codes[0]),
                           ("Xã Đại Đồng", codes[1])]
    )  # fmt: skip


@pytest.mark.usefixtures("former")
def test_card_fills_the_form(cast):
    """A card should give what the form needs, with the old address led to today's commune."""
    read = signed_in(cast.clerk_a).post(
        CARD_PAGE, {"card": CARD.format("Thôn 1, Sơn Hà, Thử, Lạng Sơn")}
    )
    answer = read.json()
    assert answer["fields"] == {
        "full_name": "Nông Thị Cúc", "id_number": "020190000001", "born": "05/12/1990",
        "sex": "female", "address": "Thôn 1", "printed_address": "Thôn 1, Sơn Hà, Thử, Lạng Sơn",
    }  # fmt: skip
    assert answer["communes"] == [{"value": str(cast.commune_a.unit.pk), "text": "xã Hữu Lũng"}]
    assert "Nay là xã Hữu Lũng" in answer["note"]
    assert read["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("former")
@pytest.mark.parametrize(
    ("address", "communes", "note"),
    [
        ("Thôn 1, Đại Đồng, Thử, Lạng Sơn", 2, "đã được chia"),
        ("Thôn 1, Không Có, Thử, Lạng Sơn", 0, "hãy chọn xã, phường"),
    ],
)
def test_a_commune_is_never_guessed(cast, address, communes, note):
    """A divided commune should be asked, an unknown one be left to the clerk."""
    answer = signed_in(cast.clerk_a).post(CARD_PAGE, {"card": CARD.format(address)}).json()
    assert len(answer["communes"]) == communes
    assert note in answer["note"]


def test_other_codes_are_refused_and_nothing_is_written(cast):
    """What is no card should be said plainly; no card leaves a trace in the log."""
    client, before = signed_in(cast.clerk_a), Entry.objects.count()
    refused = client.post(CARD_PAGE, {"card": "https://example.vn/?x=1"})
    assert refused.status_code == 422
    assert "không phải mã QR" in refused.json()["note"]
    client.post(CARD_PAGE, {"card": CARD.format("Thôn 1")})
    assert Entry.objects.count() == before
    assert client.get(CARD_PAGE).status_code == 405
    assert signed_in(cast.stranger).post(CARD_PAGE, {"card": ""}).status_code == 403


def test_what_the_card_said_is_kept(cast):
    """Birth date, sex and the printed address should stand with the person."""
    printed = "Thôn 1, Sơn Hà, Thử, Lạng Sơn"
    data = counter_data(cast, born="05/12/1990", sex="female", printed_address=printed)
    signed_in(cast.clerk_a).post(NEW, data)
    person = Petitioner.objects.get()
    assert (person.birth_date, person.birth_year) == (date(1990, 12, 5), 1990)
    assert (person.sex, person.printed_address) == ("female", printed)


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [("05121990", date(1990, 12, 5), 1990), ("5.1.1990", date(1990, 1, 5), 1990),
     ("1990", None, 1990), ("", None, None)],
)  # fmt: skip
def test_birth_as_people_write_it(cast, born, day, year):
    """A day of birth should be understood as it is written, and a year alone suffice."""
    signed_in(cast.clerk_a).post(NEW, counter_data(cast, born=born))
    person = Petitioner.objects.get()
    assert (person.birth_date, person.birth_year) == (day, year)


@pytest.mark.parametrize("born", ["31/02/1990", "12/1990", "5121990x", "1850", "05/12/90"])
def test_impossible_birth_is_said(cast, born):
    """A day that is none should be said beside its field."""
    response = signed_in(cast.clerk_a).post(NEW, counter_data(cast, born=born))
    assert error_beside(response, "born")


def test_needs_are_recorded_at_booking(cast):
    """What somebody needs at the site should be kept, the language only with an interpreter."""
    data = counter_data(cast, language="tiếng Tày") | {"needs": ["interpreter", "wheelchair"]}
    signed_in(cast.clerk_a).post(NEW, data)
    filing = Filing.objects.get()
    assert (filing.needs, filing.language) == (["interpreter", "wheelchair"], "tiếng Tày")


@pytest.mark.parametrize(
    ("needs", "language", "said"),
    [(["interpreter"], "", True), (["hearing"], "tiếng Tày", False)],
)
def test_interpreter_for_which_language(cast, needs, language, said):
    """An interpreter should be asked for with a language; a language alone means nothing."""
    data = counter_data(cast, language=language) | {"needs": needs}
    response = signed_in(cast.clerk_a).post(NEW, data)
    assert bool(said) == (response.status_code == 200 and error_beside(response, "language") != "")
    assert [filing.language for filing in Filing.objects.all()] == ([] if said else [""])


def test_only_admitted_channels_are_shown(cast, monkeypatch):
    """The page should offer the profile's channels, never the citizen's own way online."""
    page = signed_in(cast.clerk_a).get(NEW).content.decode()
    assert 'value="letter"' in page
    assert 'value="commune"' not in page
    read = rulebook.texts
    more = {"registration_channels": ["in_person", "commune", "online"]}
    monkeypatch.setattr(rulebook, "texts", lambda key, on: more.get(key) or read(key, on))
    page = signed_in(cast.clerk_a).get(NEW).content.decode()
    assert 'value="commune"' in page
    assert 'name="channel" value="letter"' not in page
    assert 'name="channel" value="online"' not in page
    signed_in(cast.clerk_a).post(NEW, counter_data(cast, channel="commune"))
    assert Filing.objects.get().channel == "commune"


def test_script_is_told_where_the_receipt_is(cast):
    """A form sent by the page's script should be answered in JSON, twice the same."""
    client = signed_in(cast.clerk_a)
    data = counter_data(cast, submission_key=submission_key(client.get(NEW)))
    first, again = (client.post(NEW, data, headers={"accept": "application/json"}) for _ in "12")
    where = reverse("desk:filing_receipt", args=[Filing.objects.get().pk])
    assert first.json() == again.json() == {"where": where}
    assert "data-check-digits" in client.get(where).content.decode()


def test_paper_is_shown_when_it_is_ready(cast):
    """The receipt's page should ask again until there is a PDF, then show it to be read."""
    client = signed_in(cast.clerk_a)
    client.post(NEW, counter_data(cast))
    filing = Filing.objects.get()
    paper = reverse("desk:receipt_paper", args=[filing.pk])
    pdf = reverse("desk:receipt_pdf", args=[filing.pk])
    assert 'hx-trigger="load delay' in client.get(paper).content.decode()
    assert client.get(pdf).status_code == 202
    Document.objects.update(rendered_revision=F("revision"), pdf_name="so/giay.pdf")
    assert f'<iframe class="receipt" src="{pdf}' in client.get(paper).content.decode()
    sent = client.get(pdf)
    assert sent["X-Accel-Redirect"] == "/protected/papers/so/giay.pdf"
    assert sent["Content-Disposition"].startswith("inline")
    assert Entry.objects.filter(verb="download_document", by=cast.clerk_a).count() == 1
    assert signed_in(cast.outsider).get(pdf).status_code == 404


def test_signing_out_clears_what_the_browser_kept(cast):
    """Drafts should not outlive the web session."""
    assert signed_in(cast.clerk_a).post("/dang-xuat/")["Clear-Site-Data"] == '"storage"'


def test_only_the_counter_may_run_webassembly(cast):
    """The reader of QR codes should be allowed on its page, and nowhere else."""
    client = signed_in(cast.clerk_a)
    assert "'wasm-unsafe-eval'" in client.get(NEW)["Content-Security-Policy"]
    assert "wasm" not in client.get("/ban-lam-viec/")["Content-Security-Policy"]
