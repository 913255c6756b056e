"""Which adapter serves a sitting, by the name stored with it."""

from collections.abc import Callable
from functools import cache

from tiepdan.video.adapters.livekit.provider import LiveKit
from tiepdan.video.adapters.stub.provider import Stub
from tiepdan.video.port import Provider

_ADAPTERS: dict[str, Callable[[], Provider]] = {"livekit": LiveKit, "stub": Stub}


@cache
def provider(name: str) -> Provider:
    """The provider of that name; raises KeyError for an unknown one."""
    return _ADAPTERS[name]()
