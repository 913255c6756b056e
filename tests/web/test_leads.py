"""The pages of leads: telephone and e-mail guide to a written petition."""

from django.urls import reverse

from tests import cast as c
from tests.matters.test_leads import lead
from tests.web.pages import counter_data, error_beside, signed_in, text
from tiepdan.matters.models import Filing, Lead

LEADS, NEW = "/ban-lam-viec/dau-moi/", "/ban-lam-viec/dau-moi/moi/"
COUNTER = "/ban-lam-viec/don/moi/"


def typed(**other):
    """What a clerk writes down of a call."""
    return {
        "channel": "telephone", "full_name": "Lương Thị Bình", "phone": "0912 345 678",
        "about": "Đền bù đất", "guidance": "Viết đơn.", **other,
    }  # fmt: skip


def test_what_to_say_stands_in_the_form(cast):
    """The form should begin with the script to read out, with the clerk's own office in it."""
    page = text(signed_in(cast.clerk_a).get(NEW))
    assert "chưa thay được đơn" in page
    assert "Ủy ban nhân dân xã Hữu Lũng" in page
    assert "Gửi qua bưu điện" in page


def test_call_is_written_down_and_listed(cast):
    """A saved lead should show its guidance to be read and printed, and stand in the list."""
    client = signed_in(cast.clerk_a)
    page = client.post(NEW, typed(), follow=True)
    assert "Viết đơn." in text(page)
    assert "data-print-page" in page.content.decode()
    assert "Lương Thị Bình" in text(client.get(LEADS))
    assert "Lương Thị Bình" not in text(signed_in(cast.clerk_b).get(LEADS))
    assert (
        signed_in(cast.clerk_b).get(reverse("desk:lead", args=[Lead.objects.get().pk])).status_code
        == 404
    )


def test_wrong_input_is_said_beside_its_field(cast):
    """A call without a number should be asked for it in place."""
    response = signed_in(cast.clerk_a).post(NEW, typed(phone=""))
    assert "số điện thoại" in error_beside(response, "phone")
    assert not Lead.objects.exists()


def test_double_press_is_one_lead(cast):
    """The same page sent twice should write one lead."""
    client = signed_in(cast.clerk_a)
    key = "00000000-0000-4000-8000-000000000001"
    first, second = (client.post(NEW, typed(submission_key=key)) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Lead.objects.count() == 1


def test_filing_taken_in_from_a_lead_is_linked(cast):
    """The counter form opened from a lead should know the person, and tie the filing to it."""
    client, found = signed_in(cast.clerk_a), lead(cast)
    where = f"{COUNTER}?dau-moi={found.pk}"
    page = client.get(where).content.decode()
    assert 'value="Lương Thị Bình"' in page
    assert 'value="0912345678"' in page
    client.post(where, counter_data(cast))
    found.refresh_from_db()
    assert found.filing == Filing.objects.get()
    assert found.filing.tracking_code in text(client.get(reverse("desk:lead", args=[found.pk])))
    assert "Lương" not in text(client.get(f"{LEADS}?waiting"))


def test_a_lead_of_others_fills_nothing(cast):
    """An address with somebody else's lead, or with nonsense, should open the empty form."""
    found = lead(cast)
    client = signed_in(cast.clerk_b)
    for key in (found.pk, "x", ""):
        assert "Lương" not in client.get(f"{COUNTER}?dau-moi={key}").content.decode()


def test_filing_that_is_there_is_linked_by_its_code(cast):
    """A filing taken in elsewhere should be found by its code, in one's scope only."""
    found, filing = lead(cast), c.filing(cast)
    page, client = reverse("desk:lead", args=[found.pk]), signed_in(cast.clerk_a)
    assert error_beside(client.post(page, {"code": "LS-XXXX-XXXX"}), "code")
    client.post(page, {"code": filing.tracking_code.lower()})
    found.refresh_from_db()
    assert found.filing == filing


def test_earlier_call_is_seen_at_the_counter(cast):
    """Who called before should be seen beside the form, and a tick tie the filing to the call."""
    client, found = signed_in(cast.clerk_a), lead(cast)
    beside = reverse("desk:filing_duplicates")
    for asked in ({"full_name": "Lương  Thị Bình"}, {"phone": "+84 912 345 678"}):
        assert f'value="{found.pk}"' in client.get(beside, asked).content.decode()
    ticked = client.get(beside, {"phone": "0912345678", "lead": str(found.pk)})
    assert f'value="{found.pk}" checked' in ticked.content.decode()
    for asked in ({"full_name": "Ai Đó", "phone": "12"}, {}):
        assert "đầu mối" not in text(client.get(beside, asked))
    assert "Bình" not in text(signed_in(cast.clerk_b).get(beside, {"phone": "0912345678"}))
    client.post(COUNTER, counter_data(cast, lead=str(found.pk)))
    found.refresh_from_db()
    assert found.filing == Filing.objects.get()
    assert "đầu mối" not in text(client.get(beside, {"phone": "0912345678"}))
