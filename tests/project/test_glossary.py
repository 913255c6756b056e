"""The glossary names what the code has."""

from tests.project.tables import names, resolves, rows


def test_every_name_resolves():
    """Each code name of the glossary should exist where the glossary says."""
    table = rows("glossary.md")
    assert len(table) > 50
    assert [
        f"{where}.{name}"
        for _term, cell, where, *_note in table
        for name in names(cell)
        if not resolves(f"{where}.{name}")
    ] == []


def test_every_row_names_something():
    """No row of the glossary should be without a code name."""
    assert [term for term, cell, *_ in rows("glossary.md") if not names(cell)] == []
