"""Limits of time: what the law starts, what meets them, and every change with its reason."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast as everyone
from tests.cast import MORNING
from tiepdan.common.clock import VIETNAM
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.common.workdays import Calendar
from tiepdan.documents.states import DocumentState
from tiepdan.matters import actions, rules
from tiepdan.matters.models import Deadline
from tiepdan.matters.queries import reply_due
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import (
    DeadlineChangeKind,
    DeadlineKind,
    FilingKind,
    Outcome,
    ReceptionForm,
    TimeUnit,
)
from tiepdan.org import rulebook

PLAIN = Calendar()
TET = Calendar(
    days_off=frozenset(date(2027, 2, day) for day in range(5, 12)),
    made_up=frozenset({date(2027, 2, 20)}),
)
D, W, Y = TimeUnit.CALENDAR_DAYS, TimeUnit.WORKING_DAYS, TimeUnit.YEARS


@pytest.mark.parametrize(
    ("start", "amount", "unit", "calendar", "expected"),
    [
        (date(2026, 12, 1), 10, W, PLAIN, date(2026, 12, 15)),  # the first day is not counted
        (date(2026, 12, 3), 10, D, PLAIN, date(2026, 12, 14)),  # ends on a Sunday: moves on
        (date(2026, 12, 2), 10, D, PLAIN, date(2026, 12, 14)),  # a Saturday
        (date(2027, 2, 4), 1, W, TET, date(2027, 2, 12)),  # over Tết
        (date(2027, 2, 19), 1, W, TET, date(2027, 2, 20)),  # a made-up Saturday is worked
        (date(2027, 1, 31), 6, D, TET, date(2027, 2, 12)),
        (date(2024, 2, 29), 1, Y, PLAIN, date(2025, 3, 3)),  # no 29 February; then a Saturday
        (date(2026, 12, 1), 1, Y, PLAIN, date(2027, 12, 1)),
    ],
)
def test_last_day(start, amount, unit, calendar, expected):
    """The last day should follow the civil code, whatever the calendar holds."""
    assert rules.last_day(start, amount, unit, calendar) == expected


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(start=DAYS, amount=st.integers(1, 90), unit=st.sampled_from([D, W]))
def test_the_last_day_is_worked(start, amount, unit):
    """A limit should never end on a day off, nor before its days have passed."""
    due = rules.last_day(start, amount, unit, TET)
    assert TET.is_working(due)
    assert (due - start).days >= amount


@given(start=DAYS, amount=st.integers(1, 60), stopped=st.integers(0, 20), still=st.integers(0, 30))
def test_standing_still_costs_nothing(start, amount, stopped, still):
    """Working days left when it stopped should be left when it goes on."""
    due = rules.last_day(start, amount, W, TET)
    stop = start + timedelta(days=min(stopped, (due - start).days))
    resume = TET.next_working(stop + timedelta(days=still))
    after = rules.after_suspension(due, stop, resume, W, TET)
    assert TET.between(resume, after) == TET.between(stop, due)


@pytest.mark.parametrize(
    ("key", "number", "unit"),
    [
        ("reasoned_reply_within", 10, W), ("accept_complaint_within", 10, D),
        ("handle_denunciation_within", 7, W), ("transfer_denunciation_within", 5, W),
        ("settle_complaint_first_within", 30, D), ("settle_complaint_first_complex_within", 45, D),
        ("settle_complaint_first_remote_within", 45, D),
        ("settle_complaint_first_remote_complex_within", 60, D),
        ("settle_complaint_second_within", 45, D),
        ("settle_complaint_second_complex_within", 60, D),
        ("settle_complaint_second_remote_within", 60, D),
        ("settle_complaint_second_remote_complex_within", 70, D),
        ("settle_denunciation_within", 30, D), ("answer_transfer_within", 30, D),
        ("shelf_years", 1, Y),
    ],
)  # fmt: skip
def test_limits_of_the_law(key, number, unit):
    """Each limit should have the law's number and unit, with its article."""
    found = rulebook.rule(key, date(2026, 12, 1))
    assert (found.value, rules.unit_of(found.unit)) == (number, unit)
    assert found.article


def running(filing) -> dict[str, date]:
    """What runs on a filing, by kind."""
    rows = Deadline.objects.filter(filing=filing, ended_on=None)
    return {row.kind: row.due_on for row in rows}


@pytest.mark.django_db
def test_registration_starts_the_reply(cast):
    """A filing taken in should be proposed or answered in ten working days, and then no more."""
    filing = everyone.filing(cast)
    assert running(filing) == {"reply": date(2026, 12, 15)}
    assert reply_due(filing) == date(2026, 12, 15)
    proposed = everyone.proposed_filing(cast, 1, form=ReceptionForm.IN_PERSON)
    assert "reply" not in running(proposed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "ours", "expected"),
    [
        (FilingKind.COMPLAINT, True, {"reply", "accept_complaint"}),
        (FilingKind.COMPLAINT, False, {"reply"}),
        (FilingKind.DENUNCIATION, True, {"reply", "handle_denunciation"}),
        (FilingKind.DENUNCIATION, False, {"reply", "transfer_denunciation"}),
        (FilingKind.FEEDBACK, True, {"reply"}),
    ],
)
def test_classification_starts_what_the_law_asks(cast, kind, ours, expected):
    """Each kind of filing should have the limits of its law."""
    filing = everyone.classified_filing(cast, kind=kind, in_competence=ours)
    assert set(running(filing)) == expected


@pytest.mark.django_db
def test_transfer_waits_for_the_answer(cast):
    """A transfer should meet its limit and let the addressee's run."""
    filing = everyone.classified_filing(cast, kind=FilingKind.FEEDBACK, in_competence=False)
    actions.handle_filing(
        filing=filing, outcome=Outcome.TRANSFERRED, reasons=["x"], to_agency=cast.department,
        by=cast.officer, at=MORNING,
    )  # fmt: skip
    deadline = Deadline.objects.get(filing=filing, ended_on=None)
    assert (deadline.kind, deadline.responsible) == ("answer_transfer", cast.department)
    assert filing.deadlines.get(kind="reply").changes.get().kind == DeadlineChangeKind.MET


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("settled", "remote", "is_complex", "days"),
    [
        ("no", False, False, 30), ("no", False, True, 45), ("no", True, False, 45),
        ("no", True, True, 60), ("first", False, False, 45), ("first", False, True, 60),
        ("first", True, False, 60), ("first", True, True, 70),
    ],
)  # fmt: skip
def test_acceptance_lets_the_settlement_run(cast, settled, remote, is_complex, days):
    """What the head takes up should be settled in the time of Điều 28 or 37, counted from then."""
    filing = everyone.classified_filing(cast)
    filing.classifications.update(settled_before=settled)
    told = {"filing": filing, "remote": remote, "is_complex": is_complex, "at": MORNING}
    with pytest.raises(RuleRefusedError):
        actions.accept_filing(responsible=cast.department, by=cast.chair, **told)
    actions.handle_filing(
        filing=filing, outcome=Outcome.ACCEPTANCE, reasons=["Đủ điều kiện"], by=cast.officer,
        at=MORNING,
    )  # fmt: skip
    with pytest.raises(RuleRefusedError):
        actions.accept_filing(responsible=cast.department, by=cast.head, **told)
    deadline = actions.accept_filing(responsible=cast.department, by=cast.chair, **told)
    assert (deadline.amount, deadline.started_on) == (days, date(2026, 12, 1))
    with pytest.raises(RuleRefusedError):
        actions.accept_filing(responsible=cast.department, by=cast.chair, **told)


@pytest.mark.django_db
def test_withdrawn_ends_everything(cast):
    """Nothing should run on a filing that was taken back."""
    filing = everyone.classified_filing(cast)
    actions.withdraw_filing(filing=filing, reason="Thôi", by=cast.head, at=MORNING)
    assert running(filing) == {}


@pytest.mark.django_db
def test_urging_needs_an_overdue_limit(cast):
    """An overdue body should be urged in writing, again and again with its number."""
    filing = everyone.classified_filing(cast, kind=FilingKind.FEEDBACK, in_competence=False)
    actions.handle_filing(
        filing=filing, outcome=Outcome.TRANSFERRED, reasons=["x"], to_agency=cast.department,
        by=cast.officer, at=MORNING,
    )  # fmt: skip
    deadline = Deadline.objects.get(filing=filing, ended_on=None)
    with pytest.raises(RuleRefusedError):
        actions.urge(deadline=deadline, by=cast.officer, at=MORNING)
    late = datetime(2027, 1, 20, 9, tzinfo=VIETNAM)
    first = actions.urge(deadline=deadline, by=cast.officer, at=late)
    second = actions.urge(deadline=deadline, by=cast.officer, at=late)
    assert (first.number, second.number) == (1, 2)
    assert first.letter
    assert (first.letter.kind, first.letter.state) == ("urging", DocumentState.ISSUED)
    with pytest.raises(RuleRefusedError):
        actions.urge(deadline=deadline, by=cast.clerk_a, at=late)


@pytest.mark.django_db
def test_changes_need_reasons_and_order(cast):
    """No change without a reason; no second suspension; no extension while it stands still."""
    deadline = everyone.filing(cast).deadlines.get()
    told = {"deadline": deadline, "by": cast.officer}
    with pytest.raises(NotValidError):
        actions.extend_deadline(amount=5, reason=" ", at=MORNING, **told)
    with pytest.raises(RuleRefusedError):
        actions.resume_deadline(reason="x", at=MORNING, **told)
    actions.suspend_deadline(reason="Chờ giấy tờ", at=MORNING, **told)
    for act in (
        lambda: actions.suspend_deadline(reason="x", at=MORNING, **told),
        lambda: actions.extend_deadline(amount=1, reason="x", at=MORNING, **told),
    ):
        with pytest.raises(RuleRefusedError):
            act()
    with pytest.raises(RuleRefusedError):
        actions.resume_deadline(reason="x", at=MORNING, deadline=deadline, by=cast.registrar)


STEPS = st.lists(
    st.tuples(st.sampled_from(["suspend", "resume", "extend"]), st.integers(0, 9)), max_size=8
)


@pytest.mark.django_db
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_due_day_is_what_its_changes_say(cast, steps):
    """After any order of changes the last day should be what the rows of its history tell."""
    deadline = everyone.filing(cast, subject=f"Việc {steps}"[:200]).deadlines.get()
    base, at = deadline.due_on, MORNING
    for what, days in steps:
        at += timedelta(days=days)
        told = {"deadline": deadline, "reason": "Lý do", "by": cast.officer, "at": at}
        try:
            if what == "extend":
                actions.extend_deadline(amount=days, **told)
            else:
                getattr(actions, f"{what}_deadline")(**told)
        except RuleRefusedError:
            continue
    deadline.refresh_from_db()
    due = base
    for change in deadline.changes.all():
        assert change.due_before == due
        due = change.due_after
    assert deadline.due_on == due == recomputed(deadline)


def recomputed(deadline):
    """The last day of a limit in working days from its base and its changes alone."""
    added, stopped = deadline.amount, None
    for change in deadline.changes.all():
        if change.kind == DeadlineChangeKind.SUSPENDED:
            stopped = change.on
        elif change.kind == DeadlineChangeKind.RESUMED:
            added += PLAIN.between(stopped, change.on)
        else:
            added += change.amount
    return PLAIN.add(deadline.started_on, added)


SATURDAY = date(2027, 1, 9)  # thirty days after 10 December 2026


@pytest.fixture
def settling(cast):
    """A denunciation's settlement that ends on a Saturday."""
    filing = everyone.filing(cast)
    return Deadline.objects.create(
        filing=filing, kind=DeadlineKind.SETTLE_DENUNCIATION, rule="settle_denunciation_within",
        amount=30, unit=D, started_on=date(2026, 12, 10), due_on=date(2027, 1, 11),
        responsible=cast.board,
    )  # fmt: skip


def test_denunciation_is_extended_twice(cast, settling):
    """A settlement should be extended by 30 days, twice (Luật Tố cáo, Điều 30)."""
    told = {"deadline": settling, "reason": "Phức tạp", "by": cast.officer, "at": MORNING}
    with pytest.raises(RuleRefusedError):
        actions.extend_deadline(amount=31, **told)
    for _ in range(2):
        actions.extend_deadline(amount=30, **told)
    with pytest.raises(RuleRefusedError):
        actions.extend_deadline(amount=1, **told)


@pytest.mark.parametrize(
    ("counted", "due"), [("limit_day", date(2027, 2, 8)), ("moved_day", date(2027, 2, 10))]
)
def test_extension_from_a_day_off(cast, settling, counted, due):
    """Thirty days should be added to the Saturday, or to the Monday if the province says so."""
    assert rules.unmoved_day(settling.started_on, 30, []) == SATURDAY
    rulebook.keep([rulebook.Choice("extension_counts_from", counted, date(2026, 1, 1))], 60)
    told = {"deadline": settling, "reason": "Phức tạp", "by": cast.officer, "at": MORNING}
    assert actions.extend_deadline(amount=30, **told).due_on == due


def test_unmoved_day_knows_what_happened():
    """What stood still and what was added should both count, days off not."""
    changes = [
        ("suspended", date(2026, 12, 5), 0), ("resumed", date(2026, 12, 8), 0),
        ("extended", date(2026, 12, 9), 5),
    ]  # fmt: skip
    assert rules.unmoved_day(date(2026, 12, 1), 10, changes) == date(2026, 12, 19)


@pytest.mark.django_db
def test_what_another_body_owes_is_ended_by_hand(cast):
    """An answer that arrived should end its limit, with its reason; the reply has its own act."""
    filing = everyone.classified_filing(cast, kind=FilingKind.FEEDBACK, in_competence=False)
    told = {"reason": "Công văn số 5", "by": cast.officer, "at": MORNING}
    with pytest.raises(RuleRefusedError):
        actions.close_deadline(deadline=filing.deadlines.get(), how=DeadlineChangeKind.MET, **told)
    actions.handle_filing(
        filing=filing, outcome=Outcome.TRANSFERRED, reasons=["x"], to_agency=cast.department,
        by=cast.officer, at=MORNING,
    )  # fmt: skip
    deadline = Deadline.objects.get(filing=filing, ended_on=None)
    closed = actions.close_deadline(deadline=deadline, how=DeadlineChangeKind.MET, **told)
    assert closed.ended_on == date(2026, 12, 1)
    assert closed.changes.get().reason == "Công văn số 5"
    with pytest.raises(RuleRefusedError):
        actions.close_deadline(deadline=deadline, how=DeadlineChangeKind.DROPPED, **told)


@pytest.mark.django_db
def test_proposing_to_accept_does_not_meet_the_limit(cast):
    """The law's ten days should run until the head takes the complaint up."""
    filing = everyone.classified_filing(cast)
    actions.handle_filing(
        filing=filing, outcome=Outcome.ACCEPTANCE, reasons=["Đủ"], by=cast.officer, at=MORNING
    )
    assert set(running(filing)) == {"accept_complaint"}
    actions.accept_filing(
        filing=filing, responsible=cast.department, remote=False, is_complex=False, by=cast.chair,
        at=MORNING,
    )  # fmt: skip
    assert set(running(filing)) == {"settle_complaint_first"}
