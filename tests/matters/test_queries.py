"""Finding filings, and saying where they stand."""

from datetime import timedelta

import pytest

from tests import cast as c
from tiepdan.matters import permissions, queries
from tiepdan.matters.actions import withdraw_filing
from tiepdan.matters.models import Filing
from tiepdan.matters.states import FilingState, Verdict


def names(found):
    return [filing.shown_name for filing in found]


def show(found):
    """Everything a row of a list shows."""
    return [
        (
            filing.shown_name,
            filing.petitioner.commune.full_name,
            filing.received_at_agency.short_name,
            str(filing.received_by),
            filing.receipt.number_text,
            queries.has_consent(filing),
            queries.latest_classification(filing).get_kind_display(),
            queries.form_of(filing),
            filing.disposition.decision.verdict,
            filing.matter.code,
        )
        for filing in found
    ]


# --- scope --------------------------------------------------------------------------------------


def test_scope(cast):
    """The board should see all, a commune its residents', a stranger and an operator nothing."""
    c.filing(cast, 0, agency=cast.commune_a)
    c.filing(cast, 1, agency=cast.commune_b)
    seen = {
        person.username: queries.filings_for(person).count()
        for person in (
            cast.officer, cast.chair, cast.inspector, cast.secretary, cast.clerk_a, cast.clerk_b,
            cast.outsider, cast.stranger, cast.operator, cast.department_officer,
        )
    }  # fmt: skip
    assert seen == {
        "chuyenvien": 2, "chutich": 2, "thanhtra": 2, "thuky": 2, "xa-huu-lung": 1,
        "xa-bac-son": 1, "xa-loc-binh": 0, "nguoila": 0, "kythuat": 0, "so-nnmt": 0,
    }  # fmt: skip


def test_scope_agrees_with_permission(cast):
    """The list and the single check should say the same of everybody."""
    filings = [c.filing(cast, n, agency=agency) for n, agency in enumerate(cast.communes)]
    for person in (cast.officer, cast.clerk_a, cast.outsider, cast.stranger, cast.operator):
        listed = set(queries.filings_for(person))
        assert listed == {f for f in filings if permissions.can_see(person, f)}


def test_closed_account_sees_nothing(cast):
    """A closed account should see no filing."""
    filing = c.filing(cast)
    cast.chair.is_active = False
    assert not queries.filings_for(cast.chair)
    assert not permissions.can_see(cast.chair, filing)


@pytest.mark.parametrize("count", [1, 4])
def test_list_queries_do_not_grow(cast, django_assert_num_queries, count):
    """Rows should cost no query of their own: grants, filings, consents, classifications."""
    for number in range(count):
        c.approved_filing(cast, number)
    with django_assert_num_queries(5):
        assert len(show(queries.filings_for(cast.officer))) == count


# --- look-up ------------------------------------------------------------------------------------


def test_code_and_digits_find_the_filing(cast):
    """Both factors of the receipt should find it, however the code is typed."""
    made = c.registered(cast)
    typed = made.filing.tracking_code.lower().replace("-", " ")
    assert queries.find_by_code(typed, f" {made.check_digits} ") == made.filing


def test_one_factor_is_not_enough(cast):
    """A wrong digit, no digits or another receipt's digits should find nothing."""
    made, other = c.registered(cast), c.registered(cast, 1)
    wrong = f"{(int(made.check_digits) + 1) % 10**6:06d}"
    for digits in (wrong, "", other.check_digits):
        assert queries.find_by_code(made.filing.tracking_code, digits) is None


def test_unknown_code_finds_nothing(cast):
    """A code nobody has should find nothing, whatever the digits."""
    made = c.registered(cast)
    assert queries.find_by_code("LS-0000-0000", made.check_digits) is None


# --- worklists ----------------------------------------------------------------------------------


def test_worklists(cast):
    """Each filing should stand in the list of whoever has to act next, and in no other."""
    received, classified = c.filing(cast), c.classified_filing(cast)
    proposed, approved = c.proposed_filing(cast), c.approved_filing(cast)
    c.declined_filing(cast)
    c.approved_filing(cast, verdict=Verdict.REFUSED)
    states = FilingState.RECEIVED, FilingState.CLASSIFIED
    assert list(queries.awaiting_the_board(states[:1], 9)) == [received]
    assert list(queries.awaiting_the_board(states[1:], 9)) == [classified]
    assert len(queries.awaiting_the_board(states, 9)) == 2
    assert list(queries.awaiting_decision()) == [proposed]
    assert list(queries.approved()) == [approved]


@pytest.mark.parametrize(
    "make", [c.filing, c.classified_filing, c.proposed_filing, c.approved_filing]
)
def test_withdrawn_leaves_every_list(cast, make):
    """A withdrawn filing should wait for nobody."""
    withdraw_filing(filing=make(cast), reason="Thôi", by=cast.officer)
    lists = [
        queries.awaiting_the_board([FilingState.RECEIVED, FilingState.CLASSIFIED], 9),
        queries.awaiting_decision(),
        queries.approved(),
    ]
    assert [list(found) for found in lists] == [[], [], []]


def test_each_state_has_its_share(cast):
    """Many filings in one state should hide none of the other."""
    for number in range(3):
        c.filing(cast, number)
    c.classified_filing(cast, 3)
    states = [FilingState.RECEIVED, FilingState.CLASSIFIED]
    assert len(queries.awaiting_the_board(states, 2)) == 3
    assert not queries.awaiting_the_board([], 2)


def test_order_of_registration(cast):
    """Approved filings should stand in order of registration (QĐ 2193, mục I.2)."""
    later = c.approved_filing(cast, 0, at=c.MORNING + timedelta(hours=1))
    earlier = c.approved_filing(cast, 1, at=c.MORNING)
    assert list(queries.approved()) == [earlier, later]


def test_unclassified_has_no_classification(cast):
    """Asking for the classification of a filing that has none should fail loudly."""
    with pytest.raises(LookupError):
        queries.latest_classification(c.filing(cast))


@pytest.mark.parametrize(("headcount", "most"), [(4, None), (5, 2), (10, 5)])
def test_representatives_of_a_group(cast, headcount, most):
    """A group should choose as many as the rulebook allows (NĐ 124/2020)."""
    assert queries.representatives_allowed(c.filing(cast, headcount=headcount)) == most


# --- the citizen's words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "code", "done"),
    [
        (c.filing, "received", False),
        (c.classified_filing, "classified", False),
        (c.proposed_filing, "proposed", False),
        (c.approved_filing, "approved", False),
        (c.declined_filing, "declined", True),
        (lambda cast: c.approved_filing(cast, verdict=Verdict.REFUSED), "refused", True),
    ],
)
def test_stage(cast, make, code, done):
    """Each stage should have its words, and an end when it is one."""
    stage = queries.stage_of(make(cast))
    assert (stage.code, stage.done) == (code, done)
    assert stage.sentence.endswith(".")
    assert stage.next_step


def test_stage_of_withdrawn(cast):
    """A withdrawn filing should say so and ask for nothing more."""
    filing = withdraw_filing(filing=c.filing(cast), reason="Thôi", by=cast.officer)
    stage = queries.stage_of(filing)
    assert (stage.code, stage.next_step, stage.done) == ("withdrawn", "", True)


def test_reply_due_in_ten_working_days(cast):
    """An answer should be due ten working days after registration (rulebook)."""
    stage = queries.stage_of(c.filing(cast))
    assert f"{stage.deadline:%d/%m/%Y}" == "15/12/2026"


def test_declined_names_the_letter(cast):
    """The citizen should read the number of the answer."""
    filing = c.declined_filing(cast)
    assert filing.disposition.reply.number_text in queries.stage_of(filing).sentence


def test_stage_uses_loaded_rows(cast, django_assert_num_queries):
    """The stage of a listed, decided filing should cost no query."""
    c.approved_filing(cast)
    filing = queries.filings().get()
    with django_assert_num_queries(0):
        queries.stage_of(filing)


def test_row_reads_as_code_and_subject(cast):
    """A filing should print as its code and subject."""
    filing = Filing.objects.get(pk=c.filing(cast).pk)
    assert str(filing) == f"{filing.tracking_code} {filing.subject}"
