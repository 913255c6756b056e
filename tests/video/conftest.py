"""A real engine for the tests marked so."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.video.engine import address, free_port, running
from tiepdan.video.adapters.livekit.provider import LiveKit


@pytest.fixture
def livekit(settings: Any, tmp_path: Path) -> Iterator[LiveKit]:
    """The provider, with the real engine behind it."""
    port = free_port()
    settings.ENGINE_URL, settings.RUN_DIR = address(port), tmp_path
    with running(tmp_path, port) as provider:
        yield provider
