"""The English catalogues: whole, and compiled from what they say."""

import shutil
import subprocess
from pathlib import Path

import pytest

import tiepdan

CATALOGUES = sorted(Path(tiepdan.__file__).parent.glob("*/locale/en/LC_MESSAGES/django.po"))
pytestmark = pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")


def _run(*command: str | Path) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-5])
def test_nothing_is_untranslated(catalogue):
    """Every Vietnamese text of a catalogue should have its English one."""
    for kind in ("--untranslated", "--only-fuzzy"):
        assert _run("msgattrib", kind, catalogue) == b"", kind


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-5])
def test_compiled_catalogue_fits(catalogue):
    """The compiled file should be what its source compiles to now."""
    assert _run("msgfmt", "-c", "-o", "-", catalogue) == catalogue.with_suffix(".mo").read_bytes()
