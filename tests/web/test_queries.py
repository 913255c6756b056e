"""How often the busiest pages ask the database."""

import pytest
from django.urls import reverse

from tests import cast as c
from tests.web.pages import signed_in


@pytest.mark.parametrize(("page", "most"), [("today", 20), ("filing", 20)])
def test_pages_ask_no_more_than_this(cast, django_assert_max_num_queries, page, most):
    """What somebody may do should be asked once a request; more filings should cost nothing."""
    filing = c.classified_filing(cast)
    for number in range(1, 4):
        c.filing(cast, number)
    client = signed_in(cast.officer)
    where = reverse(f"desk:{page}", args=[filing.pk] if page == "filing" else [])
    client.get(where)
    with django_assert_max_num_queries(most):
        client.get(where)
