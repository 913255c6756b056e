"""The English catalogues: whole, compiled from what they say, with every text of the code."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

import tiepdan

PACKAGE = Path(tiepdan.__file__).parent
CATALOGUES = sorted(PACKAGE.glob("*/locale/en/LC_MESSAGES/django.po"))
# Beside what xgettext knows: our short names, and refusals, which are looked up when they are read.
MARKS = ["_", "gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "_refused:1",
         "RuleRefusedError:2", "NotValidError:2"]  # fmt: skip
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


def test_every_text_is_in_a_catalogue(tmp_path):
    """What the code and the pages mark for translation should stand in some catalogue."""
    found, known, merged = tmp_path / "found.pot", tmp_path / "known.po", tmp_path / "merged.po"
    marks = [f"--keyword={mark}" for mark in MARKS]
    _run("xgettext", "-LPython", "--from-code=UTF-8", *marks, "-o", found, *_sources(tmp_path))
    _run("msgcat", "--use-first", "-o", known, *CATALOGUES)
    _run("msgmerge", "--no-fuzzy-matching", "--quiet", "-o", merged, known, found)
    missing = _run("msgattrib", "--untranslated", "--no-obsolete", merged).decode()
    assert missing == "", missing


def _sources(folder):
    """The code, and of what xgettext cannot read a copy it can: pages, and calls in f-strings."""
    code = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
    inside = folder / "inside.py"
    inside.write_text("\n".join(call for path in code for call in _calls_in_f_strings(path)))
    pages = []
    for number, page in enumerate(sorted(PACKAGE.rglob("*.html"))):
        copy = folder / f"{number}-{page.name}"
        copy.write_text(templatize(page.read_text()))
        pages.append(copy)
    return [*code, inside, *pages]


def _calls_in_f_strings(path):
    for text in ast.walk(ast.parse(path.read_text())):
        if isinstance(text, ast.JoinedStr):
            yield from (ast.unparse(one) for one in ast.walk(text) if isinstance(one, ast.Call))
