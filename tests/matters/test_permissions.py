"""Who may do what with a filing."""

import pytest

from tests import cast as c
from tiepdan.matters import permissions

EVERYBODY = [
    "chair", "head", "officer", "secretary", "registrar", "operator", "inspector", "clerk_a",
    "clerk_b", "outsider", "stranger", "department_officer",
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "allowed"),
    [
        (
            permissions.can_see,
            {"chair", "head", "officer", "secretary", "registrar", "inspector", "clerk_a"},
        ),
        (permissions.can_record_consent, {"head", "officer", "clerk_a"}),
        (permissions.can_classify, {"head", "officer"}),
        (permissions.can_dispose, {"head", "officer"}),
        (permissions.can_decide, {"chair"}),
    ],
)
def test_table(cast, check, allowed):
    """For a citizen of A taken in by the board, exactly these people should be allowed."""
    filing = c.filing(cast)
    assert {name for name in EVERYBODY if check(getattr(cast, name), filing)} == allowed


def test_register_at_ones_own_desk(cast):
    """A clerk should register at the own commune, the board anywhere, others nowhere."""
    allowed = {n for n in EVERYBODY if permissions.can_register(getattr(cast, n), cast.commune_a)}
    assert allowed == {"head", "officer", "clerk_a"}


def test_where_it_was_taken_in(cast):
    """A commune should see what it took in for a citizen of another commune."""
    filing = c.filing(cast, agency=cast.commune_b)
    filing.received_at_agency = cast.commune_c
    assert permissions.can_see(cast.outsider, filing)
    assert permissions.can_see(cast.clerk_b, filing)
    assert not permissions.can_see(cast.clerk_a, filing)
