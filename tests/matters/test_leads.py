"""Who telephones or writes an e-mail: guided, written down, led to the filing."""

import pytest

from tests import cast as c
from tiepdan.audit.models import Entry
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import queries
from tiepdan.matters.actions import link_lead, record_lead
from tiepdan.matters.models import Filing, Lead
from tiepdan.matters.permissions import can_see_lead
from tiepdan.matters.rules import NotValidError, check_reachable, guidance_lines

CALL = {
    "channel": "telephone", "full_name": "Lương Thị Bình", "phone": "0912 345 678",
    "about": "Đền bù đất làm đường", "guidance": "Viết đơn, nộp tại xã.",
}  # fmt: skip


def lead(cast, **told):
    """A call that the clerk of Hữu Lũng took."""
    details = {"agency": cast.commune_a, "by": cast.clerk_a, **CALL, **told}
    return record_lead(**details)


def test_lead_is_no_filing(cast):
    """A call should be written down, and be no filing."""
    found = lead(cast)
    assert (found.phone, found.filing) == ("0912345678", None)
    assert not Filing.objects.exists()
    entry = Entry.objects.get(verb="record_lead")
    assert "Bình" not in entry.line
    assert "0912345678" not in entry.line


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"phone": ""}, "phone"), ({"channel": "email"}, "email"), ({"phone": "12"}, "phone"),
        ({"channel": "email", "email": "binh@"}, "email"), ({"full_name": "7"}, "full_name"),
        ({"about": " "}, "about"), ({"guidance": ""}, "guidance"),
    ],
)  # fmt: skip
def test_impossible_details(cast, told, rule):
    """What cannot be right should be refused by its field."""
    with pytest.raises(NotValidError) as refused:
        lead(cast, **told)
    assert refused.value.rule == rule
    assert not Lead.objects.exists()


def test_reachable_by_the_way_they_asked():
    """A call needs a number, an e-mail an address, neither the other's."""
    check_reachable("telephone", "0912345678", "")
    check_reachable("email", "", "binh@example.vn")


@pytest.mark.parametrize("by_letter", [True, False])
def test_guidance_names_what_the_province_admits(by_letter):
    """A caller should be told to write and where to, of the post only where it is admitted."""
    lines = guidance_lines(
        place="UBND xã Hữu Lũng", address="thôn Na Đâu", phone="0205 3000 000", by_letter=by_letter
    )
    text = " ".join(lines)
    assert "chưa thay được đơn" in text
    assert "UBND xã Hữu Lũng" in text
    assert ("bưu điện" in text) == by_letter
    assert "0205 3000 000" in text
    assert "gọi" not in " ".join(guidance_lines(place="X", address="", phone="", by_letter=True))


def test_only_who_takes_in_filings_there(cast):
    """A lead should be written by the counter only, and be read in its scope."""
    with pytest.raises(RuleRefusedError):
        lead(cast, by=cast.clerk_b)
    with pytest.raises(RuleRefusedError):
        lead(cast, by=cast.chair)
    found = lead(cast)
    for person in (cast.clerk_a, cast.clerk_b, cast.officer, cast.chair, cast.stranger):
        assert (found in queries.leads_for(person)) == can_see_lead(person, found)
    assert found in queries.leads_for(cast.officer)
    assert found not in queries.leads_for(cast.clerk_b)


def test_filing_that_came_is_linked_once(cast):
    """The filing should be noted; the same again changes nothing, another one is refused."""
    found, filing, other = lead(cast), c.filing(cast), c.filing(cast, 1)
    assert link_lead(lead=found, filing=filing, by=cast.clerk_a).filing == filing
    link_lead(lead=found, filing=filing, by=cast.clerk_a)
    assert Entry.objects.filter(verb="link_lead").count() == 1
    with pytest.raises(RuleRefusedError, match="đơn khác"):
        link_lead(lead=found, filing=other, by=cast.officer)


def test_link_within_ones_scope(cast):
    """Nobody should link what they may not see."""
    found, filing = lead(cast), c.filing(cast)
    with pytest.raises(RuleRefusedError):
        link_lead(lead=found, filing=filing, by=cast.outsider)
    assert Lead.objects.get().filing is None


@pytest.mark.parametrize("count", [1, 4])
def test_list_queries_do_not_grow(cast, django_assert_num_queries, count):
    """Rows should cost no query of their own."""
    for _ in range(count):
        link_lead(lead=lead(cast), filing=c.filing(cast, _), by=cast.officer)
    with django_assert_num_queries(2):
        rows = queries.leads_for(cast.officer)
        assert [(row.agency.name, str(row.by), row.filing.tracking_code) for row in rows]
