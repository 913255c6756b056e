"""Taking in a citizen's request."""

from dataclasses import replace
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from tests import cast as c
from tiepdan.audit.queries import entries_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.models import Document
from tiepdan.documents.states import DocumentState
from tiepdan.matters.actions import register_filing
from tiepdan.matters.models import Filing, Petitioner
from tiepdan.matters.queries import find_by_code, has_consent
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import Channel, FilingState


def take_in(cast, **changed):
    """A clerk of A takes in An's request; single details changed."""
    person = replace(c.person(cast), **changed.pop("person", {}))
    return register_filing(
        **{
            "person": person,
            "channel": Channel.IN_PERSON,
            "subject": "Thu hồi đất",
            "content": "Chưa đồng ý với diện tích đo đạc.",
            "consents_online": True,
            "agency": cast.commune_a,
            "by": cast.clerk_a,
            "at": c.MORNING,
        }
        | changed
    )


def test_clerk_takes_in_a_request(cast):
    """A request should be received with its citizen, its consent and an issued receipt."""
    filing = take_in(cast).filing
    assert (filing.state, filing.received_at) == (FilingState.RECEIVED, c.MORNING)
    assert filing.petitioner.full_name == "Nguyễn Thị Thuỳ An"
    assert has_consent(filing)
    assert filing.receipt.state == DocumentState.ISSUED


def test_receipt_carries_code_and_digits(cast):
    """The receipt should say the tracking code, the check digits, and where to follow (QR)."""
    registered = take_in(cast)
    said = registered.filing.receipt.context
    code = registered.filing.tracking_code
    assert (said["tracking_code"], said["check_digits"]) == (code, registered.check_digits)
    assert said["tracking_url"].endswith(f"/tra-cuu/?ma={code}")
    assert said["letterhead"]["issuer_name"] == "Ủy ban nhân dân xã Hữu Lũng"


def test_receipt_lists_papers(cast):
    """Handed-over papers should stand on the receipt (TT 04/2021, Mẫu 02)."""
    paper = {"name": "Biên bản kiểm đếm", "copies": 1, "note": "bản sao"}
    assert take_in(cast, papers=[paper]).filing.receipt.context["papers"] == [paper]


def test_code_begins_with_the_province(cast):
    """A tracking code should begin with the province's letters."""
    assert take_in(cast).filing.tracking_code.startswith("LS-")


def test_digits_are_not_stored(cast):
    """The filing's row should hold a hash of the check digits, never the digits."""
    registered = take_in(cast)
    stored = Filing.objects.get(pk=registered.filing.pk).check_digest
    assert len(stored) == 64
    assert registered.check_digits != stored
    assert find_by_code(registered.filing.tracking_code, registered.check_digits)


def test_double_submit_is_one_filing(cast):
    """A form sent twice should give the same filing, the same digits, one receipt."""
    key = uuid4()
    first, second = take_in(cast, submission_key=key), take_in(cast, submission_key=key)
    assert second == first
    assert (Filing.objects.count(), Petitioner.objects.count(), Document.objects.count()) == (
        1,
        1,
        1,
    )


def test_two_forms_are_two_filings(cast):
    """Without a common key two requests should be two, with different codes."""
    assert take_in(cast).filing.tracking_code != take_in(cast).filing.tracking_code


@pytest.mark.django_db(transaction=True)
def test_double_click_at_the_same_moment(transactional_db):
    """Two requests with one key at the same moment should make one filing."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second writer at once instead of making it wait")
    cast, key, made = c.people(), uuid4(), []

    def click():
        try:
            made.append(take_in(cast, submission_key=key).filing.pk)
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2
    assert set(made) == {Filing.objects.get().pk}


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"person": {"id_number": "0201900012"}}, "id_number"),
        ({"person": {"birth_year": 2027}}, "birth_year"),
        ({"person": {"full_name": " "}}, "full_name"),
        ({"person": {"phone": "abc"}}, "phone"),
        ({"person": {"address": ""}}, "address"),
        ({"headcount": 0}, "headcount"),
        ({"subject": " "}, "subject"),
        ({"content": ""}, "content"),
    ],
)
def test_wrong_details_lose_nothing(cast, wrong, rule):
    """A wrong detail should be named and nothing be written."""
    with pytest.raises(NotValidError) as caught:
        take_in(cast, **wrong)
    assert caught.value.rule == rule
    assert (Filing.objects.count(), Petitioner.objects.count(), Document.objects.count()) == (
        0,
        0,
        0,
    )


def test_number_was_not_always_needed(cast):
    """Before Luật 136/2025/QH15 a citizen without a number should have been taken in."""
    before = c.MORNING.replace(month=6)
    assert take_in(cast, person={"id_number": " "}, at=before).filing.petitioner.id_number == ""
    with pytest.raises(NotValidError):
        take_in(cast, person={"id_number": " "})


def test_not_for_another_commune(cast):
    """A clerk should not take in requests at another commune's desk."""
    with pytest.raises(RuleRefusedError) as caught:
        take_in(cast, by=cast.clerk_b)
    assert caught.value.rule == "not_allowed"


def test_log_holds_no_personal_data(cast):
    """The log should say what was done, not the citizen's name or number."""
    entry = entries_of(take_in(cast).filing).get()
    assert (entry.verb, entry.by) == ("register_filing", cast.clerk_a)
    assert "Thuỳ An" not in entry.line
    assert "0201900" not in entry.line
