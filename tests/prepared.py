"""The data of a copy, prepared once in a run of the tests: database, static files, demo province.

Preparing takes fifteen seconds each time; who starts a copy may begin from here.
"""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PREPARE = """
import django
django.setup()
from tiepdan.config.prepare import prepare
prepare()
"""


def fill(data: Path, *, demo: bool = True) -> None:
    """Put what a copy finds at its second start into `data`; its processes do the rest."""
    shutil.copytree(_prepared(demo), data, dirs_exist_ok=True)


@functools.cache
def _prepared(demo: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tiepdan-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # SQLite, whatever the tests themselves are on.
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {
        "DJANGO_SETTINGS_MODULE": "tiepdan.config.settings",
        "TIEPDAN_DATA_DIR": str(folder),
        "TIEPDAN_DEMO": str(int(demo)),
        "TIEPDAN_STATIC_MANIFEST": "1",
    }
    subprocess.run([sys.executable, "-c", PREPARE], env=kept | own, check=True, stdout=sys.stderr)
    return folder
