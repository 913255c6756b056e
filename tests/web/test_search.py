"""The box in the header and its page."""

import re

import pytest
from django.urls import reverse

from tests import cast as c
from tests.corpus import TEXTS, faults_of
from tests.web.pages import signed_in
from tiepdan.desk.matters import search as page_of_search
from tiepdan.desk.matters import views as page_of_filings
from tiepdan.desk.templatetags.finding import marking
from tiepdan.matters.states import FilingKind


def found_by(user, text):
    """The page's text after searching."""
    answer = signed_in(user).get(reverse("desk:search"), {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_grouped_results(cast):
    """Filings, affairs and citizens should stand under their headings, words marked."""
    filing = c.classified_filing(cast)
    page = found_by(cast.officer, "thuy an")
    assert re.findall(r'card__title" id="([\w-]+)"', page) == [
        "tim-don",
        "tim-vu-viec",
        "tim-cong-dan",
    ]
    assert "<mark>Thuỳ</mark> <mark>An</mark>" in page
    for where in ("filing", "matter", "person"):
        key = {
            "filing": filing.pk, "matter": filing.matter_id, "person": filing.petitioner.person_id,
        }[where]  # fmt: skip
        assert reverse(f"desk:{where}", args=[key]) in page


def test_box_in_the_header(cast):
    """The box should lead to this page for whoever sees filings, and for nobody else."""
    where = f'action="{reverse("desk:search")}"'
    for user, shown in ((cast.clerk_a, True), (cast.chair, True), (cast.operator, False)):
        assert (where in signed_in(user).get(reverse("desk:today")).content.decode()) is shown
    assert signed_in(cast.operator).get(reverse("desk:search")).status_code == 403


def test_out_of_sight_is_not_found(cast):
    """Denunciations and other communes' filings should not show, nor be counted."""
    filing = c.filing(cast, 0)
    hidden = c.classified_filing(cast, 1, kind=FilingKind.DENUNCIATION)
    assert filing.tracking_code not in found_by(cast.outsider, "thuy an")
    assert hidden.matter.code not in found_by(cast.clerk_a, hidden.tracking_code)
    assert "Hoàng" not in found_by(cast.officer, hidden.tracking_code)


@pytest.mark.parametrize("name", TEXTS)
def test_nonsense(cast, name):
    """Bad input should be answered well, escaped."""
    c.filing(cast)
    answer = signed_in(cast.officer).get(reverse("desk:search"), {"q": TEXTS[name]})
    assert faults_of(answer) == []


def test_many_are_not_counted(cast, monkeypatch):
    """Above the limit the page should say so and offer the pages it has."""
    for page in (page_of_search, page_of_filings):
        monkeypatch.setattr(page, "MOST_COUNTED", 2)
    for number in range(4):
        c.filing(cast, number)
    assert "Hơn 2 đơn" in found_by(cast.officer, "đường")
    listing = signed_in(cast.officer).get(reverse("desk:filings"), {"q": "đường"})
    assert len(listing.context["page"].object_list) == 2
    assert "Hơn 2 đơn" in listing.content.decode()


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        (
            "Đất <b>ở</b>",
            "dat b",
            "<mark>Đất</mark> &lt;<mark>b</mark>&gt;ở&lt;/<mark>b</mark>&gt;",
        ),
        ("Nguyễn Thị An", "nguyễn t", "<mark>Nguyễn</mark> <mark>Thị</mark> An"),
        ("Nguye\u0302\u0303n", "nguyên", "<mark>Nguyễn</mark>"),
        ("An", "", "An"),
    ],
)
def test_marking(text, typed, shown):
    """Whole words looked for should be marked, everything else escaped."""
    assert marking(text, typed) == shown


@pytest.mark.parametrize("count", [1, 5])
def test_queries_do_not_grow(cast, django_assert_max_num_queries, count):
    """More results should cost no more queries."""
    for number in range(count):
        c.classified_filing(cast, number)
    client = signed_in(cast.officer)
    with django_assert_max_num_queries(8):
        client.get(reverse("desk:search"), {"q": "đường"})
