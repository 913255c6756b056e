"""Every app is built the same way; what the import contracts of pyproject.toml cannot say."""

import ast
import tomllib

from tests.project.tables import ROOT

PACKAGE = ROOT / "src" / "tiepdan"
FORBIDDEN_NAMES = {"utils", "helpers", "core", "misc", "managers", "data", "signals"}


def _imports(path):
    """The modules a file imports, and the names it takes from each."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            yield from ((alias.name, set()) for alias in node.names)


def _contracts():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return {
        contract["name"]: contract
        for contract in tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    }


def test_every_app_has_its_layer():
    """Each app should stand in the layers of pyproject.toml."""
    layers = {
        name.strip()
        for layer in _contracts()["Imports go downwards only"]["layers"]
        for name in layer.split("|")
    }
    assert layers == {path.parent.name for path in PACKAGE.glob("*/apps.py")}


def test_every_rules_module_is_kept_pure():
    """Each `rules.py` should be named by the contract that keeps Django out of it."""
    named = set(_contracts()["Rules and states are pure"]["source_modules"])
    assert named == {
        f"tiepdan.{path.parent.name}.rules"
        for path in PACKAGE.glob("*/rules*")
        if path.suffix in {"", ".py"}
    }


def test_states_know_choices_only():
    """A `states.py` should take nothing but choices and their words from outside Python."""
    assert {
        (module, name)
        for path in PACKAGE.glob("*/states.py")
        for module, names in _imports(path)
        for name in names
        if module.startswith(("django", "tiepdan"))
    } == {("django.db.models", "TextChoices"), ("django.utils.translation", "gettext_lazy")}


def test_no_signals():
    """Nothing should be connected by signals: go to definition must always work."""
    found = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*.py")
        for module, _names in _imports(path)
        if module.startswith(("django.dispatch", "django.db.models.signals"))
    ]
    assert found == []


def test_names_say_what_a_module_holds():
    """No module should have a name under which anything fits."""
    assert [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*.py")
        if path.stem in FORBIDDEN_NAMES
    ] == []
