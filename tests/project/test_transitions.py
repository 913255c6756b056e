"""Every table of transitions: no state is lost, no event is unknown, no step is skipped."""

import re
from collections.abc import Mapping
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.project.tables import ROOT
from tiepdan.common.transitions import RuleRefusedError, follow

PACKAGE = ROOT / "src" / "tiepdan"
TABLES: dict[str, Mapping[tuple[str, str], str]] = {
    name: table
    for path in sorted(PACKAGE.glob("*/states.py"))
    for name, table in vars(import_module(f"tiepdan.{path.parent.name}.states")).items()
    if name.endswith("_TRANSITIONS")
}
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in PACKAGE.rglob("*.py")
    if path.name != "states.py" and "migrations" not in path.parts
)


def _first(table: Mapping[tuple[str, str], str]) -> str:
    """The first state of the enumeration is where a life begins."""
    return next(iter(type(next(iter(table))[0])))


def test_every_app_with_states_is_here():
    """The tables of all apps should have been found."""
    assert len(TABLES) >= 7


@pytest.mark.parametrize("name", TABLES)
def test_every_state_is_reached(name):
    """Each state of the enumeration should be reachable from the first one."""
    table = TABLES[name]
    reached = {_first(table)}
    while more := {after for (before, _), after in table.items() if before in reached} - reached:
        reached |= more
    assert reached == set(type(_first(table)))


@pytest.mark.parametrize("name", TABLES)
def test_every_event_is_used(name):
    """Each event should be named by the code that makes it happen."""
    events = {event for _, event in TABLES[name]}
    assert {event for event in events if not re.search(rf'"{event}"', CODE)} == set()


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
def test_any_walk_keeps_to_the_table(name, data):
    """Random events should lead along the table, and be refused everywhere else."""
    table = TABLES[name]
    events = sorted({event for _, event in table})
    state = _first(table)
    for event in data.draw(st.lists(st.sampled_from(events), max_size=12)):
        if (state, event) in table:
            state = follow(table, state, event)
        else:
            with pytest.raises(RuleRefusedError):
                follow(table, state, event)
        assert state in type(_first(table))
