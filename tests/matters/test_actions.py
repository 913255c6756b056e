"""Consent, classification, proposal, reply, decision, withdrawal."""

from datetime import timedelta

import pytest

from tests import cast as c
from tiepdan.audit.queries import entries_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.models import Document
from tiepdan.documents.states import DocumentState
from tiepdan.matters import actions
from tiepdan.matters.actions import Findings
from tiepdan.matters.models import Decision, Disposition, Filing
from tiepdan.matters.queries import form_of, has_consent
from tiepdan.matters.states import (
    Competence,
    FilingKind,
    FilingState,
    OnlineGround,
    Outcome,
    ReceptionForm,
    Verdict,
)

LATER = c.MORNING + timedelta(hours=1)
ONLINE, IN_PERSON = ReceptionForm.ONLINE, ReceptionForm.IN_PERSON


def refused(act, **arguments):
    """The name of the rule that forbids the act."""
    with pytest.raises(RuleRefusedError) as caught:
        act(**arguments)
    return caught.value.rule


def propose(filing, by, form=ONLINE):
    return actions.propose_filing(filing=filing, form=form, reason="Đúng thẩm quyền", by=by)


def classify(filing, by, **changed):
    return actions.classify_filing(
        **{
            "filing": filing,
            "kind": FilingKind.COMPLAINT,
            "findings": Findings(Competence.OWN),
            "online_ground": OnlineGround.C,
            "summary": "Tóm tắt",
            "by": by,
            "at": LATER,
        }
        | changed
    )


def decline(filing, by, reasons=("Không thuộc thẩm quyền",)):
    return actions.decline_filing(filing=filing, reasons=list(reasons), guidance=[], by=by)


# --- consent ------------------------------------------------------------------------------------


def test_consent_may_be_taken_back(cast):
    """The newest word should count, and the proposal then be for a reception in person."""
    filing = c.approved_filing(cast)
    assert form_of(filing) == ONLINE
    actions.record_consent(
        filing=filing, given=False, manner="Điện thoại", by=cast.clerk_a, at=LATER
    )
    assert not has_consent(filing)
    assert form_of(filing) == IN_PERSON


def test_consent_of_withdrawn_filing(cast):
    """A withdrawn filing should take no consent."""
    filing = c.filing(cast)
    actions.withdraw_filing(filing=filing, reason="Thôi", by=cast.officer)
    assert (
        refused(actions.record_consent, filing=filing, given=True, manner="Ký", by=cast.officer)
        == "withdrawn"
    )


def test_consent_is_noted_by_those_concerned(cast):
    """The home commune should note it, another commune should not."""
    filing = c.filing(cast)
    assert actions.record_consent(filing=filing, given=True, manner="Ký", by=cast.clerk_a).given
    assert (
        refused(actions.record_consent, filing=filing, given=True, manner="Ký", by=cast.outsider)
        == "not_allowed"
    )


# --- classification -----------------------------------------------------------------------------


def test_classification_opens_a_matter(cast):
    """A first filing should open its matter."""
    filing = c.classified_filing(cast)
    assert filing.state == FilingState.CLASSIFIED
    assert filing.matter.title == filing.subject


def test_duplicate_joins_the_matter(cast):
    """A second filing on the same affair should join the matter: two filings, one matter."""
    first, second = c.classified_filing(cast), c.filing(cast, 1)
    classify(second, cast.officer, matter=first.matter)
    assert first.matter.filings.count() == 2


def test_classifying_again_keeps_both(cast):
    """A corrected classification should be a new row; the matter stays."""
    filing = c.classified_filing(cast)
    classify(filing, cast.officer, kind=FilingKind.FEEDBACK)
    again = Filing.objects.get(pk=filing.pk)
    assert again.classifications.count() == 2
    assert again.matter == filing.matter


def test_denunciation_hides_its_author(cast):
    """Who turns out to be a denouncer should not be named in lists (Luật Tố cáo, Điều 9)."""
    filing = c.classified_filing(cast, kind=FilingKind.DENUNCIATION)
    assert filing.shown_name == "Công dân (bảo vệ danh tính)"
    assert "thuy" not in filing.search_entry.words.split()


def test_only_the_board_classifies(cast):
    """A commune's clerk should not classify."""
    filing = c.filing(cast)
    with pytest.raises(RuleRefusedError) as caught:
        classify(filing, cast.clerk_a)
    assert caught.value.rule == "not_allowed"


# --- proposal -----------------------------------------------------------------------------------


def test_proposal(cast):
    """A proposed filing should be disposed, with form and reason."""
    filing = c.classified_filing(cast)
    disposition = propose(filing, cast.officer)
    assert (disposition.outcome, disposition.form) == (Outcome.PROPOSED, ONLINE)
    assert Filing.objects.get(pk=filing.pk).state == FilingState.DISPOSED


def test_no_online_proposal_without_consent(cast):
    """Online should need the citizen's consent (QĐ 2193, III.2.1)."""
    filing = c.classified_filing(cast, consents=False)
    assert refused(propose, filing=filing, by=cast.officer) == "online_needs_consent"
    assert propose(filing, cast.officer, IN_PERSON).form == IN_PERSON


def test_consent_taken_back_before_proposal(cast):
    """Consent given and taken back should be no consent."""
    filing = c.classified_filing(cast)
    actions.record_consent(filing=filing, given=False, manner="Ký", by=cast.officer, at=LATER)
    assert refused(propose, filing=filing, by=cast.officer) == "online_needs_consent"


def test_denunciation_is_not_proposed_online(cast):
    """A denunciation should not be online even with consent (QĐ 748, Điều 4)."""
    filing = c.classified_filing(cast, kind=FilingKind.DENUNCIATION)
    assert refused(propose, filing=filing, by=cast.officer) == "denunciation_online"


@pytest.mark.parametrize("form", [ONLINE, IN_PERSON])
def test_only_in_competence(cast, form):
    """What the chairman may not settle should not be proposed (QĐ 2193, III.3.1b)."""
    filing = c.classified_filing(cast, in_competence=False)
    assert refused(propose, filing=filing, by=cast.officer, form=form) == "outcome"


def test_newest_classification_counts(cast):
    """A filing found to be outside competence after all should not be proposed."""
    filing = c.classified_filing(cast)
    classify(filing, cast.officer, findings=Findings(Competence.OTHER_BODY))
    assert refused(propose, filing=filing, by=cast.officer) == "outcome"


def test_not_proposed_unclassified(cast):
    """A filing nobody has classified should not be proposed."""
    assert refused(propose, filing=c.filing(cast), by=cast.officer) == "transition"


def test_proposed_once(cast):
    """A filing proposed twice, from two windows, should be disposed once."""
    filing = c.classified_filing(cast)
    propose(filing, cast.officer)
    assert refused(propose, filing=filing, by=cast.head) == "transition"
    assert Disposition.objects.count() == 1


# --- reasoned reply -----------------------------------------------------------------------------


def test_declining_issues_the_letter(cast):
    """Not proposing should issue the reasoned reply in the same act (QĐ 2193, III.3.1b)."""
    disposition = decline(c.classified_filing(cast), cast.officer)
    assert disposition.outcome == Outcome.DECLINED
    assert disposition.reply.state == DocumentState.ISSUED
    assert disposition.reply.context["reasons"] == ["Không thuộc thẩm quyền"]
    assert disposition.reply.context["signature"]["name"] == cast.head.full_name


@pytest.mark.parametrize("reasons", [[], [""], ["  ", "\n"]])
def test_no_declining_without_reason(cast, reasons):
    """Without a reason nothing should be declined and no letter written."""
    filing = c.classified_filing(cast)
    before = Document.objects.count()
    assert refused(decline, filing=filing, by=cast.officer, reasons=reasons) == "reasoned_reply"
    assert Document.objects.count() == before
    assert Filing.objects.get(pk=filing.pk).state == FilingState.CLASSIFIED


def test_every_declined_filing_has_its_letter(cast):
    """Over all ways to say no, none should lack an issued letter."""
    c.declined_filing(cast)
    c.approved_filing(cast, 1, verdict=Verdict.REFUSED)
    said_no = Disposition.objects.exclude(decision__verdict=Verdict.APPROVED)
    assert said_no.count() == 2
    assert all(row.reply and row.reply.state == DocumentState.ISSUED for row in said_no)


def test_only_the_board_declines(cast):
    """Neither a commune nor the chairman should answer in the board's place."""
    for somebody in (cast.clerk_a, cast.chair, cast.stranger):
        filing = c.classified_filing(cast)
        assert refused(decline, filing=filing, by=somebody) == "not_allowed"


# --- decision -----------------------------------------------------------------------------------


def test_chair_approves(cast):
    """The chairman's yes should be a row of its own."""
    disposition = c.proposed_filing(cast).disposition
    decision = actions.decide(disposition=disposition, verdict=Verdict.APPROVED, by=cast.chair)
    assert (decision.verdict, decision.by) == (Verdict.APPROVED, cast.chair)
    assert [entry.verb for entry in entries_of(disposition.filing)][-1] == "decide"


def test_only_the_chair_decides(cast):
    """Nobody but the chairman should decide (QĐ 748: agreement of the chair for each case)."""
    disposition = c.proposed_filing(cast).disposition
    for somebody in (cast.head, cast.officer, cast.registrar, cast.clerk_a, cast.inspector):
        assert (
            refused(actions.decide, disposition=disposition, verdict=Verdict.APPROVED, by=somebody)
            == "not_allowed"
        )
    assert not Decision.objects.exists()


def test_refusal_needs_a_reason(cast):
    """The chairman's no should have a reason, or nothing happens."""
    disposition = c.proposed_filing(cast).disposition
    assert (
        refused(actions.decide, disposition=disposition, verdict=Verdict.REFUSED, by=cast.chair)
        == "reasoned_reply"
    )
    assert not Decision.objects.exists()


def test_refused_citizen_is_answered(cast):
    """Who is not received should get the reason in writing (QĐ 2193, V.1.1)."""
    filing = c.approved_filing(cast, verdict=Verdict.REFUSED)
    reply = filing.disposition.reply
    assert reply.context["reasons"] == [filing.disposition.decision.reason]


def test_decided_once(cast):
    """A second decision should be refused."""
    disposition = c.approved_filing(cast).disposition
    assert (
        refused(actions.decide, disposition=disposition, verdict=Verdict.APPROVED, by=cast.chair)
        == "decided"
    )


def test_only_what_was_proposed(cast):
    """A declined filing should not be approved."""
    disposition = c.declined_filing(cast).disposition
    assert (
        refused(actions.decide, disposition=disposition, verdict=Verdict.APPROVED, by=cast.chair)
        == "not_proposed"
    )


def test_withdrawn_is_not_decided(cast):
    """A filing taken back meanwhile should not be decided."""
    filing = c.proposed_filing(cast)
    actions.withdraw_filing(filing=filing, reason="Đã thỏa thuận", by=cast.officer)
    assert (
        refused(
            actions.decide, disposition=filing.disposition, verdict=Verdict.APPROVED, by=cast.chair
        )
        == "withdrawn"
    )


# --- withdrawal ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make", [c.filing, c.classified_filing, c.proposed_filing, c.approved_filing]
)
def test_withdrawn_at_any_stage(cast, make):
    """A citizen should be able to take a filing back at any stage, with a reason."""
    filing = make(cast)
    withdrawn = actions.withdraw_filing(filing=filing, reason="Đã giải quyết", by=cast.clerk_a)
    assert withdrawn.state == FilingState.WITHDRAWN
    assert withdrawn.withdrawal.reason == "Đã giải quyết"


def test_withdrawn_once(cast):
    """A second withdrawal should be refused."""
    filing = c.filing(cast)
    actions.withdraw_filing(filing=filing, reason="Thôi", by=cast.officer)
    assert (
        refused(actions.withdraw_filing, filing=filing, reason="Thôi", by=cast.officer)
        == "transition"
    )


def test_withdrawal_needs_a_reason(cast):
    """A withdrawal without a reason should be refused."""
    filing = c.filing(cast)
    assert refused(actions.withdraw_filing, filing=filing, reason=" ", by=cast.officer) == "reason"


def test_every_step_is_logged(cast):
    """The log should tell the filing's life, step by step."""
    filing = c.approved_filing(cast)
    assert [entry.verb for entry in entries_of(filing)] == [
        "register_filing",
        "classify_filing",
        "propose_filing",
        "decide",
    ]


def test_online_needs_a_ground(cast):
    """Online reception should not be proposed before one of the six cases is named."""
    filing = c.classified_filing(cast)
    filing.classifications.update(online_ground="")
    assert refused(propose, filing=filing, by=cast.officer, form=ONLINE) == "online_ground"
    propose(filing=filing, by=cast.officer, form=IN_PERSON)


def test_nobody_overrules_a_colleague_unawares(cast):
    """A classification from a page that has not seen the last one should be refused."""
    filing = c.classified_filing(cast)
    told = {
        "filing": filing, "kind": "feedback", "findings": Findings(Competence.OWN),
        "online_ground": "",
        "summary": "x", "by": cast.officer,
    }  # fmt: skip
    with pytest.raises(RuleRefusedError) as caught:
        actions.classify_filing(seen=0, **told)
    assert caught.value.rule == "classified_meanwhile"
    assert actions.classify_filing(seen=1, **told).kind == "feedback"
