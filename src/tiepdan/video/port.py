"""The port to conferencing: what the product asks of any media engine.

Words of a provider stop at its adapter. Every function answers within two seconds or raises
`ProviderUnavailableError`; none is called inside a database transaction. Times are the machine's.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

RECORDER_IDENTITY = "~recorder"
"""Identity of our own recorder; no seat can have it, since codes of seats are slugs."""


class ProviderUnavailableError(Exception):
    """The engine did not answer in time, or answered that it cannot."""


class ForgedError(Exception):
    """A token or a callback does not carry the engine's valid signature."""


class Source(StrEnum):
    """What a participant sends."""

    AUDIO = "audio"
    VIDEO = "video"
    PAPER = "paper"
    """A shared screen, or a camera that looks at a paper: sharp, few frames."""


SEEN_AND_HEARD = frozenset({Source.AUDIO, Source.VIDEO})
"""What a physical room sends unless somebody decided otherwise."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody connected to a room.

    `sending`: what is published and not muted; `may_send`: what the engine would let them publish.
    """

    identity: str
    joined_at: datetime
    sending: frozenset[Source]
    is_recorder: bool = False
    may_send: frozenset[Source] = SEEN_AND_HEARD


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """Whom a token lets into which room, to publish what."""

    identity: str
    room_name: str
    may_send: frozenset[Source] = SEEN_AND_HEARD


class EventKind(StrEnum):
    """What an engine reports that we care for."""

    JOINED = "joined"
    LEFT = "left"
    ROOM_ENDED = "room_ended"


class Leaving(StrEnum):
    """Why somebody is in a room no more, as the engine saw it."""

    UNKNOWN = "unknown"
    PAGE = "page"
    """The page said goodbye: it was closed or loaded again."""

    LINE = "line"
    """Nothing came from them any more."""

    DISPLACED = "displaced"
    REMOVED = "removed"
    ROOM = "room"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class Event:
    """A report of the engine: it can come twice, late or never, so it only says where to look.

    `at`: when it happened by the engine's own clock.
    """

    kind: EventKind
    room_name: str
    identity: str = ""
    reason: Leaving = Leaving.UNKNOWN
    at: datetime | None = None


class Provider(Protocol):
    """A conferencing system as the product sees it."""

    def provision(self, room_name: str) -> None:
        """Make the room; does nothing when it is there."""

    def close(self, room_name: str) -> None:
        """End the room for everybody; does nothing when it is gone."""

    def remove(self, room_name: str, identity: str) -> None:
        """Cut one participant off; does nothing when they are gone."""

    def permit(self, room_name: str, identity: str, may_send: AbstractSet[Source]) -> None:
        """Let somebody publish just this from now on; what goes beyond it ends at once."""

    def mute(self, room_name: str, identity: str) -> None:
        """Silence somebody's microphone now; they may switch it on again (see `permit`)."""

    def participants(self, room_name: str) -> list[Participant]:
        """Who is connected now; empty for an unknown room."""

    def rooms(self) -> AbstractSet[str]:
        """Names of all rooms of the engine."""

    def number_of(self, room_name: str) -> str:
        """Which of several engines has the room, for the door; empty when unknown or only one."""

    def seat_token(
        self,
        room_name: str,
        identity: str,
        name: str,
        *,
        may_send: AbstractSet[Source] = SEEN_AND_HEARD,
    ) -> str:
        """A token with which a seat joins within 60 s; it is never stored or logged."""

    def recorder_token(self, room_name: str) -> str:
        """A token for our recorder: unseen, subscribes only, lasts a day so that it can rejoin."""

    def identity_of_token(self, token: str) -> TokenClaims:
        """Whom a token lets in; raises ForgedError unless signature and time are right."""

    def parse_event(self, body: bytes, authorization: str) -> Event | None:
        """What a callback says, None if nothing for us; raises ForgedError."""

    def healthy(self) -> bool:
        """Whether the engine answers."""
