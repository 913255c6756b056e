"""Read the tables of our pages, and find what their cells name."""

import ast
import importlib
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rows(page):
    """The cells of each row of every table of a page, heads left out."""
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ")]
    rules = {number for number, line in enumerate(table) if line.startswith("| ---")}
    return [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for number, line in enumerate(table)
        if number not in rules and number + 1 not in rules
    ]


def names(cell):
    """What stands in back quotes in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def resolves(dotted):
    """Whether `tiepdan.<dotted>` is a module, or a thing in one, or an attribute of that."""
    parts = f"tiepdan.{dotted}".split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@cache
def functions_of(path):
    """Names of the test functions of a file; none when there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test")
    )
