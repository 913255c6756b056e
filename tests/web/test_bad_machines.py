"""Bad input where machines speak: the card reader, the engine's door and reports, the player."""

import pytest
from django.urls import reverse

from tests.corpus import BODIES, TEXTS, faults_of
from tests.sittings.factories import waiting
from tests.web.pages import signed_in
from tiepdan.matters.models import Filing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rehearsal(settings, tmp_path):
    settings.VIDEO_PROVIDER = "stub"
    settings.RUN_DIR = tmp_path


def test_no_card_fails(cast):
    """Whatever a QR code holds should be read as a card or refused in words."""
    client = signed_in(cast.clerk_a)
    for said, words in TEXTS.items():
        for card in (words, f"020190000001||{words}|05121990|Nữ|{words}|10052021", "|" * 500):
            answer = client.post(reverse("desk:card_read"), {"card": card})
            assert answer.status_code in {200, 400, 422}, said
            assert faults_of(answer) == [], said
    assert not Filing.objects.exists()


def test_no_broken_card_request_fails(cast):
    """A request that is none should be answered."""
    client = signed_in(cast.clerk_a)
    for said, body in BODIES.items():
        kind = "application/x-www-form-urlencoded"
        answer = client.post(reverse("desk:card_read"), body, content_type=kind)
        assert answer.status_code < 500, said


@pytest.mark.parametrize("engine", ["stub", "livekit"])
def test_no_token_passes_the_door(cast, client, settings, engine):
    """No address with rubbish for a token should be let through to the engine, nor fail."""
    settings.VIDEO_PROVIDER = engine
    waiting(cast)
    for said, words in TEXTS.items():
        plain = words.replace("\r", "").replace("\n", "").replace("\0", "")
        for address in (f"/rtc?access_token={plain}", f"/rtc?{plain}", plain):
            headers = {"X-Original-URI": address}
            for one in (client, signed_in(cast.clerk_a)):
                answer = one.get(reverse("room:gate"), headers=headers)
                assert answer.status_code in {400, 403}, said


@pytest.mark.parametrize("engine", ["stub", "livekit"])
def test_no_forged_report_is_believed(cast, client, settings, engine):
    """Whatever is sent as a report of the engine should be refused, unsigned as it is."""
    settings.VIDEO_PROVIDER = engine
    waiting(cast)
    told = {said: words.encode() for said, words in TEXTS.items()} | BODIES
    for said, body in told.items():
        for signature in ("", "Bearer x.y.z", "x" * 5000):
            answer = client.post(
                reverse("room:webhook"), body, content_type="application/webhook+json",
                headers={"Authorization": signature} if signature else {},
            )  # fmt: skip
            assert answer.status_code in {400, 401, 413}, said
