"""One human being over many filings; who acts for whom; groups; what they need at the site."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast as everyone
from tests.cast import MORNING
from tests.matters.scans import PDF
from tests.web.pages import signed_in
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import actions, rules
from tiepdan.matters.actions import Companion, Member
from tiepdan.matters.attachments import attach
from tiepdan.matters.letters import person_of, person_with_speakers
from tiepdan.matters.models import Filing, Matter, Person, Petitioner
from tiepdan.matters.queries import acts_for, alike, describe, people_for, search_people
from tiepdan.matters.rules import Described, NotValidError, Shown
from tiepdan.matters.states import Capacity, FilingKind, Need, ProofPaper

AN = Described("Nguyễn Thị An", "020190000001", 1960, "0912345678", "xã A")


@pytest.mark.parametrize(
    ("other", "certain", "warning", "why"),
    [
        (AN, True, False, "cùng số căn cước, cùng họ tên"),
        (replace(AN, full_name="nguyen thi an"), True, False, "cùng số căn cước, cùng họ tên"),
        (replace(AN, full_name="Lê Văn B"), False, True, "cùng số căn cước nhưng khác họ tên"),
        (replace(AN, id_number="", phone=""), False, False, "cùng họ tên, năm sinh, xã"),
        (
            replace(AN, id_number="", phone="", birth_year=None),
            False,
            False,
            "cùng họ tên, xã",
        ),
        (replace(AN, id_number="020190000002", full_name="B"), False, False, "cùng số điện thoại"),
        (Described("Lê Văn B", "020190000009", 1961, "", "xã A"), False, False, ""),
    ],
)
def test_likeness(other, certain, warning, why):
    """Only the same number with the same name should be certain; the rest is a reason to look."""
    found = rules.compare_people(AN, other)
    assert (found.certain, found.warning) == (certain, warning)
    assert (why in found.reasons) if why else not found


@pytest.mark.django_db
def test_same_citizen_has_one_row(cast):
    """A citizen who registers again with the same number and name should be the same person."""
    first, again = everyone.filing(cast, 0), everyone.filing(cast, 0)
    other = everyone.filing(cast, 1)
    assert first.petitioner.person == again.petitioner.person
    assert other.petitioner.person != first.petitioner.person
    person = people_for(cast.officer).get(pk=first.petitioner.person_id)
    assert person.filing_count == 2


@pytest.mark.django_db
def test_same_number_other_name_is_a_warning(cast):
    """A number under another name should not be linked, but be shown as a warning."""
    first = everyone.filing(cast, 0)
    taken = replace(everyone.person(cast, 0), full_name="Lê Văn Khác")
    second = actions.register_filing(
        person=taken, channel="in_person", subject="x", content="y", consents_online=False,
        agency=cast.board, by=cast.officer, at=MORNING,
    ).filing  # fmt: skip
    assert second.petitioner.person != first.petitioner.person
    found = alike(
        describe(second.petitioner.person), cast.officer, besides=second.petitioner.person
    )
    assert found[0].likeness.warning


@pytest.mark.django_db
def test_nobody_sees_strangers(cast):
    """A clerk should know only citizens of filings in their sight; denouncers nobody."""
    everyone.filing(cast, 0)
    everyone.classified_filing(cast, 1, kind=FilingKind.DENUNCIATION)
    assert people_for(cast.officer).count() == 1
    assert people_for(cast.clerk_b).count() == 0
    assert people_for(cast.department_officer).count() == 0


@pytest.mark.django_db
def test_searching_without_marks(cast):
    """Names should be found without marks and in any order of words, numbers as a whole."""
    person = everyone.filing(cast, 0).petitioner.person
    words = rules.fold(person.full_name).split()
    for text in (person.full_name, " ".join(reversed(words)), person.id_number):
        assert list(search_people(text, cast.officer).people) == [person], text
    assert not search_people(person.id_number[:-1], cast.officer).people


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6))
def test_merging_and_parting_lose_nobody(cast, steps):
    """After any merges, all undone backwards, every filing should have its own person again."""
    keys = [everyone.filing(cast, number).petitioner_id for number in range(4)]
    before = {key: Petitioner.objects.get(pk=key).person_id for key in keys}
    done = []
    for one, other in steps:
        kept = Person.objects.get(pk=before[keys[one]])
        gone = Person.objects.get(pk=before[keys[other]])
        try:
            done.append(
                actions.merge_persons(kept=kept, merged=gone, reason="Một người", by=cast.officer)
            )
        except RuleRefusedError:
            assert one == other or kept.merged_into_id or gone.merged_into_id
    rows = Petitioner.objects.filter(pk__in=keys)
    assert all(row.person and row.person.merged_into_id is None for row in rows)
    for merge in reversed(done):
        actions.part_persons(merge=merge, by=cast.officer)
    assert {row.pk: row.person_id for row in Petitioner.objects.filter(pk__in=keys)} == before


@pytest.mark.django_db
def test_who_merges(cast):
    """Only who classifies should merge, with a reason, and part once."""
    one, other = (everyone.filing(cast, n).petitioner.person for n in (0, 1))
    told = {"kept": one, "merged": other}
    with pytest.raises(RuleRefusedError):
        actions.merge_persons(reason="x", by=cast.clerk_a, **told)
    with pytest.raises(NotValidError):
        actions.merge_persons(reason=" ", by=cast.officer, **told)
    merge = actions.merge_persons(reason="x", by=cast.officer, **told)
    actions.part_persons(merge=merge, by=cast.officer)
    with pytest.raises(RuleRefusedError):
        actions.part_persons(merge=merge, by=cast.officer)


@pytest.mark.django_db
def test_one_content_has_one_authorised(cast):
    """The same affair should not be authorised to a second person, whichever filing says so."""
    one, two = everyone.filing(cast, 0), everyone.filing(cast, 0)
    matter = Matter.objects.create(code="VV-1", title="Việc")
    Filing.objects.filter(pk__in=[one.pk, two.pk]).update(matter=matter)
    papers = [ProofPaper.AUTHORISATION, ProofPaper.IDENTITY]
    first, second = (
        Companion(Capacity.AUTHORISED, name, papers, certified=True, scope="Kiện")
        for name in ("Lê Văn Một", "Lê Văn Hai")
    )
    told = {"by": cast.officer, "at": MORNING}
    assert not actions.add_representation(filing=one, companion=first, **told).objections
    assert not actions.add_representation(filing=two, companion=first, **told).objections
    assert actions.add_representation(filing=two, companion=second, **told).objections
    assert [row.filing for row in acts_for_number(cast, one)] == []


def acts_for_number(cast, filing):
    """Where the filing's citizen acts for others."""
    return acts_for(filing.petitioner.person, cast.officer)


@pytest.mark.django_db
def test_papers_name_who_speaks(cast):
    """Slips and minutes should name the lawful representative, and drop a lapsed one."""
    filing = everyone.filing(cast, 0)
    other = everyone.filing(cast, 1).petitioner
    lawyer = Companion(
        Capacity.LAWYER, other.full_name, [ProofPaper.LAWYER_CARD, ProofPaper.REQUEST],
        id_number=other.id_number, valid_until=MORNING.date() + timedelta(days=3),
    )  # fmt: skip
    row = actions.add_representation(filing=filing, companion=lawyer, by=cast.officer, at=MORNING)
    named = person_with_speakers(filing)["name"]
    assert named.startswith(f"{filing.petitioner.full_name}, người đại diện: {other.full_name}")
    assert list(acts_for(other.person, cast.officer)) == [row]
    assert list(acts_for(other.person, cast.clerk_b)) == []
    type(row).objects.update(valid_until=date(2026, 1, 1))
    assert person_with_speakers(Filing.objects.get(pk=filing.pk)) == person_of(filing)


@pytest.mark.django_db
@pytest.mark.parametrize(("headcount", "crowd"), [(4, False), (5, True)])
def test_crowd_flag(cast, headcount, crowd):
    """From five persons a filing should be marked as a crowd wherever it is listed."""
    filing = everyone.filing(cast, headcount=headcount)
    assert filing.is_crowd is crowd
    page = signed_in(cast.officer).get(reverse("desk:filings")).content.decode()
    assert ("Đoàn đông người" in page) is crowd


P, TODAY = ProofPaper, date(2026, 12, 1)
LAWFUL = [
    Shown(Capacity.ORGANISATION_HEAD, frozenset({P.INTRODUCTION, P.IDENTITY})),
    Shown(Capacity.STATUTORY, frozenset({P.KINSHIP, P.IDENTITY})),
    Shown(
        Capacity.AUTHORISED, frozenset({P.AUTHORISATION, P.IDENTITY}), certified=True, scope="Kiện"
    ),
    Shown(Capacity.LAWYER, frozenset({P.LAWYER_CARD, P.REQUEST})),
    Shown(Capacity.LEGAL_AID, frozenset({P.AID_CARD, P.ASSIGNMENT})),
]


@pytest.mark.parametrize("shown", LAWFUL, ids=[one.capacity for one in LAWFUL])
def test_lawful_capacities(shown):
    """Each capacity should be lawful with its papers, and not without any one of them."""
    told = {"today": TODAY, "others_authorised": 0, "most_authorised": 1}
    assert rules.objections(shown, **told) == []
    for paper in shown.papers:
        assert rules.objections(replace(shown, papers=shown.papers - {paper}), **told)


@pytest.mark.parametrize(
    ("change", "others", "why"),
    [
        ({"certified": False}, 0, "công chứng"),
        ({"scope": " "}, 0, "phạm vi"),
        ({"valid_until": TODAY - timedelta(days=1)}, 0, "hết thời hạn"),
        ({"paper_date": TODAY + timedelta(days=1)}, 0, "sau hôm nay"),
        ({}, 1, "ủy quyền cho người khác"),
    ],
)
def test_unlawful_authorisations(change, others, why):
    """An authorisation should be refused for each of the reasons of the circular."""
    shown = replace(LAWFUL[2], **change)
    found = rules.objections(shown, today=TODAY, others_authorised=others, most_authorised=1)
    assert [one for one in found if why in one]


@pytest.mark.django_db
def test_unlawful_capacity_is_kept_and_told(cast):
    """Who is not lawfully authorised should stand as such and not speak for the citizen."""
    filing = everyone.filing(cast)
    bad = Companion(Capacity.AUTHORISED, "Lê Văn Bạn", [P.AUTHORISATION])
    row = actions.add_representation(filing=filing, companion=bad, by=cast.officer, at=MORNING)
    assert row.objections
    assert filing.speakers == []
    good = Companion(Capacity.LAWYER, "Trần Thị Luật", [P.LAWYER_CARD, P.REQUEST])
    lawyer = actions.add_representation(filing=filing, companion=good, by=cast.officer, at=MORNING)
    assert filing.speakers == ["Trần Thị Luật (luật sư)"]
    actions.end_representation(representation=lawyer, by=cast.officer)
    assert Filing.objects.get(pk=filing.pk).speakers == []
    secret = everyone.classified_filing(cast, 1, kind=FilingKind.DENUNCIATION)
    with pytest.raises(RuleRefusedError):
        actions.add_representation(filing=secret, companion=good, by=cast.officer)


def paper(filing, cast):
    """The written election of a group."""
    return attach(
        filing=filing, upload=SimpleUploadedFile("bau.pdf", PDF), by=cast.officer, at=MORNING
    )


@pytest.mark.django_db
@pytest.mark.parametrize("headcount", range(1, 21))
def test_representatives_of_groups(cast, headcount):
    """Groups of 5 to 9 should have at most 2, from 10 at most 5, smaller ones as they like."""
    filing = everyone.filing(cast, headcount=headcount)
    most = 5 if headcount >= 10 else 2 if headcount >= 5 else headcount
    told = {"filing": filing, "by": cast.officer, "at": MORNING, "elected_on": TODAY}
    names = [f"Người {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"[:headcount]]
    told["election_paper"] = paper(filing, cast)
    for speakers in range(headcount + 1):
        members = [Member(name, represents=n < speakers) for n, name in enumerate(names)]
        if speakers <= most:
            rows = actions.list_members(members=members, **told)
            assert sum(row.represents for row in rows) == speakers
        else:
            with pytest.raises(NotValidError):
                actions.list_members(members=members, **told)


@pytest.mark.django_db
def test_election_is_in_writing(cast):
    """Representatives of a group should need day and paper of their election; few people not."""
    filing = everyone.filing(cast, headcount=6)
    members = [Member("Lê Văn A", represents=True), Member("Lê Văn B")]
    with pytest.raises(NotValidError):
        actions.list_members(filing=filing, members=members, by=cast.officer)
    with pytest.raises(NotValidError):
        actions.list_members(filing=filing, members=[Member("A B")] * 7, by=cast.officer)
    twice = [Member("Lê Văn A", "020190000011"), Member("Lê Văn B", "020 190 000 011")]
    with pytest.raises(NotValidError):
        actions.list_members(filing=filing, members=twice, by=cast.officer)
    few = everyone.filing(cast, 1, headcount=3)
    assert actions.list_members(filing=few, members=members, by=cast.officer)
    assert few.speakers == ["Lê Văn A"]


@pytest.mark.django_db
def test_needs(cast):
    """An interpreter should have a language; what is needed is said in words."""
    filing = everyone.filing(cast)
    told = {"filing": filing, "by": cast.officer, "at": MORNING}
    with pytest.raises(NotValidError):
        actions.note_needs(needs=[Need.INTERPRETER], language=" ", **told)
    fresh = actions.note_needs(needs=[Need.INTERPRETER, Need.WHEELCHAIR], language="Tày", **told)
    assert fresh.needed_words[0].endswith("(Tày)")
    assert len(fresh.needed_words) == 2


@pytest.mark.django_db
def test_pages(cast):
    """Register, merge, undo, companions, groups and needs should work from the desk."""
    client = signed_in(cast.officer)
    one, other = everyone.filing(cast, 0, headcount=6), everyone.filing(cast, 1)
    first, second = one.petitioner.person, other.petitioner.person
    assert first.full_name in client.get(reverse("desk:people")).content.decode()
    where = reverse("desk:person_merge", args=[first.pk, second.pk])
    assert client.get(where).status_code == 200
    assert client.post(where, {"reason": "Cùng một người"}).status_code == 302
    page = client.get(reverse("desk:person", args=[first.pk])).content.decode()
    assert other.tracking_code in page
    merge = first.merged.get()
    assert merge == second
    row = client.get(reverse("desk:person", args=[first.pk])).context["merges"][0]
    client.post(reverse("desk:person_part", args=[row.pk]))
    assert not first.merged.exists()
    election = paper(one, cast)
    answer = client.post(
        reverse("desk:members_edit", args=[one.pk]),
        {
            "members": "*Lê Văn A; 020190000011; thôn 1\nLê Văn B", "elected_on": "01/12/2026",
            "election_paper": str(election.pk),
        },
    )  # fmt: skip
    assert answer.status_code == 302
    client.post(
        reverse("desk:companion_add", args=[one.pk]),
        {"capacity": "authorised", "full_name": "Lê Văn Bạn", "papers": ["authorisation"]},
    )
    client.post(reverse("desk:needs_edit", args=[one.pk]), {"needs": ["wheelchair"]})
    page = client.get(reverse("desk:filing", args=[one.pk])).content.decode()
    for words in ("Lê Văn A (đại diện)", "Chưa hợp lệ", "xe lăn"):
        assert words in page, words
