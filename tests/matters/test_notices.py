"""Refused at the counter, not taken up, taken back, discontinued: each with its paper and limit."""

import pytest

from tests import cast as everyone
from tests.cast import MORNING, People
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.desk.documents.scope import documents_of_filing
from tiepdan.documents.states import DocumentState
from tiepdan.matters import actions
from tiepdan.matters.models import Filing, Notice
from tiepdan.matters.queries import awaiting_acceptance, stage_of, to_discontinue
from tiepdan.matters.states import (
    DeadlineKind,
    FilingKind,
    FilingState,
    MissingCondition,
    NoticeKind,
    Outcome,
    RefusalGround,
    Verdict,
)

pytestmark = pytest.mark.django_db


def refused(act, **told) -> str:
    """The rule by which an act is refused."""
    with pytest.raises(RuleRefusedError) as caught:
        act(**told)
    return caught.value.rule


def runs(filing: Filing, kind: DeadlineKind) -> bool:
    """Whether such a limit runs on it."""
    return filing.deadlines.filter(kind=kind, ended_on=None).exists()


def why_ended(filing: Filing, kind: DeadlineKind) -> str:
    """What its history says of the end of the limit."""
    return filing.deadlines.get(kind=kind).changes.get(kind="met").reason


def taken_up(cast: People) -> Filing:
    """A complaint the chairman has taken up."""
    filing = everyone.classified_filing(cast)
    actions.handle_filing(
        filing=filing, outcome=Outcome.ACCEPTANCE, reasons=["Đủ điều kiện"], by=cast.officer,
        at=MORNING,
    )  # fmt: skip
    actions.accept_filing(
        filing=filing, responsible=cast.department, remote=False, is_complex=False,
        by=cast.chair, at=MORNING,
    )  # fmt: skip
    return filing


@pytest.mark.parametrize("ground", ["1", "2", "4"])
def test_refused_at_the_counter_in_writing(cast, ground):
    """Whoever is refused at the counter should get it in writing, and the filing stay as it was."""
    filing = everyone.filing(cast)
    notice = actions.refuse_reception(
        filing=filing, ground=ground, reason="Say rượu, la hét", by=cast.clerk_a, at=MORNING
    )
    assert (notice.paper.kind, notice.paper.state) == ("counter_refusal", DocumentState.ISSUED)
    assert notice.paper.issuer == cast.commune_a.code
    said = " ".join(notice.paper.context["reasons"])
    assert f"khoản {ground} Điều 9" in said
    assert "la hét" in said
    filing.refresh_from_db()
    assert filing.state == FilingState.RECEIVED
    assert notice.paper in documents_of_filing(filing)


def test_ground_three_is_not_for_the_counter(cast):
    """The third ground should be the head's, no ground be made up, no reason be left out."""
    told = {"filing": everyone.filing(cast), "by": cast.officer}
    assert refused(actions.refuse_reception, ground="3", reason="x", **told) == "head_only"
    assert refused(actions.refuse_reception, ground="9", reason="x", **told) == "ground"
    assert refused(actions.refuse_reception, ground="2", reason=" ", **told) == "reason"
    told["by"] = cast.outsider
    assert refused(actions.refuse_reception, ground="2", reason="x", **told) == "not_allowed"
    assert not Notice.objects.exists()


def test_sealing_rewrites_earlier_refusals(cast):
    """A refusal from before a denunciation was known as one should lose its author's name."""
    filing = everyone.filing(cast)
    name = filing.petitioner.full_name
    notice = actions.refuse_reception(
        filing=filing, ground="2", reason=f"Bà {name} xúc phạm cán bộ", by=cast.officer, at=MORNING
    )
    assert name in str(notice.paper.context)
    everyone.classify_filing(
        filing=filing, kind=FilingKind.DENUNCIATION, summary="Tố cáo", by=cast.officer,
        findings=everyone.Findings(everyone.Competence.OWN), online_ground="", at=MORNING,
    )  # fmt: skip
    actions.seal_identity(
        filing=filing, subject="Việc chung", content="Nội dung", request="", copied=True,
        by=cast.officer, at=MORNING,
    )  # fmt: skip
    notice.refresh_from_db()
    assert name not in f"{notice.reason} {notice.paper.context}"
    assert notice.paper.context["petitioner"]["name"].startswith("TC-")


def test_not_taken_up_for_conditions_missing(cast):
    """What lacks a condition should be answered in writing, and its limits be met by that."""
    filing = everyone.classified_filing(cast)
    told = {"filing": filing, "outcome": Outcome.NOT_ACCEPTED, "by": cast.officer, "at": MORNING}
    assert refused(actions.handle_filing, reasons=["x"], **told) == "outcome"
    filing.classifications.update(missing_conditions=[MissingCondition.NO_SIGNATURE])
    assert runs(filing, DeadlineKind.ACCEPT_COMPLAINT)
    made = actions.handle_filing(reasons=["Đơn không có chữ ký"], guidance=["Ký đơn"], **told)
    assert made.reply
    assert made.reply.kind == "non_acceptance"
    assert not runs(filing, DeadlineKind.ACCEPT_COMPLAINT)
    stage = stage_of(made.filing)
    assert (stage.code, stage.done) == ("not_accepted", True)
    assert made.reply.number_text in stage.sentence


def test_head_does_not_take_it_up(cast):
    """The head's no to what was proposed should be told in writing, once, and end the limit."""
    filing = everyone.classified_filing(cast)
    told = {"filing": filing, "reasons": ["Hết thời hiệu khiếu nại"], "at": MORNING}
    assert refused(actions.refuse_acceptance, by=cast.chair, **told) == "not_waiting"
    actions.handle_filing(
        filing=filing, outcome=Outcome.ACCEPTANCE, reasons=["Đủ"], by=cast.officer, at=MORNING
    )
    assert refused(actions.refuse_acceptance, by=cast.head, **told) == "not_allowed"
    notice = actions.refuse_acceptance(by=cast.chair, **told)
    assert (notice.paper.kind, notice.paper.issuer) == ("non_acceptance", cast.province.code)
    ended = why_ended(filing, DeadlineKind.ACCEPT_COMPLAINT)
    assert notice.paper.number_text in ended
    assert refused(actions.refuse_acceptance, by=cast.chair, **told) == "not_waiting"
    fresh = Filing.objects.get(pk=filing.pk)
    assert stage_of(fresh).code == "not_accepted"
    accept = {"filing": fresh, "responsible": cast.department, "by": cast.chair}
    assert (
        refused(actions.accept_filing, remote=False, is_complex=False, **accept) == "not_proposed"
    )


def test_proposed_to_be_heard_is_still_answered(cast):
    """A complaint proposed to be heard should wait to be taken up; taking up ends its limit."""
    filing = everyone.proposed_filing(cast)
    assert filing in awaiting_acceptance(Filing.objects.all())
    actions.accept_filing(
        filing=filing, responsible=cast.department, remote=False, is_complex=False,
        by=cast.chair, at=MORNING,
    )  # fmt: skip
    assert why_ended(filing, DeadlineKind.ACCEPT_COMPLAINT) == "Thụ lý"
    assert filing not in awaiting_acceptance(Filing.objects.all())
    assert runs(filing, DeadlineKind.SETTLE_COMPLAINT_FIRST)


def test_lacking_a_condition_it_is_not_taken_up(cast):
    """What was proposed to be heard should not be taken up while a condition is missing."""
    filing = everyone.proposed_filing(cast)
    filing.classifications.update(missing_conditions=[MissingCondition.NO_DATE])
    told = {"filing": filing, "responsible": cast.department, "by": cast.chair}
    assert refused(actions.accept_filing, remote=False, is_complex=False, **told) == "outcome"


def test_written_no_answers_a_complaint(cast):
    """The chairman's no, which is told in writing, should meet the complaint's limit."""
    filing = everyone.approved_filing(cast, verdict=Verdict.REFUSED)
    assert filing.disposition.reply.number_text in why_ended(filing, DeadlineKind.ACCEPT_COMPLAINT)


def test_yes_to_hearing_answers_nothing(cast):
    """The chairman's yes to hearing somebody should leave the limit running."""
    assert runs(everyone.approved_filing(cast), DeadlineKind.ACCEPT_COMPLAINT)


def test_taking_back_is_recorded(cast):
    """Who takes a filing back should get a record to sign, before it is classified too."""
    filing = everyone.filing(cast)
    actions.withdraw_filing(filing=filing, reason="Đã thỏa thuận", by=cast.clerk_a, at=MORNING)
    notice = filing.notices.get()
    assert (notice.kind, notice.paper.kind) == (NoticeKind.WITHDRAWN, "withdrawal_record")
    assert notice.paper.context["reasons"] == ["Đã thỏa thuận"]
    assert not to_discontinue(Filing.objects.get(pk=filing.pk))
    assert refused(actions.discontinue_filing, filing=filing, reason="x", by=cast.chair) == (
        "not_withdrawn"
    )


def test_taken_up_and_taken_back_is_discontinued(cast):
    """What was taken up and is taken back should be ended by the head's decision, once."""
    filing = taken_up(cast)
    actions.withdraw_filing(filing=filing, reason="Đã thỏa thuận", by=cast.officer, at=MORNING)
    told = {"filing": filing, "reason": "Công dân rút đơn", "at": MORNING}
    assert refused(actions.discontinue_filing, by=cast.head, **told) == "not_allowed"
    notice = actions.discontinue_filing(by=cast.chair, **told)
    assert (notice.paper.kind, notice.paper.issuer) == ("discontinuance", cast.province.code)
    assert refused(actions.discontinue_filing, by=cast.chair, **told) == "not_withdrawn"


def test_every_ground_has_its_words(cast):
    """Each ground of the law should have a paper, in a sitting the third one too."""
    filing = everyone.filing(cast)
    kinds = [
        actions.note_refusal(
            filing=filing, ground=ground, reason="x", issuer=cast.province, by=cast.chair,
            at=MORNING,
        ).paper.kind
        for ground in RefusalGround
    ]  # fmt: skip
    assert kinds == [
        "counter_refusal", "counter_refusal", "reception_refusal", "counter_refusal",
    ]  # fmt: skip
