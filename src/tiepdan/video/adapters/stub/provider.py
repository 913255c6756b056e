"""The rehearsal provider (diễn tập): rooms without media, in one file that all processes share.

Everything works as with a real engine except that nothing is seen or heard: choose it with
`TIEPDAN_VIDEO_PROVIDER=stub` to practise a sitting, or in tests. `enter` and `leave` play the part
of a browser.
"""

import fcntl
import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import signing

from tiepdan.common import clock
from tiepdan.video.port import (
    RECORDER_IDENTITY,
    SEEN_AND_HEARD,
    Event,
    EventKind,
    ForgedError,
    Leaving,
    Participant,
    Source,
    TokenClaims,
)

JOIN_WITHIN = 60
Rooms = dict[str, dict[str, tuple[str, list[str], list[str]]]]
"""Room name -> identity -> time of joining (ISO 8601), what they may send, what they send."""


class Stub:
    """Rooms in `RUN_DIR/stub-video.json`; tokens and callbacks signed with Django's key."""

    def provision(self, room_name: str) -> None:
        """Make the room."""
        with _rooms() as rooms:
            rooms.setdefault(room_name, {})

    def close(self, room_name: str) -> None:
        """End the room."""
        with _rooms() as rooms:
            rooms.pop(room_name, None)

    def remove(self, room_name: str, identity: str) -> None:
        """Cut one participant off."""
        self.leave(room_name, identity)

    def permit(self, room_name: str, identity: str, may_send: AbstractSet[Source]) -> None:
        """A page would publish at once what it may again, and so does this."""
        with _rooms() as rooms:
            person = rooms.get(room_name, {}).get(identity)
            if person:
                rooms[room_name][identity] = (person[0], sorted(may_send), sorted(may_send))

    def mute(self, room_name: str, identity: str) -> None:
        """Silence somebody now."""
        with _rooms() as rooms:
            person = rooms.get(room_name, {}).get(identity)
            if person:
                sending = [source for source in person[2] if source != Source.AUDIO]
                rooms[room_name][identity] = (person[0], person[1], sending)

    def participants(self, room_name: str) -> list[Participant]:
        """Who has entered."""
        with _rooms() as rooms:
            return [
                Participant(
                    identity,
                    datetime.fromisoformat(at),
                    frozenset(map(Source, sending)),
                    identity == RECORDER_IDENTITY,
                    frozenset(map(Source, may_send)),
                )
                for identity, (at, may_send, sending) in rooms.get(room_name, {}).items()
            ]

    def rooms(self) -> AbstractSet[str]:
        """Names of all rooms."""
        with _rooms() as rooms:
            return set(rooms)

    def number_of(self, _room_name: str) -> str:
        """There is nothing to choose from."""
        return ""

    def seat_token(
        self,
        room_name: str,
        identity: str,
        name: str,  # noqa: ARG002
        *,
        may_send: AbstractSet[Source] = SEEN_AND_HEARD,
    ) -> str:
        """A signed token; `name` means nothing without media."""
        return signing.dumps([room_name, identity, sorted(may_send)], salt="stub-token")

    def recorder_token(self, room_name: str) -> str:
        """A token for a recorder that will have nothing to record."""
        return self.seat_token(room_name, RECORDER_IDENTITY, "")

    def identity_of_token(self, token: str) -> TokenClaims:
        """Whom a token lets in."""
        try:
            room_name, identity, may_send = signing.loads(
                token, salt="stub-token", max_age=JOIN_WITHIN
            )
        except signing.BadSignature as error:
            raise ForgedError("not a token of ours") from error
        return TokenClaims(identity, room_name, frozenset(map(Source, may_send)))

    def parse_event(self, body: bytes, authorization: str) -> Event | None:
        """A callback: JSON `{kind, room, identity, reason}`, signed by the authorization."""
        try:
            signed = signing.Signer(salt="stub-event").unsign(authorization)
        except signing.BadSignature as error:
            raise ForgedError("not a callback of ours") from error
        if signed != body.decode():
            raise ForgedError("the body is not what was signed")
        told = json.loads(body)
        reason = Leaving(told.get("reason", Leaving.UNKNOWN))
        return Event(EventKind(told["kind"]), told["room"], told.get("identity", ""), reason)

    def healthy(self) -> bool:
        """A file is always there."""
        return True

    def enter(self, token: str) -> None:
        """What a browser does with a token; raises LookupError when the room is gone."""
        claims = self.identity_of_token(token)
        with _rooms() as rooms:
            may_send = [str(source) for source in sorted(claims.may_send)]
            entered = (clock.real_now().isoformat(), may_send, may_send)
            rooms[claims.room_name][claims.identity] = entered

    def leave(self, room_name: str, identity: str) -> None:
        """What a browser does when its page closes."""
        with _rooms() as rooms:
            rooms.get(room_name, {}).pop(identity, None)


@contextmanager
def _rooms() -> Iterator[Rooms]:
    """The rooms, for one process at a time; what is changed is kept."""
    path = Path(settings.RUN_DIR) / "stub-video.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = file.read()
        rooms: Rooms = json.loads(before or "{}")
        yield rooms
        after = json.dumps(rooms)
        if after != before:
            file.seek(0)
            file.truncate()
            file.write(after)
