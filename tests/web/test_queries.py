"""How often the busiest pages ask the database."""

import pytest
from django.urls import reverse

from tests import cast as c
from tests.scheduling import plans
from tests.web.pages import signed_in
from tiepdan.scheduling.actions import place_appointments


@pytest.mark.parametrize(("page", "most"), [("today", 12), ("filing", 12), ("reception", 12)])
@pytest.mark.parametrize("who", ["officer", "chair", "clerk_a"])
def test_pages_ask_no_more_than_this(cast, django_assert_max_num_queries, page, most, who):
    """What somebody may do should be asked once a request; more filings should cost nothing."""
    filing = c.classified_filing(cast)
    for number in range(1, 4):
        c.filing(cast, number)
        c.approved_filing(cast, 3 + number, agency=cast.commune_a)
    reception = plans.published(cast)
    place_appointments(reception=reception, by=cast.head)
    client = signed_in(getattr(cast, who))
    key = {"filing": [filing.pk], "reception": [reception.pk]}.get(page, [])
    where = reverse(f"desk:{page}", args=key)
    client.get(where)
    with django_assert_max_num_queries(most):
        assert client.get(where).status_code == 200
