"""The rehearsal provider behaves like an engine without media."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core import signing

from tiepdan.video.adapters.stub.provider import Stub
from tiepdan.video.port import Event, EventKind, ForgedError
from tiepdan.video.providers import provider


@pytest.fixture
def stub(settings: Any, tmp_path: Path) -> Stub:
    settings.RUN_DIR = tmp_path
    return Stub()


def test_who_enters_is_inside(stub: Stub) -> None:
    """A token should let one identity in until it is removed or the room ends."""
    stub.provision("mot")
    stub.enter(stub.seat_token("mot", "hub", "Hub"))
    assert [one.identity for one in Stub().participants("mot")] == ["hub"]
    stub.remove("mot", "hub")
    assert stub.participants("mot") == []
    stub.close("mot")
    assert stub.rooms() == set()
    with pytest.raises(LookupError):
        stub.enter(stub.seat_token("mot", "hub", "Hub"))


def test_forged_tokens_and_reports(stub: Stub) -> None:
    """What we did not sign should be refused."""
    with pytest.raises(ForgedError):
        stub.identity_of_token("x")
    body = json.dumps({"kind": "left", "room": "mot", "identity": "hub"})
    signature = signing.Signer(salt="stub-event").sign(body)
    told = stub.parse_event(body.encode(), signature)
    assert told == Event(EventKind.LEFT, "mot", "hub")
    with pytest.raises(ForgedError):
        stub.parse_event(body.encode() + b" ", signature)
    with pytest.raises(ForgedError):
        stub.parse_event(body.encode(), "x")


def test_providers_have_names() -> None:
    """A sitting should find its provider by name, an unknown one should fail."""
    assert isinstance(provider("stub"), Stub)
    with pytest.raises(KeyError):
        provider("khac")
