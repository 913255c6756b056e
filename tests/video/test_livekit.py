"""The LiveKit adapter: against the real engine, and alone."""

import base64
import hashlib
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from tests.video.engine import address, free_port, recorder, running, seat_browser, wait_until
from tiepdan.common import clock
from tiepdan.video.adapters.livekit import provider as adapter
from tiepdan.video.adapters.livekit.provider import LiveKit
from tiepdan.video.port import (
    RECORDER_IDENTITY,
    SEEN_AND_HEARD,
    Event,
    EventKind,
    ForgedError,
    Leaving,
    Participant,
    ProviderUnavailableError,
    Source,
    TokenClaims,
)

NOBODY = Participant("", clock.real_now(), frozenset())


def claims(token: str, settings: Any) -> dict[str, Any]:
    told: dict[str, Any] = jwt.decode(token, settings.ENGINE_SECRET, algorithms=["HS256"])
    return told


def report(settings: Any, told: dict[str, Any], **signed: Any) -> tuple[bytes, str]:
    """A webhook as the engine sends it."""
    body = json.dumps(told).encode()
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    now = int(time.time())
    facts = {"iss": settings.ENGINE_KEY, "nbf": now, "exp": now + 60, "sha256": digest} | signed
    return body, jwt.encode(facts, settings.ENGINE_SECRET, algorithm="HS256")


@pytest.mark.engine
def test_rooms_come_and_go(livekit: LiveKit) -> None:
    """A room should be there once made, twice too, and gone once closed, twice too."""
    livekit.provision("mot")
    livekit.provision("mot")
    livekit.provision("hai")
    assert livekit.rooms() == {"mot", "hai"}
    livekit.close("mot")
    livekit.close("mot")
    assert livekit.rooms() == {"hai"}
    assert livekit.participants("hai") == []
    assert livekit.participants("mot") == []
    livekit.remove("hai", "nobody")


@pytest.mark.engine
def test_who_is_inside(livekit: LiveKit, tmp_path: Path) -> None:
    """A seat that shows and speaks, and the recorder, should be told apart; removing cuts off."""
    livekit.provision("mot")
    folder = tmp_path / "originals"
    folder.mkdir()
    seat = seat_browser(livekit.seat_token("mot", "hub", "Trụ sở"))
    with seat, recorder(livekit.recorder_token("mot"), folder, "mot"):

        def inside() -> dict[str, Participant]:
            return {one.identity: one for one in livekit.participants("mot")}

        wait_until(lambda: len(inside().get("hub", NOBODY).sending) == 2)
        wait_until(lambda: RECORDER_IDENTITY in inside())
        assert inside()["hub"].sending == {Source.AUDIO, Source.VIDEO}
        assert not inside()["hub"].is_recorder
        assert inside()[RECORDER_IDENTITY].is_recorder
        assert abs((inside()["hub"].joined_at - clock.real_now()).total_seconds()) < 10
        livekit.remove("mot", "hub")
        wait_until(lambda: "hub" not in inside())


@pytest.mark.engine
def test_the_engine_forgets_and_we_notice(settings: Any, tmp_path: Path) -> None:
    """After a restart the engine should have no rooms: that is how a loss is seen."""
    port = free_port()
    settings.ENGINE_URL, settings.RUN_DIR = address(port), tmp_path
    with running(tmp_path, port) as provider:
        provider.provision("mot")
    assert not provider.healthy()
    with running(tmp_path, port) as provider:
        assert provider.rooms() == set()


def test_no_engine(settings: Any) -> None:
    """Without an engine every question should end in one typed error, quickly."""
    settings.ENGINE_URL = address(free_port())
    begin = time.monotonic()
    with pytest.raises(ProviderUnavailableError):
        LiveKit().rooms()
    assert not LiveKit().healthy()
    assert time.monotonic() - begin < 4


def test_a_seat_may_show_speak_and_hear(settings: Any) -> None:
    """A seat's token should grant camera, microphone, hearing, for one minute, and nothing else."""
    told = claims(LiveKit().seat_token("mot", "huu-lung", "UBND xã Hữu Lũng"), settings)
    assert told["sub"] == "huu-lung"
    assert told["name"] == "UBND xã Hữu Lũng"
    assert told["exp"] - told["nbf"] == 60
    assert told["video"] == {
        "roomJoin": True,
        "room": "mot",
        "canPublish": True,
        "canPublishSources": ["camera", "microphone"],
        "canSubscribe": True,
        "canPublishData": False,
    }


def test_a_silent_seat(settings: Any) -> None:
    """A seat that may not publish should get no source."""
    told = claims(LiveKit().seat_token("mot", "a", "A", may_send=frozenset()), settings)
    assert told["video"]["canPublish"] is False
    assert "canPublishSources" not in told["video"]


def test_the_recorder_is_unseen(settings: Any) -> None:
    """The recorder's token should be hidden, subscribe only, and last a day."""
    told = claims(LiveKit().recorder_token("mot"), settings)
    assert told["sub"] == RECORDER_IDENTITY
    assert told["exp"] - told["nbf"] == timedelta(days=1).total_seconds()
    assert told["video"]["hidden"] is True
    assert told["video"]["recorder"] is True
    assert told["video"]["canPublish"] is False


def test_tokens_are_read_back() -> None:
    """A token of ours should say whom it lets in where."""
    token = LiveKit().seat_token("mot", "bac-son", "UBND xã Bắc Sơn")
    assert LiveKit().identity_of_token(token) == TokenClaims("bac-son", "mot")


@pytest.mark.parametrize("sources", [SEEN_AND_HEARD, {Source.VIDEO}, frozenset()])
def test_a_token_says_what_may_be_sent(sources: frozenset[Source]) -> None:
    """What a token lets somebody publish should be read back as it was granted."""
    token = LiveKit().seat_token("mot", "bac-son", "UBND xã Bắc Sơn", may_send=sources)
    assert LiveKit().identity_of_token(token).may_send == sources


@pytest.mark.engine
def test_what_somebody_may_send_can_change(livekit: LiveKit) -> None:
    """A microphone taken away should fall silent, a muted one too but stay allowed."""
    livekit.provision("mot")
    with seat_browser(livekit.seat_token("mot", "hub", "Trụ sở")):

        def hub() -> Participant:
            return next((p for p in livekit.participants("mot") if p.identity == "hub"), NOBODY)

        wait_until(lambda: hub().sending == SEEN_AND_HEARD)
        livekit.mute("mot", "hub")
        livekit.mute("mot", "nobody")
        wait_until(lambda: hub().sending == {Source.VIDEO})
        assert hub().may_send == SEEN_AND_HEARD
        livekit.permit("mot", "hub", {Source.VIDEO})
        wait_until(lambda: hub().may_send == {Source.VIDEO})
        livekit.permit("mot", "hub", frozenset())
        wait_until(lambda: not hub().may_send and not hub().sending)


def test_forged_tokens(settings: Any) -> None:
    """Another key, an old time, an unsigned or an administrator's token should be refused."""
    good = claims(LiveKit().seat_token("mot", "a", "A"), settings)
    forged = [
        jwt.encode(good, "x" * 64, algorithm="HS256"),
        jwt.encode(good | {"exp": 1}, settings.ENGINE_SECRET, algorithm="HS256"),
        jwt.encode(good, None, algorithm="none"),
        jwt.encode(good | {"video": {"roomAdmin": True}}, settings.ENGINE_SECRET),
        jwt.encode(good | {"iss": "other"}, settings.ENGINE_SECRET),
        "nonsense",
        "",
    ]
    for token in forged:
        with pytest.raises(ForgedError):
            LiveKit().identity_of_token(token)


def test_reports_are_understood(settings: Any) -> None:
    """A signed report should become our own event; one we do not need should be nothing."""
    told = {
        "event": "participant_joined",
        "room": {"name": "mot"},
        "participant": {"identity": "huu-lung"},
    }
    assert LiveKit().parse_event(*report(settings, told)) == Event(
        EventKind.JOINED, "mot", "huu-lung"
    )
    assert LiveKit().parse_event(*report(settings, {"event": "egress_started"})) is None


@pytest.mark.parametrize(
    ("engines", "ours"),
    [
        ("SIGNAL_CLOSE", Leaving.LINE),
        ("CLIENT_INITIATED", Leaving.PAGE),
        ("PARTICIPANT_REMOVED", Leaving.REMOVED),
        ("SIP_TRUNK_FAILURE", Leaving.UNKNOWN),
    ],
)
def test_why_somebody_left(settings: Any, engines: str, ours: Leaving) -> None:
    """The engine's reason and clock should come with the report, the reason in our words."""
    told = {
        "event": "participant_left",
        "createdAt": "1700000000",
        "room": {"name": "mot"},
        "participant": {"identity": "huu-lung", "disconnectReason": engines},
    }
    at = datetime.fromtimestamp(1700000000, tz=UTC)
    assert LiveKit().parse_event(*report(settings, told)) == Event(
        EventKind.LEFT, "mot", "huu-lung", ours, at
    )


def test_forged_reports(settings: Any) -> None:
    """A changed body, a missing hash or a foreign signature should be refused."""
    body, authorization = report(settings, {"event": "room_finished", "room": {"name": "mot"}})
    foreign = jwt.encode({"iss": "tiepdan", "sha256": ""}, "x" * 64)
    cases = [
        (body + b" ", authorization),
        (body, foreign),
        (body, ""),
        report(settings, {"event": "room_finished"}, sha256=""),
        report(settings, {"event": "room_finished"}, sha256="*"),
    ]
    for one, signature in cases:
        with pytest.raises(ForgedError):
            LiveKit().parse_event(one, signature)


def test_participants_are_translated() -> None:
    """The engine's words should become ours: muted tracks do not count, the recorder is known."""
    seat = adapter._participant(
        {
            "identity": "hub",
            "joined_at_ms": "1700000000500",
            "tracks": [{"source": "CAMERA"}, {"source": "MICROPHONE", "muted": True}],
        }
    )
    assert seat.sending == {"video"}
    assert seat.joined_at.timestamp() == 1700000000.5
    assert not seat.is_recorder
    told = {"identity": RECORDER_IDENTITY, "permission": {"recorder": True}}
    assert adapter._participant(told).is_recorder
    assert not adapter._participant(told | {"identity": "hub"}).is_recorder
