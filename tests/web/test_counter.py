"""The counter: a citizen's request is taken in once, and the receipt shows its codes once."""

import pytest
from django.urls import reverse

from tests import cast as everyone
from tests.web.pages import counter_data, error_beside, signed_in, submission_key, text
from tiepdan.matters.models import Filing

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
        ("birth_year", "2050", "Năm sinh phải từ"),
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
