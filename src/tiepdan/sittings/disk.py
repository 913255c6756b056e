"""How much room the recordings have."""

import shutil
from pathlib import Path

from django.conf import settings


def free_bytes() -> int:
    """Free bytes where recordings are written, whether or not the folder exists yet."""
    folder = Path(settings.RECORDINGS_DIR)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
