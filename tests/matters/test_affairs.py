"""Filings of one affair found and joined, mixed filings split, nothing lost on the way."""

import threading

import pytest
from django.db import connection, connections
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast as everyone
from tests.cast import MORNING
from tests.matters.affairs_corpus import STRANGERS, TWICE
from tests.web.pages import signed_in
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.actions import Findings, Part, classify_filing, compare_filings, split_filing
from tiepdan.matters.models import Comparison, Filing, Matter
from tiepdan.matters.queries import candidates, find_by_code
from tiepdan.matters.queries.similar import ALIKE
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.similarity import likeness
from tiepdan.matters.states import Competence, FilingKind, FilingState, Outcome, Sameness


def test_quality_of_the_search(capsys):
    """Told twice in other words should be found, strangers should not be offered."""
    corpus = [text for pair in TWICE for text in pair] + STRANGERS
    found = right = 0
    firsts = 0
    for first, second in TWICE:
        others = [text for text in corpus if text != first]
        scores = dict(zip(others, likeness(first, others), strict=True))
        firsts += max(scores, key=lambda text: scores[text]) == second
        alike = [text for text in others if scores[text] >= ALIKE]
        found += len(alike)
        right += second in alike
    precision, recall = right / max(found, 1), right / len(TWICE)
    with capsys.disabled():
        print(  # noqa: T201 - the figure is the point
            f"\nsame content: {len(corpus)} filings, first place {firsts}/{len(TWICE)}, "
            f"said to be alike: precision {precision:.2f}, recall {recall:.2f}"
        )
    assert firsts >= len(TWICE) - 1
    assert precision >= 0.8


def test_marks_do_not_matter():
    """A text typed without marks should be as alike as one with them."""
    with_marks, without = "Đề nghị sửa đường bị sạt lở", "de nghi sua duong bi sat lo"
    assert likeness(with_marks, [without])[0] == pytest.approx(1)
    assert likeness(with_marks, []) == []
    assert likeness(" ", ["a"]) == [0.0]


@pytest.mark.django_db
def test_candidates_come_with_reasons(cast):
    """The same person with the same affair should lead, with why; a stranger should not stand."""
    first = everyone.classified_filing(cast, 0)
    again = everyone.filing(cast, 0, subject="boi thuong thu hoi dat lam duong lien xa")
    stranger = everyone.filing(cast, 3, agency=cast.commune_b, subject="Đèn đường hỏng")
    Filing.objects.filter(pk=stranger.pk).update(content="Xin lắp lại bóng đèn.", request="")
    found = candidates(again, cast.officer)
    assert found[0].filing == first
    assert {"cùng số căn cước", "cùng xã, phường"} <= set(found[0].reasons)
    assert 0 < found[0].percent <= 100
    assert len(found) == 1


@pytest.mark.django_db
def test_nothing_out_of_sight_is_offered(cast):
    """A clerk should not learn of filings that are not theirs, nor of denunciations."""
    everyone.classified_filing(cast, 0, kind=FilingKind.DENUNCIATION)
    again = everyone.filing(cast, 0)
    assert candidates(again, cast.officer) == []
    other = everyone.filing(cast, 0, agency=cast.commune_b)
    assert [one.filing for one in candidates(other, cast.clerk_b)] == []


@pytest.mark.django_db
def test_same_joins_and_different_is_remembered(cast):
    """The same affair should have one matter; a different one should not be offered again."""
    first, again = everyone.classified_filing(cast, 0), everyone.classified_filing(cast, 0)
    told = {"filing": again, "other": first, "by": cast.officer, "at": MORNING}
    compare_filings(verdict=Sameness.SAME, score=0.9, **told)
    again.refresh_from_db()
    assert again.matter == first.matter
    compare_filings(verdict=Sameness.DIFFERENT, **told)
    again.refresh_from_db()
    assert again.matter != first.matter
    assert Comparison.objects.count() == 2
    assert first.pk not in {one.filing.pk for one in candidates(again, cast.officer)}
    assert again.pk not in {one.filing.pk for one in candidates(first, cast.officer)}


@pytest.mark.django_db
def test_who_may_compare(cast):
    """Only who classifies should say so, never of a filing with itself or across secrecy."""
    first, again = everyone.classified_filing(cast, 0), everyone.classified_filing(cast, 1)
    secret = everyone.classified_filing(cast, 2, kind=FilingKind.DENUNCIATION)
    for other, by in ((first, cast.clerk_a), (again, cast.officer), (secret, cast.officer)):
        with pytest.raises(RuleRefusedError):
            compare_filings(filing=again, other=other, verdict=Sameness.SAME, by=by)


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(list(Sameness))), max_size=8
    )
)
def test_no_filing_is_lost_by_joining(cast, words):
    """Whatever officials say, every filing should have a matter, and the last word should hold."""
    rows = [everyone.classified_filing(cast, number) for number in range(5)]
    for one, other, verdict in words:
        if one == other:
            continue
        compare_filings(filing=rows[one], other=rows[other], verdict=verdict, by=cast.officer)
        left = Filing.objects.get(pk=rows[one].pk).matter_id
        right = Filing.objects.get(pk=rows[other].pk).matter_id
        assert (left == right) is (verdict == Sameness.SAME)
    keys = [row.pk for row in rows]
    assert Filing.objects.filter(pk__in=keys, matter__isnull=False).count() == 5
    assert Matter.objects.filter(filings__in=keys).distinct().count() >= 1


def mixed(cast):
    """A filing with several contents."""
    return everyone.classified_filing(cast, kind=FilingKind.MIXED)


PARTS = [
    Part(FilingKind.COMPLAINT, "Bồi thường đất", "Khiếu nại bồi thường."),
    Part(FilingKind.FEEDBACK, "Đường sạt lở", "Phản ánh đường sạt lở."),
]


@pytest.mark.django_db
def test_splitting_keeps_everything(cast):
    """Each content should become a filing of the same citizen, opened by the same receipt."""
    registered = everyone.registered(cast, 0)
    whole = registered.filing
    classify_filing(
        filing=whole, kind=FilingKind.MIXED, findings=Findings(Competence.OWN), online_ground="c",
        summary="Hai việc", by=cast.officer, at=MORNING,
    )  # fmt: skip
    made = split_filing(filing=whole, parts=PARTS, by=cast.officer, at=MORNING)
    whole.refresh_from_db()
    assert (whole.state, whole.disposition.outcome) == (FilingState.DISPOSED, Outcome.SPLIT)
    assert [one.split_from for one in made] == [whole, whole]
    for one in made:
        one.refresh_from_db()
        assert one.state == FilingState.CLASSIFIED
        assert one.petitioner_id != whole.petitioner_id
        assert one.petitioner.id_number == whole.petitioner.id_number
        assert one.consents.get().given
        assert find_by_code(one.tracking_code, registered.check_digits) == one
    assert len({one.matter_id for one in made}) == 2
    assert len({one.tracking_code for one in (whole, *made)}) == 3


@pytest.mark.django_db
def test_what_cannot_be_split(cast):
    """One content, or one part, or a part that is mixed again should be refused."""
    with pytest.raises(RuleRefusedError):
        split_filing(filing=everyone.classified_filing(cast), parts=PARTS, by=cast.officer)
    for parts in (PARTS[:1], [PARTS[0], Part(FilingKind.MIXED, "x", "y")]):
        with pytest.raises(NotValidError):
            split_filing(filing=mixed(cast), parts=parts, by=cast.officer)
    with pytest.raises(RuleRefusedError):
        split_filing(filing=mixed(cast), parts=PARTS, by=cast.clerk_a)


@pytest.mark.django_db
def test_pages(cast):
    """Splitting, comparing and the affair's page should work from the desk."""
    client = signed_in(cast.officer)
    filing = mixed(cast)
    told = {f"{name}_{n}": getattr(part, name) for n, part in enumerate(PARTS, 1)
            for name in ("kind", "subject", "content")}  # fmt: skip
    assert client.post(reverse("desk:filing_split", args=[filing.pk]), told).status_code == 302
    first, second = Filing.objects.filter(split_from=filing).order_by("subject")
    page = client.get(reverse("desk:similar", args=[first.pk]))
    assert page.status_code == 200
    where = reverse("desk:compare", args=[first.pk, second.pk])
    assert client.post(where, {"verdict": "same", "score": "40"}).status_code == 302
    first.refresh_from_db()
    page = client.get(reverse("desk:matter", args=[first.matter_id])).content.decode()
    assert first.tracking_code in page
    assert second.tracking_code in page
    assert "So với đơn khác" in page
    assert signed_in(cast.clerk_b).get(
        reverse("desk:matter", args=[first.matter_id])
    ).status_code == 404  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once():
    """Of two officers who dispose of one filing at once, one should win, the other be told."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second writer at once instead of making it wait")
    cast = everyone.people()
    filing = mixed(cast)
    ready, results = threading.Barrier(2), []

    def act(by):
        ready.wait()
        try:
            split_filing(filing=filing, parts=PARTS, by=by, at=MORNING)
            results.append("done")
        except RuleRefusedError as refusal:
            results.append(refusal.rule)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=[by]) for by in (cast.officer, cast.head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "transition"]
    assert Filing.objects.filter(split_from=filing).count() == 2
