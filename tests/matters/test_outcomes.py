"""What the law admits for which filing, and the act that brings it about with its paper."""

from datetime import date, datetime, timedelta

import pytest

from tests import cast as everyone
from tests.cast import MORNING, People
from tests.matters import scans
from tiepdan.common.clock import VIETNAM
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.states import DocumentState
from tiepdan.documents.storage import path_of
from tiepdan.matters.actions import (
    Findings,
    accept_filing,
    classify_filing,
    destroy_filing,
    handle_filing,
)
from tiepdan.matters.attachments import attach
from tiepdan.matters.models import Classification, Filing
from tiepdan.matters.queries import stage_of
from tiepdan.matters.rules import Facts, NotValidError, admitted, article_of, why_not
from tiepdan.matters.states import (
    Competence,
    FilingKind,
    FilingState,
    MissingCondition,
    OnlineGround,
    Outcome,
    SettledBefore,
)

K, C, D = FilingKind, Competence, Outcome
ANSWERS = {D.DECLINED}
MISSING = (MissingCondition.NO_SIGNATURE,)

# kind, competence, conditions missing, handled before -> outcomes (TT 05/2021; law of each cell)
TABLE = [
    (K.COMPLAINT, C.OWN, (), False, {D.PROPOSED, D.ACCEPTANCE}),
    (
        K.COMPLAINT,
        C.OWN,
        MISSING,
        False,
        {D.PROPOSED, D.GUIDED, D.RETURNED, D.SHELVED, D.NOT_ACCEPTED},
    ),
    (K.COMPLAINT, C.SUBORDINATE, (), False, {D.PROPOSED}),
    (K.COMPLAINT, C.OTHER_BODY, (), False, {D.GUIDED, D.RETURNED}),
    (K.COMPLAINT, C.JUDICIAL, (), False, {D.GUIDED, D.RETURNED}),
    (K.COMPLAINT, C.OTHER_BODY, (), True, {D.RETURNED, D.SHELVED}),
    (K.DENUNCIATION, C.OWN, (), False, {D.PROPOSED, D.ACCEPTANCE}),
    (K.DENUNCIATION, C.OTHER_BODY, (), False, {D.TRANSFERRED, D.RETURNED}),
    (K.DENUNCIATION, C.OTHER_BODY, (), True, {D.RETURNED, D.SHELVED}),
    (K.DENUNCIATION, C.OTHER_BODY, MISSING, False, {D.RETURNED, D.SHELVED}),
    (K.RECOMMENDATION, C.OWN, (), False, {D.PROPOSED}),
    (K.RECOMMENDATION, C.PARTY, (), False, {D.TRANSFERRED, D.GUIDED, D.RETURNED}),
    (K.FEEDBACK, C.OTHER_BODY, (), True, {D.RETURNED, D.SHELVED}),
    (K.MIXED, C.OWN, (), False, {D.PROPOSED, D.GUIDED, D.SPLIT}),
]


@pytest.mark.parametrize(("kind", "competence", "missing", "before", "expected"), TABLE)
def test_the_laws_table(kind, competence, missing, before, expected):
    """Each kind of filing should have the outcomes that the circular admits, and no other."""
    facts = Facts(kind, competence, missing, handled_before=before)
    assert admitted(facts) == expected | ANSWERS


def test_every_refusal_names_its_article():
    """What forbids an outcome should name the article, and every outcome should have one."""
    assert all(article_of(outcome) for outcome in Outcome)
    refusal = why_not(D.TRANSFERRED, Facts(K.COMPLAINT, C.OTHER_BODY))
    assert refusal
    assert "Luật Tố cáo" in refusal.article


def test_refusal_by_ground_three_needs_a_settled_matter():
    """Reception should be refused by ground 3 only when the matter was settled."""
    assert D.REFUSED not in admitted(Facts(K.COMPLAINT, C.OWN))
    settled = Facts(K.COMPLAINT, C.OWN, settled_before=SettledBefore.SECOND)
    assert D.REFUSED in admitted(settled)


def theirs(cast: People, number: int = 0, kind: FilingKind = K.COMPLAINT) -> Filing:
    """A filing that another body is competent for."""
    return everyone.classified_filing(cast, number, kind=kind, in_competence=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "outcome", "paper"),
    [
        (K.COMPLAINT, D.GUIDED, "guidance"),
        (K.COMPLAINT, D.RETURNED, "filing_return"),
        (K.RECOMMENDATION, D.TRANSFERRED, "transfer"),
        (K.DENUNCIATION, D.TRANSFERRED, "denunciation_transfer"),
    ],
)
def test_each_outcome_has_its_paper(cast, kind, outcome, paper):
    """The act should issue the paper of its outcome, numbered, in the same transaction."""
    made = handle_filing(
        filing=theirs(cast, kind=kind), outcome=outcome, reasons=["Không thuộc thẩm quyền"],
        to_agency=cast.department, by=cast.officer, at=MORNING,
    )  # fmt: skip
    made.filing.refresh_from_db()
    assert made.filing.state == FilingState.DISPOSED
    assert made.reply
    assert (made.reply.kind, made.reply.state) == (paper, DocumentState.ISSUED)
    assert made.to_body == cast.department.name
    stage = stage_of(made.filing)
    assert (stage.code, stage.done) == (outcome, True)
    assert made.reply.number_text in stage.sentence
    assert cast.department.name in f"{stage.sentence} {stage.next_step}"


@pytest.mark.django_db
def test_papers_of_a_denunciation_name_nobody(cast):
    """A denunciation should be transferred without name, number or address of its author."""
    filing = theirs(cast, kind=K.DENUNCIATION)
    made = handle_filing(
        filing=filing, outcome=D.TRANSFERRED, reasons=["Chuyển"], to_body="Thanh tra tỉnh",
        by=cast.officer,
    )  # fmt: skip
    text = str(made.reply.context) if made.reply else ""
    person = filing.petitioner
    assert text
    assert not [
        word for word in (person.full_name, person.id_number, person.address) if word in text
    ]


@pytest.mark.django_db
def test_guided_once(cast):
    """A second filing of the same matter should not be guided again, but may be shelved."""
    first = theirs(cast)
    told = {"reasons": ["Không thuộc thẩm quyền"], "at": MORNING}
    handle_filing(filing=first, outcome=D.GUIDED, by=cast.officer, **told)
    first.refresh_from_db()
    again = everyone.filing(cast, 1)
    classify_filing(
        filing=again, kind=K.COMPLAINT, findings=Findings(Competence.OTHER_BODY),
        online_ground=OnlineGround.C,
        summary="Cùng việc", matter=first.matter, by=cast.officer, at=MORNING,
    )  # fmt: skip
    with pytest.raises(RuleRefusedError) as caught:
        handle_filing(filing=again, outcome=D.GUIDED, by=cast.officer, **told)
    assert "một lần" in caught.value.message
    handle_filing(filing=again, outcome=D.SHELVED, by=cast.head, **told)


@pytest.mark.django_db
def test_nothing_is_left_when_refused(cast):
    """An outcome that is not admitted should leave state, numbers and papers as they were."""
    filing = everyone.classified_filing(cast)
    with pytest.raises(RuleRefusedError):
        handle_filing(filing=filing, outcome=D.GUIDED, reasons=["x"], by=cast.officer)
    filing.refresh_from_db()
    assert filing.state == FilingState.CLASSIFIED


@pytest.mark.django_db
def test_transfer_needs_a_body(cast):
    """A transfer without addressee should be asked again."""
    with pytest.raises(NotValidError):
        handle_filing(
            filing=theirs(cast, kind=K.FEEDBACK), outcome=D.TRANSFERRED, reasons=["x"],
            by=cast.officer,
        )  # fmt: skip


def settled(cast: People) -> Filing:
    """A filing whose matter was settled twice."""
    filing = everyone.classified_filing(cast)
    Classification.objects.filter(filing=filing).update(settled_before=SettledBefore.SECOND)
    return filing


EVIDENCE = {"decision": "QĐ 1/QĐ-UBND", "notice": "TB 2/TB-TTCP", "reception": "15/10/2026"}


@pytest.mark.django_db
def test_ground_three_is_the_heads(cast):
    """Only the head should refuse by ground 3, and only with all its evidence."""
    told = {"filing": settled(cast), "outcome": D.REFUSED, "reasons": ["Kéo dài"], "at": MORNING}
    with pytest.raises(RuleRefusedError):
        handle_filing(evidence=EVIDENCE, by=cast.head, **told)
    with pytest.raises(NotValidError):
        handle_filing(evidence=EVIDENCE | {"notice": " "}, by=cast.chair, **told)
    made = handle_filing(evidence=EVIDENCE, by=cast.chair, **told)
    assert made.evidence == EVIDENCE
    assert made.reply
    assert "QĐ 1/QĐ-UBND" in made.reply.context["papers"]


@pytest.mark.django_db
def test_shelved_is_kept_for_a_year(cast):
    """A shelved filing should not be destroyed before a year, nor by anybody but the head."""
    filing = everyone.classified_filing(cast)
    Classification.objects.filter(filing=filing).update(missing_conditions=["no_signature"])
    with pytest.raises(RuleRefusedError):
        handle_filing(filing=filing, outcome=D.SHELVED, reasons=["x"], by=cast.officer, at=MORNING)
    made = handle_filing(
        filing=filing, outcome=D.SHELVED, reasons=["Không ký"], by=cast.head, at=MORNING
    )
    assert made.destroy_from == date(2027, 12, 1)
    after = datetime(2027, 12, 1, 9, tzinfo=VIETNAM)
    with pytest.raises(RuleRefusedError):
        destroy_filing(
            disposition=made, reason="Hết hạn", by=cast.chair, at=after - timedelta(days=1)
        )
    with pytest.raises(RuleRefusedError):
        destroy_filing(disposition=made, reason="Hết hạn", by=cast.head, at=after)
    assert stage_of(made.filing).code == "shelved"
    done = destroy_filing(disposition=made, reason="Hết hạn", by=cast.chair, at=after)
    assert done.decision
    with pytest.raises(RuleRefusedError):
        destroy_filing(disposition=made, reason="Hết hạn", by=cast.chair, at=after)


@pytest.mark.django_db
def test_papers_go_with_the_decision(cast, settings, tmp_path, django_capture_on_commit_callbacks):
    """The papers of a destroyed filing should leave the disk once it is certain; rows stay."""
    settings.DOCUMENTS_DIR = tmp_path
    filing = everyone.classified_filing(cast)
    paper = attach(filing=filing, upload=scans.upload(name="Đơn.pdf"), by=cast.officer)
    Classification.objects.filter(filing=filing).update(missing_conditions=["no_signature"])
    made = handle_filing(
        filing=filing, outcome=D.SHELVED, reasons=["Không ký"], by=cast.head, at=MORNING
    )
    after = datetime(2027, 12, 1, 9, tzinfo=VIETNAM)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_filing(disposition=made, reason="Hết hạn", by=cast.chair, at=after)
        assert path_of(paper.stored_name).is_file()
    assert not path_of(paper.stored_name).exists()
    assert filing.attachments.get() == paper


@pytest.mark.django_db
def test_proposed_acceptance_is_told(cast):
    """The citizen should read that taking it up was proposed, then that it was taken up."""
    filing = everyone.classified_filing(cast, kind=K.COMPLAINT)
    handle_filing(
        filing=filing, outcome=D.ACCEPTANCE, reasons=["Đủ điều kiện"], by=cast.officer, at=MORNING
    )
    filing.refresh_from_db()
    assert stage_of(filing).code == "acceptance"
    deadline = accept_filing(
        filing=filing, responsible=cast.department, remote=False, is_complex=False,
        by=cast.chair, at=MORNING,
    )  # fmt: skip
    stage = stage_of(Filing.objects.get(pk=filing.pk))
    assert (stage.code, stage.deadline, stage.done) == ("taken_up", deadline.due_on, False)


@pytest.mark.django_db
def test_returned_to_who_passed_it_on(cast):
    """What a body wrongly passed on should go back to it, and the citizen read so."""
    made = handle_filing(
        filing=theirs(cast), outcome=D.RETURNED, reasons=["Không thuộc thẩm quyền"],
        sender="Đoàn đại biểu Quốc hội tỉnh", by=cast.officer, at=MORNING,
    )  # fmt: skip
    assert made.reply
    assert made.reply.context["addressees"] == ["Đoàn đại biểu Quốc hội tỉnh"]
    stage = stage_of(made.filing)
    assert "Đoàn đại biểu Quốc hội tỉnh" in stage.sentence
    assert "Đoàn đại biểu Quốc hội tỉnh" in stage.next_step
