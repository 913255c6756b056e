"""The pages of docs/reference/ say what the code says."""

import pytest

from tests.project import reference


@pytest.mark.parametrize("page", reference.PAGES)
def test_page_is_fresh(page):
    """Each page should be what `python -m tests.project.reference` writes now."""
    text = (reference.FOLDER / page).read_text(encoding="utf-8")
    assert text == reference.rendered(page)


def test_every_setting_is_explained():
    """Each variable that settings.py reads should have its sentence, and no other."""
    assert {name for name, _, _ in reference._reads()} == set(reference.MEANINGS)


def test_every_command_is_explained():
    """Each command of ours should have a line of help."""
    rows = [line.split("|") for line in reference.commands_page().splitlines() if "| `" in line]
    assert rows
    assert [row[1] for row in rows if not row[2].strip()] == []
