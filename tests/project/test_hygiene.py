"""What must never stand in the repository, and sizes that keep it readable."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
# Written in two parts, or this file would find itself.
MARKS = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
MACHINE_PATHS = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]
REGISTRY_HOSTS = [
    "pypi." + "org",
    "pythonhosted." + "org",
    "registry." + "npmjs",
    "proxy.golang." + "org",
]
TEXT = {".py", ".ts", ".css", ".go", ".html", ".md", ".toml", ".json", ".sh", ".conf", ".mjs", ""}
# Texts of others, word for word, and data.
NOT_OURS = {"LICENSE"}


def _tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in names if path.is_file() and path.suffix in TEXT | {".lock"}]


def _read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def _source():
    return [path for path in _tracked() if path.suffix != ".lock" and path.name not in NOT_OURS]


def _containing(words, paths):
    return [
        f"{path.relative_to(ROOT)}: {word}"
        for path in paths
        for word in words
        if word in _read(path)
    ]


def test_no_registry_host():
    """No package registry's host should stand in any committed file."""
    assert _containing(REGISTRY_HOSTS, _tracked()) == []


def test_no_machine_path():
    """No path of somebody's machine should stand in any committed file."""
    assert _containing(MACHINE_PATHS, _source()) == []


def test_no_leftover_mark():
    """Nothing should be left as a mark for later: an issue is the place for that."""
    found = []
    for path in _source():
        words = set(_read(path).replace(":", " ").replace("(", " ").split())
        found += [f"{path.relative_to(ROOT)}: {mark}" for mark in MARKS if mark in words]
    assert found == []


def test_locks_are_pinned_by_hash():
    """Every requirement of every lock should carry an exact version and a hash."""
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert [path.name for path in locks] == [
        "requirements-build.lock",
        "requirements-dev.lock",
        "requirements.lock",
    ]
    for lock in locks:
        blocks = _read(lock).replace("\\\n", " ").splitlines()
        assert [
            line for line in blocks if line and ("==" not in line or "--hash=" not in line)
        ] == []


@pytest.mark.parametrize("suffix", [".py", ".ts", ".go", ".css"])
def test_files_are_short(suffix):
    """No file should be longer than a person reads in one go."""
    long = {
        str(path.relative_to(ROOT)): count
        for path in _source()
        if path.suffix == suffix and "migrations" not in path.parts
        for count in [len(_read(path).splitlines())]
        if count > LONGEST_FILE
    }
    assert long == {}


def test_functions_are_short():
    """No function should be longer than a screen."""
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in _source()
        if path.suffix == ".py" and "migrations" not in path.parts
        for node in ast.walk(ast.parse(_read(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ] == []


def test_ci_runs_the_tests_and_nothing_else():
    """What runs in continuous integration should be what a person runs."""
    lines = _read(ROOT / ".ci" / "run").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec ./test"]
