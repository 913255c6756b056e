"""`bench/run` is there to be run: every measurement is listed, and one can be tried here."""

import os
import subprocess
from pathlib import Path

import pytest
from bench.main import NAMES, SIZED, Line

from bench import copy

ROOT = Path(__file__).resolve().parents[2]
GOALS = {"8.3.2", "F5", "F12", "K1", "P1", "P11", "P13", "P2", "P4", "P5", "P6"}


def _run(*words):
    return subprocess.run(
        [ROOT / "bench" / "run", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_each_measurement_is_listed():
    """`--list` should name each measurement with its goal, and the page should tell of it."""
    told = _run("--list")
    page = (ROOT / "docs" / "reference" / "benchmarks.md").read_text(encoding="utf-8")
    assert told.returncode == 0
    for name, words in NAMES.items():
        assert f"{name:10} {words}" in told.stdout
        assert f"`{name}`" in page
        assert words.split(":")[0] in GOALS


@pytest.mark.parametrize("name", NAMES)
def test_each_name_has_its_module(name):
    """Each listed name should have a module of that name."""
    module = "search" if name in SIZED else name.replace("-", "_")
    assert (ROOT / "bench" / f"{module}.py").is_file()


def test_an_unknown_name_is_refused():
    """A name that is not listed should be refused, with those that are."""
    told = _run("no-such")
    assert told.returncode == 2
    assert "call-next" in told.stderr


def test_pages_can_be_measured(client, db):
    """The bare view should be measured quickly, as a line with a ratio, without a verdict."""
    from bench import pages  # noqa: PLC0415 - beside its only use

    line = pages._line("khoẻ", client, "/khoe/", bare=1.0)
    assert isinstance(line, Line)
    assert line.ratio > 0
    assert "queries" in line.figures


def test_a_process_is_read_from_the_kernel():
    """Processor seconds and MiB of this very process should be positive."""
    seconds, mib = copy.spent(os.getpid())
    assert seconds > 0
    assert mib > 1
