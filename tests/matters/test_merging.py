"""The register of citizens: merges undone in turn, denouncers out of it, reasons at the counter."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tests import cast as everyone
from tests.cast import MORNING
from tests.web.pages import signed_in
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import actions, rules
from tiepdan.matters.models import Filing, Person, Petitioner
from tiepdan.matters.queries import people_for
from tiepdan.matters.states import FilingKind


def merged(cast, kept, gone):
    """The officer says that both are one."""
    return actions.merge_persons(kept=kept, merged=gone, reason="Một người", by=cast.officer)


@pytest.mark.django_db
def test_later_merges_are_undone_first(cast):
    """A merge under a later one should wait for its undoing; then everybody is back."""
    a, b, c = (everyone.filing(cast, number).petitioner for number in range(3))
    first = merged(cast, a.person, b.person)
    second = merged(cast, c.person, a.person)
    with pytest.raises(RuleRefusedError):
        actions.part_persons(merge=first, by=cast.officer)
    again = everyone.filing(cast, 1).petitioner
    assert again.person == c.person
    assert people_for(cast.officer).get().filing_count == 4
    actions.part_persons(merge=second, by=cast.officer)
    actions.part_persons(merge=first, by=cast.officer)
    again.refresh_from_db()
    assert again.person == b.person
    assert people_for(cast.officer).count() == 3


@pytest.mark.django_db
def test_only_what_is_in_sight_is_counted(cast):
    """A clerk should read the count of the filings they may see, not of others."""
    first = everyone.filing(cast, 0, agency=cast.commune_a)
    hidden = everyone.filing(cast, 0, agency=cast.commune_a)
    Filing.objects.filter(pk=hidden.pk).update(identity_protected=True)
    assert people_for(cast.clerk_a).get(pk=first.petitioner.person_id).filing_count == 1
    assert people_for(cast.officer).get(pk=first.petitioner.person_id).filing_count == 1


def sealed(filing, cast):
    """The filing, its identity in the paper register only."""
    return actions.seal_identity(
        filing=filing, subject="Việc", content="Hành vi", request="", copied=True, by=cast.officer
    )


@pytest.mark.django_db
@pytest.mark.parametrize("undone", [True, False])
@pytest.mark.parametrize("keeps_denouncer", [True, False])
def test_sealing_leaves_no_person(cast, undone, keeps_denouncer):
    """A denouncer should leave the register of citizens whatever was merged with them."""
    other = everyone.filing(cast, 1)
    secret = everyone.classified_filing(cast, 0, kind=FilingKind.DENUNCIATION)
    author = secret.petitioner
    pair = (author.person, other.petitioner.person)
    merge = merged(cast, *(pair if keeps_denouncer else reversed(pair)))
    if undone:
        actions.part_persons(merge=merge, by=cast.officer)
    sealed(secret, cast)
    for row in Person.objects.all():
        told = f"{row.full_name} {row.folded_name} {row.id_number} {row.phone}"
        assert author.id_number not in told
        assert rules.fold(author.full_name) not in rules.fold(told)
    assert Petitioner.objects.get(pk=other.petitioner_id).person


@pytest.mark.django_db
def test_sealing_forgets_what_was_said_with_it(cast):
    """A telephone that only the denunciation gave should go; the earlier one comes back."""
    first = everyone.filing(cast, 0)
    said = replace(everyone.person(cast, 0), phone="0987654321")
    second = actions.register_filing(
        person=said, channel="in_person", subject="x", content="y", consents_online=False,
        agency=cast.board, by=cast.officer, at=MORNING,
    ).filing  # fmt: skip
    assert Person.objects.get().phone == "0987654321"
    Filing.objects.filter(pk=second.pk).update(identity_protected=True, state="classified")
    sealed(Filing.objects.get(pk=second.pk), cast)
    assert Person.objects.get().phone == first.petitioner.phone


@pytest.mark.django_db
def test_reasons_beside_the_counter(cast):
    """The counter should see who may have been here, why, and what they filed last."""
    filing = everyone.filing(cast, 0)
    client, where = signed_in(cast.officer), reverse("desk:filing_duplicates")
    person = filing.petitioner
    same = {"full_name": person.full_name, "id_number": person.id_number}
    page = client.get(where, same).content.decode()
    assert "Cùng một người" in page
    assert filing.tracking_code in page
    other = client.get(where, {**same, "full_name": "Lê Văn Khác"}).content.decode()
    assert "Kiểm tra lại số" in other
    near = {
        "full_name": rules.fold(person.full_name), "born": f"01/02/{person.birth_year}",
        "commune": str(person.commune_id),
    }  # fmt: skip
    assert "cùng họ tên, năm sinh, xã" in client.get(where, near).content.decode()
    for junk in ({"commune": "x"}, {"born": "²²²²"}, {"phone": "1"}, {}):
        assert client.get(where, junk).status_code == 200


@pytest.mark.django_db
def test_page_of_a_citizen_names_its_reader(cast):
    """The top of a citizen's page should name the official who reads it."""
    where = reverse("desk:person", args=[everyone.filing(cast, 0).petitioner.person_id])
    assert str(cast.officer) in signed_in(cast.officer).get(where).content.decode()
