"""`docs/law.md` ties each article to a rule that exists and a test that exists."""

import inspect
import re
import tomllib
from importlib import import_module

from tests.project.tables import ROOT, functions_of, names, resolves, rows

PACKAGE = ROOT / "src" / "tiepdan"
CITATION = re.compile(r"\b(Luật|Bộ luật|NĐ|TT|QĐ) [\w/]*\d")
NOT_READ = "not read yet"


def _keys():
    """The keys of every rulebook."""
    return {
        entry["key"]
        for path in (PACKAGE / "org" / "rulebooks").glob("*.toml")
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    }


def _read_keys():
    """Those that the code names."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return {key for key in _keys() if f'"{key}"' in code}


def _listed():
    return {name for _article, _says, rule, _test in rows("law.md") for name in names(rule)}


def _citing_rules():
    """The rules whose docstring cites an article."""
    for path in sorted([*PACKAGE.glob("*/rules.py"), *PACKAGE.glob("*/rules/__init__.py")]):
        app = path.relative_to(PACKAGE).parts[0]
        module = import_module(f"tiepdan.{app}.rules")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            ours = function.__module__.startswith(module.__name__) and not name.startswith("_")
            if ours and CITATION.search(function.__doc__ or ""):
                yield f"{app}.rules.{name}"


def test_every_rule_exists():
    """Each rule of the table should be a name of the code or a key of a rulebook."""
    assert [name for name in _listed() if "." in name and not resolves(name)] == []
    assert {name for name in _listed() if "." not in name} == _keys()


def test_every_test_exists():
    """Each test of the table should exist."""
    found = [name.split("::") for *_, test in rows("law.md") for name in names(test)]
    assert [(file, name) for file, name in found if name not in functions_of(file)] == []


def test_every_row_has_a_test():
    """Only keys which no code reads may stand without a test, and they should say so."""
    without = [(names(rule), test) for *_, rule, test in rows("law.md") if not names(test)]
    assert {test for _, test in without} <= {NOT_READ}
    assert {key for keys, _ in without for key in keys} == _keys() - _read_keys()


def test_every_citing_rule_is_listed():
    """Each rule whose docstring cites an article should stand in the table."""
    assert sorted(set(_citing_rules()) - _listed()) == []
