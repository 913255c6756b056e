"""The product works with each province's rules: only data differ."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast as everyone
from tests.org.test_profiles import PROFILES
from tests.scheduling.plans import published
from tests.web.pages import signed_in, text
from tiepdan.org import rulebook

PUBLIC = ["portal:home", "portal:register_info", "portal:guide"]
DESK = ["desk:today", "desk:filings", "desk:receptions", "desk:rules", "desk:days_off"]


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_carries_a_filing(cast, settings, profile):
    """From registration to the published reception each profile should do."""
    settings.PROFILE = profile
    filing = everyone.approved_filing(cast)
    reception = published(cast)
    prefix = rulebook.text("tracking_prefix", everyone.MORNING.date())
    assert filing.tracking_code.startswith(f"{prefix}-")
    bases = reception.notice.context["bases"]
    assert bases == rulebook.texts("document_bases", everyone.MORNING.date())
    for page in PUBLIC:
        assert Client().get(reverse(page)).status_code == 200, page
    for page in DESK:
        assert signed_in(cast.head).get(reverse(page)).status_code == 200, page


@pytest.mark.parametrize(("profile", "ways"), [("dong-thap", 4), ("lang-son", 2)])
def test_citizens_are_told_what_their_province_admits(cast, settings, profile, ways):
    """Each way of registering the plan admits should be offered, and no other."""
    settings.PROFILE = profile
    page = text(Client().get(reverse("portal:register_info")))
    assert f"Có {ways} cách đăng ký" in page
    assert ("Đăng ký trên mạng" in page) == (ways == 4)
    assert ("Qua Ủy ban nhân dân xã, phường" in page) == (ways == 4)
