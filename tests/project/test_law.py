"""`docs/law.md` ties each article to a rule that exists and a test that exists."""

import ast
import re
import tomllib

from tests.project.tables import ROOT, functions_of, names, resolves, rows

PACKAGE = ROOT / "src" / "tiepdan"
CITATION = re.compile(r"\b(Luật|Bộ luật|NĐ|TT|QĐ) [\w/]*\d|Luật (Tiếp công dân|Khiếu nại|Tố cáo)")
APPLIES_LAW = {"rules", "actions", "queries", "permissions"}


def _entries():
    """Each entry of every rulebook."""
    for path in sorted((PACKAGE / "org" / "rulebooks").glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["rule"]


def _keys():
    return {entry["key"] for entry in _entries()}


def _read_keys():
    """Those that the code names."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return {key for key in _keys() if f'"{key}"' in code}


def _listed():
    return {name for _article, _says, rule, _test in rows("law.md") for name in names(rule)}


def _citing_functions():
    """The functions that apply the law: their docstring cites an article."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if not APPLIES_LAW.intersection(parts) or parts[0] in {"desk", "portal", "room", "demo"}:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and CITATION.search(ast.get_docstring(node) or ""):
                yield parts[0], node.name


def test_every_rule_exists():
    """Each rule of the table should be a name of the code or a key of a rulebook."""
    assert [name for name in _listed() if "." in name and not resolves(name)] == []
    assert {name for name in _listed() if "." not in name} == _keys()


def test_every_test_exists():
    """Each test of the table should exist."""
    found = [name.split("::") for *_, test in rows("law.md") for name in names(test)]
    assert [(file, name) for file, name in found if name not in functions_of(file)] == []


def test_every_row_is_whole():
    """Each row should name an article, say one thing, and name a rule and a test."""
    for article, says, rule, test in rows("law.md"):
        assert article
        assert says.endswith("."), says
        assert names(rule), says
        assert names(test), says


def test_unread_keys_say_so():
    """A key that no code reads should say that it is there to be looked up, others not."""
    shown = {entry["key"] for entry in _entries() if entry.get("shown_only")}
    assert shown == _keys() - _read_keys()


def test_every_entry_is_cited():
    """Each entry should say what it means, its article, its source, and how sure we are."""
    for entry in _entries():
        assert all(entry.get(part, "").strip() for part in ("says", "article", "source"))
        assert 0 < entry["confidence"] <= 1


def test_every_function_that_cites_is_listed():
    """Each act, reading, right or rule whose docstring cites an article should be in the table."""
    listed = {(name.split(".")[0], name.split(".")[-1]) for name in _listed()}
    assert sorted(set(_citing_functions()) - listed) == []
