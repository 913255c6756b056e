"""Lists cost the same number of queries however long they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast as everyone
from tests.web.pages import signed_in


def _queries(client, page):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("page", "role", "make"),
    [
        ("/ban-lam-viec/don/", "head", everyone.classified_filing),
        ("/ban-lam-viec/don/", "clerk_a", everyone.filing),
        ("/ban-lam-viec/", "head", everyone.classified_filing),
        ("/ban-lam-viec/", "head", everyone.approved_filing),
        ("/ban-lam-viec/duyet/", "chair", everyone.proposed_filing),
    ],
)
def test_more_rows_cost_no_more_queries(cast, page, role, make):
    """Two more rows should not cost one more query."""
    client = signed_in(getattr(cast, role))
    make(cast, 0)
    client.get(page)
    before = _queries(client, page)
    make(cast, 1)
    make(cast, 2)
    assert _queries(client, page) == before


def test_search_finds_without_marks(cast):
    """A name typed without marks should find its filing."""
    made = everyone.filing(cast)
    page = signed_in(cast.head).get("/ban-lam-viec/don/", {"q": "thuy an"})
    assert made.tracking_code in page.content.decode()
