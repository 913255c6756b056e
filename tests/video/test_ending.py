"""The notice of the engine's end."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tiepdan.common import clock
from tiepdan.video import ending


def test_a_notice_is_read_once_by_each_reader(tmp_path: Path, settings: Any) -> None:
    """A reader should learn of an end after its own making, once, and when it was."""
    settings.RUN_DIR = tmp_path
    first = ending.EndNotice()
    assert first.new() is None
    ending.tell()
    late = ending.EndNotice()
    ended = first.new()
    assert ended is not None
    assert abs(ended - clock.real_now()) < timedelta(minutes=1)
    assert first.new() is None
    assert late.new() is None
