"""Two officials act on one filing at the same moment: one wins, the other is told."""

import pytest
from django.urls import reverse

from tests import cast as everyone
from tests.cast import MORNING
from tests.matters.test_denunciations import named, sealed
from tests.racing import Race
from tests.web.pages import signed_in
from tiepdan.audit.queries import entries_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import actions
from tiepdan.matters.actions import Findings
from tiepdan.matters.models import Decision, Disposition, Filing
from tiepdan.matters.states import (
    Competence,
    FilingKind,
    OnlineGround,
    Outcome,
    ReceptionForm,
    Verdict,
)

AT_ONCE = pytest.mark.django_db(transaction=True)


def classify(cast, filing, by, kind):
    return actions.classify_filing(
        filing=filing, kind=kind, findings=Findings(Competence.OWN), online_ground=OnlineGround.C,
        summary="x", by=by, at=MORNING, seen=0,
    )  # fmt: skip


def propose(cast, filing, by):
    return actions.propose_filing(
        filing=filing, form=ReceptionForm.ONLINE, reason="x", by=by, at=MORNING
    )


def decline(cast, filing, by):
    return actions.decline_filing(filing=filing, reasons=["x"], guidance=[], by=by, at=MORNING)


def take_up(cast, filing, by):
    return actions.handle_filing(
        filing=filing, outcome=Outcome.ACCEPTANCE, reasons=["x"], by=by, at=MORNING
    )


def decide(cast, filing, by, verdict):
    return actions.decide(
        disposition=filing.disposition, verdict=verdict, reason="x", by=by, at=MORNING
    )


PAIRS = {
    "classify": (
        everyone.filing,
        lambda cast, one: classify(cast, one, cast.officer, FilingKind.COMPLAINT),
        lambda cast, one: classify(cast, one, cast.head, FilingKind.FEEDBACK),
    ),
    "propose, decline": (
        everyone.classified_filing,
        lambda cast, one: propose(cast, one, cast.officer),
        lambda cast, one: decline(cast, one, cast.head),
    ),
    "propose, take up": (
        everyone.classified_filing,
        lambda cast, one: propose(cast, one, cast.head),
        lambda cast, one: take_up(cast, one, cast.officer),
    ),
    "yes, no": (
        everyone.proposed_filing,
        lambda cast, one: decide(cast, one, cast.chair, Verdict.APPROVED),
        lambda cast, one: decide(cast, one, cast.chair, Verdict.REFUSED),
    ),
    "seal twice": (
        named,
        sealed,
        lambda cast, one: sealed(cast, one, by=cast.head),
    ),
}


def told(act, cast, filing):
    """Done (an empty word), or the words that the loser is told."""
    try:
        act(cast, Filing.objects.get(pk=filing.pk))
    except RuleRefusedError as refusal:
        return str(refusal.message)
    return ""


@AT_ONCE
@pytest.mark.parametrize("pair", PAIRS)
def test_one_wins_the_other_is_told(transactional_db, tmp_path, pair):
    """Of two acts that exclude each other exactly one should happen, the other be refused."""
    cast = everyone.people()
    make, first, second = PAIRS[pair]
    filing, race = make(cast), Race(tmp_path)
    before = race.run(lambda: len(entries_of(filing)))[0]
    answers = race.run(lambda: told(first, cast, filing), lambda: told(second, cast, filing))
    assert sorted(bool(words) for words in answers) == [False, True], answers
    made = race.run(
        lambda: (
            Disposition.objects.filter(filing=filing).count() <= 1,
            Decision.objects.filter(disposition__filing=filing).count() <= 1,
            len(entries_of(filing)) > before,
        )
    )
    assert made == [(True, True, True)]


@pytest.mark.django_db
def test_page_that_is_old_tells_what_happened(cast):
    """Who presses on a page opened before a colleague acted should read that, and lose no word."""
    filing = everyone.classified_filing(cast)
    late = signed_in(cast.head)
    where = reverse("desk:filing_decline", args=[filing.pk])
    assert late.get(where).status_code == 200
    propose(cast, filing, cast.officer)
    answer = late.post(where, {"reasons": "Lý do đã gõ", "guidance": "Hướng dẫn đã gõ"})
    page = answer.content.decode()
    assert "người khác vừa xử lý" in page
    assert "Lý do đã gõ" in page
    assert Disposition.objects.get(filing=filing).outcome == Outcome.PROPOSED
