"""Sittings without a media engine, and a rehearsal file of each test's own."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _rehearsal_provider(settings: Any, tmp_path: Path) -> None:
    settings.VIDEO_PROVIDER = "stub"
    settings.RUN_DIR = tmp_path
