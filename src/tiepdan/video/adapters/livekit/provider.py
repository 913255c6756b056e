"""LiveKit server as a provider: its Twirp API over HTTP, its tokens, its signed webhooks.

The SDK's API client is asynchronous and retries for longer than our two seconds; five calls of
JSON over HTTP need neither.
"""

import base64
import binascii
import hashlib
import http.client
import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import jwt
from django.conf import settings
from livekit.api.access_token import AccessToken, TokenVerifier, VideoGrants

from tiepdan.video.adapters.livekit import cluster
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

TIMEOUT = 2.0
JOIN_WITHIN = timedelta(seconds=60)
RECORDER_LIFE = timedelta(hours=24)
_CALL_LIFE = timedelta(seconds=60)
_KEEP = 86400  # seconds an empty room stays: only we end rooms
_SOURCES = {"CAMERA": Source.VIDEO, "MICROPHONE": Source.AUDIO, "SCREEN_SHARE": Source.PAPER}
_NAMES = {source: name for name, source in _SOURCES.items()}
_EVENTS = {
    "participant_joined": EventKind.JOINED,
    "participant_left": EventKind.LEFT,
    "participant_connection_aborted": EventKind.LEFT,
    "room_finished": EventKind.ROOM_ENDED,
}
_LEAVINGS = {
    "CLIENT_INITIATED": Leaving.PAGE,
    "DUPLICATE_IDENTITY": Leaving.DISPLACED,
    "SERVER_SHUTDOWN": Leaving.ENGINE,
    "PARTICIPANT_REMOVED": Leaving.REMOVED,
    "ROOM_DELETED": Leaving.ROOM,
    "ROOM_CLOSED": Leaving.ROOM,
    "STATE_MISMATCH": Leaving.LINE,
    "JOIN_FAILURE": Leaving.LINE,
    "SIGNAL_CLOSE": Leaving.LINE,
    "CONNECTION_TIMEOUT": Leaving.LINE,
    "MEDIA_FAILURE": Leaving.LINE,
}


class LiveKit:
    """LiveKit 1.13 at `settings.ENGINE_URL`, with our key and secret; of several, any answers."""

    def __init__(self) -> None:
        self._asked = 0  # of several, the one that answered last

    def provision(self, room_name: str) -> None:
        """Make the room; creating it twice is the same as once."""
        room = {"name": room_name, "empty_timeout": _KEEP, "departure_timeout": _KEEP}
        self._call("CreateRoom", room, VideoGrants(room_create=True))

    def close(self, room_name: str) -> None:
        """End the room for everybody."""
        self._call("DeleteRoom", {"room": room_name}, VideoGrants(room_create=True))

    def remove(self, room_name: str, identity: str) -> None:
        """Cut one participant off."""
        asked = {"room": room_name, "identity": identity}
        self._call("RemoveParticipant", asked, VideoGrants(room_admin=True, room=room_name))

    def permit(self, room_name: str, identity: str, may_send: AbstractSet[Source]) -> None:
        """Change the grants of a connection; the engine sends it a fresh token with them."""
        permission = {
            "can_subscribe": True,
            "can_publish": bool(may_send),
            "can_publish_sources": sorted(_NAMES[source] for source in may_send),
            "can_publish_data": False,
        }
        asked = {"room": room_name, "identity": identity, "permission": permission}
        self._call("UpdateParticipant", asked, VideoGrants(room_admin=True, room=room_name))

    def mute(self, room_name: str, identity: str) -> None:
        """Mute each microphone they publish."""
        grants = VideoGrants(room_admin=True, room=room_name)
        asked = {"room": room_name, "identity": identity}
        for track in self._call("GetParticipant", asked, grants).get("tracks", []):
            if track.get("source") == _NAMES[Source.AUDIO]:
                one = asked | {"track_sid": track["sid"], "muted": True}
                self._call("MutePublishedTrack", one, grants)

    def participants(self, room_name: str) -> list[Participant]:
        """Who is connected now, our recorder included."""
        grants = VideoGrants(room_admin=True, room=room_name)
        answer = self._call("ListParticipants", {"room": room_name}, grants)
        return [_participant(one) for one in answer.get("participants", [])]

    def rooms(self) -> AbstractSet[str]:
        """Names of all rooms of the engine."""
        answer = self._call("ListRooms", {}, VideoGrants(room_list=True))
        return {room["name"] for room in answer.get("rooms", [])}

    def number_of(self, room_name: str) -> str:
        """What Redis says; the door's own group of engines is called so."""
        return "" if cluster.is_one() else str(cluster.holder(room_name) or "")

    def seat_token(
        self,
        room_name: str,
        identity: str,
        name: str,
        *,
        may_send: AbstractSet[Source] = SEEN_AND_HEARD,
    ) -> str:
        """Camera and microphone as told, no data channel, no administration."""
        grants = VideoGrants(
            room_join=True,
            room=room_name,
            can_publish=bool(may_send),
            can_publish_sources=sorted(_NAMES[source].lower() for source in may_send) or None,
            can_subscribe=True,
            can_publish_data=False,
        )
        return _token(grants, JOIN_WITHIN, identity, name)

    def recorder_token(self, room_name: str) -> str:
        """Unseen, subscribes only."""
        grants = VideoGrants(
            room_join=True,
            room=room_name,
            hidden=True,
            recorder=True,
            can_publish=False,
            can_subscribe=True,
            can_publish_data=False,
        )
        return _token(grants, RECORDER_LIFE, RECORDER_IDENTITY, "")

    def identity_of_token(self, token: str) -> TokenClaims:
        """Whom a token lets in, tokens that the engine itself refreshed included."""
        claims = _verified(token)
        if claims.video is None or not claims.video.room_join or not claims.identity:
            raise ForgedError("not a token to join a room")
        may_send = _may_send(
            claims.video.can_publish is not False, claims.video.can_publish_sources
        )
        return TokenClaims(claims.identity, claims.video.room, may_send)

    def parse_event(self, body: bytes, authorization: str) -> Event | None:
        """A webhook: a signed token that carries the hash of the body."""
        claims = _verified(authorization.removeprefix("Bearer "))
        try:
            told = base64.b64decode(claims.sha256 or "", validate=True)
        except binascii.Error as error:
            raise ForgedError("no hash of the body") from error
        if told != hashlib.sha256(body).digest():
            raise ForgedError("the body is not what was signed")
        event = json.loads(body)
        kind = _EVENTS.get(event.get("event", ""))
        if kind is None:
            return None
        who = event.get("participant", {})
        seconds = int(event.get("createdAt", 0))
        return Event(
            kind,
            event.get("room", {}).get("name", ""),
            who.get("identity", ""),
            _LEAVINGS.get(who.get("disconnectReason", ""), Leaving.UNKNOWN),
            datetime.fromtimestamp(seconds, tz=UTC) if seconds else None,
        )

    def healthy(self) -> bool:
        """Whether the engine lists its rooms: answering `/` alone proves little."""
        try:
            self.rooms()
        except ProviderUnavailableError:
            return False
        return True

    def _call(self, method: str, asked: Mapping[str, Any], grants: VideoGrants) -> dict[str, Any]:
        """One call of the engine's RoomService; an unknown room or participant is no error."""
        addresses = cluster.addresses()
        for _ in addresses[1:]:
            try:
                return self._ask(addresses[self._asked % len(addresses)], method, asked, grants)
            except ProviderUnavailableError:
                self._asked += 1
        return self._ask(addresses[self._asked % len(addresses)], method, asked, grants)

    @staticmethod
    def _ask(
        address: str, method: str, asked: Mapping[str, Any], grants: VideoGrants
    ) -> dict[str, Any]:
        # http.client, since urllib would send this through a proxy named in the environment.
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=TIMEOUT)
        headers = {
            "Authorization": f"Bearer {_token(grants, _CALL_LIFE)}",
            "Content-Type": "application/json",
        }
        path = f"/twirp/livekit.RoomService/{method}"
        try:
            connection.request("POST", path, json.dumps(asked), headers)
            response = connection.getresponse()
            status, text = response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise ProviderUnavailableError(f"{method}: {error}") from error
        finally:
            connection.close()
        if status == http.client.NOT_FOUND:
            return {}
        if status != http.client.OK:
            raise ProviderUnavailableError(f"{method}: HTTP {status}")
        answer: dict[str, Any] = json.loads(text)
        return answer


def _token(grants: VideoGrants, life: timedelta, identity: str = "", name: str = "") -> str:
    token = AccessToken(settings.ENGINE_KEY, settings.ENGINE_SECRET)
    token.with_identity(identity).with_name(name).with_ttl(life).with_grants(grants)
    return token.to_jwt()


def _verified(token: str) -> Any:
    verifier = TokenVerifier(settings.ENGINE_KEY, settings.ENGINE_SECRET)
    try:
        return verifier.verify(token)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise ForgedError("the engine did not sign this") from error


def _participant(told: Mapping[str, Any]) -> Participant:
    tracks = [track for track in told.get("tracks", []) if not track.get("muted")]
    found = {_SOURCES.get(track.get("source", "")) for track in tracks}
    permission = told.get("permission", {})
    joined_ms = int(told.get("joined_at_ms") or told.get("joinedAtMs") or 0)
    return Participant(
        identity=told["identity"],
        joined_at=datetime.fromtimestamp(joined_ms / 1000, tz=UTC),
        sending=frozenset(source for source in found if source is not None),
        is_recorder=bool(permission.get("recorder")) and told["identity"] == RECORDER_IDENTITY,
        may_send=_may_send(
            bool(permission.get("can_publish")), permission.get("can_publish_sources")
        ),
    )


def _may_send(can_publish: bool, names: Iterable[str] | None) -> frozenset[Source]:
    """Sources in our words; the engine takes no list, or an empty one, for all of them."""
    if not can_publish:
        return frozenset()
    known = (_SOURCES.get(name.upper()) for name in names or _SOURCES)
    return frozenset(source for source in known if source is not None)
