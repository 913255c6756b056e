"""The life of filings under any order of acts: no path skips a step, nothing is lost.

A model in a few lines says what the law allows; the product must agree with it act by act.
"""

from contextlib import ExitStack

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests import cast as everyone
from tests.cast import MORNING
from tiepdan.audit.queries import entries_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.states import DocumentState
from tiepdan.matters import actions
from tiepdan.matters.actions import Findings
from tiepdan.matters.models import Filing
from tiepdan.matters.states import (
    Competence,
    FilingKind,
    FilingState,
    OnlineGround,
    Outcome,
    ReceptionForm,
    Verdict,
)

pytestmark = pytest.mark.django_db


class Lives(RuleBasedStateMachine):
    """Any number of filings, any official, any act at any time."""

    known = Bundle("known")

    def __init__(self):
        super().__init__()
        self.undo = ExitStack()
        self.point = self.undo.enter_context(transaction.atomic())
        self.cast = everyone.people()
        self.model: dict[object, str] = {}
        self.rows: dict[object, int] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.close()

    def attempt(self, allowed: bool, act, **told) -> bool:
        """The act happens exactly when the model allows it, and leaves no trace otherwise."""
        try:
            with transaction.atomic():
                act(**told, at=MORNING)
        except RuleRefusedError:
            assert not allowed, f"{act.__name__} refused"
            return False
        assert allowed, f"{act.__name__} should have been refused"
        return True

    @rule(target=known, number=st.integers(0, 40), consents=st.booleans())
    def register(self, number, consents):
        filing = everyone.filing(self.cast, number, consents=consents)
        self.model[filing.pk] = "received"
        return filing, consents

    @rule(
        found=known,
        who=st.sampled_from(["officer", "clerk_a", "registrar"]),
        kind=st.sampled_from([FilingKind.COMPLAINT, FilingKind.FEEDBACK]),
        ours=st.booleans(),
    )
    def classify(self, found, who, kind, ours):
        filing, _ = found
        state = self.model[filing.pk]
        may = who == "officer" and state in {"received", "ours", "theirs"}
        if self.attempt(
            may, actions.classify_filing, filing=filing, kind=kind,
            findings=Findings(Competence.OWN if ours else Competence.OTHER_BODY),
            online_ground=OnlineGround.C, summary="Tóm tắt", by=getattr(self.cast, who),
        ):  # fmt: skip
            self.model[filing.pk] = "ours" if ours else "theirs"

    @rule(found=known, form=st.sampled_from(list(ReceptionForm)))
    def propose(self, found, form):
        filing, consents = found
        may = self.model[filing.pk] == "ours" and (form == ReceptionForm.IN_PERSON or consents)
        if self.attempt(
            may, actions.propose_filing, filing=filing, form=form, reason="Cần tiếp",
            by=self.cast.head,
        ):  # fmt: skip
            self.model[filing.pk] = "proposed"

    @rule(found=known, reason=st.sampled_from(["Đã giải quyết", "  "]))
    def decline(self, found, reason):
        filing, _ = found
        may = self.model[filing.pk] in {"ours", "theirs"} and bool(reason.strip())
        if self.attempt(
            may, actions.decline_filing, filing=filing, reasons=[reason], guidance=[],
            by=self.cast.head,
        ):  # fmt: skip
            self.model[filing.pk] = "declined"

    @rule(
        found=known,
        verdict=st.sampled_from(list(Verdict)),
        reason=st.sampled_from(["", "Đã trả lời"]),
        who=st.sampled_from(["chair", "head"]),
    )
    def decide(self, found, verdict, reason, who):
        filing, _ = found
        fresh = Filing.objects.get(pk=filing.pk)
        disposition = getattr(fresh, "disposition", None)
        if disposition is None:
            return
        may = (
            who == "chair"
            and self.model[filing.pk] == "proposed"
            and (verdict == Verdict.APPROVED or bool(reason))
        )
        if self.attempt(
            may, actions.decide, disposition=disposition, verdict=verdict, reason=reason,
            by=getattr(self.cast, who),
        ):  # fmt: skip
            self.model[filing.pk] = str(verdict)

    @rule(found=known)
    def withdraw(self, found):
        filing, _ = found
        may = self.model[filing.pk] != "withdrawn"
        if self.attempt(
            may, actions.withdraw_filing, filing=filing, reason="Không gặp nữa", by=self.cast.head
        ):
            self.model[filing.pk] = "withdrawn"

    @invariant()
    def nothing_is_lost(self):
        """No filing and no row of its history ever goes."""
        assert set(Filing.objects.values_list("pk", flat=True)) == set(self.model)
        for filing in Filing.objects.all():
            rows = len(list(entries_of(filing)))
            assert rows >= self.rows.get(filing.pk, 1)
            self.rows[filing.pk] = rows

    @invariant()
    def states_agree(self):
        """What is stored is what the model says."""
        stored = {
            "received": FilingState.RECEIVED, "ours": FilingState.CLASSIFIED,
            "theirs": FilingState.CLASSIFIED, "withdrawn": FilingState.WITHDRAWN,
        }  # fmt: skip
        for filing in Filing.objects.all():
            expected = stored.get(self.model[filing.pk], FilingState.DISPOSED)
            assert filing.state == expected

    @invariant()
    def nobody_is_turned_away_without_a_letter(self):
        """Who is not proposed, or refused by the chairman, has an issued letter."""
        for filing in Filing.objects.filter(disposition__isnull=False):
            disposition = filing.disposition
            decision = getattr(disposition, "decision", None)
            refused = decision is not None and decision.verdict == Verdict.REFUSED
            if disposition.outcome == Outcome.DECLINED or refused:
                assert disposition.reply
                assert disposition.reply.state == DocumentState.ISSUED


def test_any_order_of_acts():
    """Whatever order officials press in, the product should agree with the model."""
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
