"""The table of roles: whole, and what no change may break."""

from tiepdan.sittings.roles import ADDED, MEANINGS, TABLE, Act, Cell, cell
from tiepdan.sittings.states import SittingRole


def test_the_table_is_whole():
    """Every role should have a cell for every act, and every act its words."""
    assert set(TABLE) == set(SittingRole)
    assert all(set(row) == set(Act) for row in TABLE.values())
    assert set(MEANINGS) == set(Act)


def test_who_watches_never_speaks():
    """Observer and press should send nothing and ask for nothing."""
    sending = (Act.SEND_PICTURE, Act.SEND_SOUND, Act.RAISE_HAND, Act.SHOW_PAPERS)
    for role in (SittingRole.OBSERVER, SittingRole.PRESS):
        assert {TABLE[role][act] for act in sending} == {Cell.NO}


def test_only_the_receivers_enter_every_turn():
    """Nobody but chair and co-chairs should be in a turn that is not their own."""
    always = {role for role in SittingRole if TABLE[role][Act.ENTER_TURN] == Cell.YES}
    assert always == {SittingRole.CHAIR, SittingRole.COUNCIL, SittingRole.ASSEMBLY}


def test_who_is_added_runs_nothing():
    """People added to a sitting should get none of the acts that run it."""
    running = (Act.RUN, Act.PAUSE, Act.DIRECT, Act.SILENCE, Act.REMOVE, Act.CONCLUDE, Act.OPERATE,
               Act.SEE_EVERYTHING, Act.NAME_PEOPLE, Act.ADMIT_PRESS)  # fmt: skip
    assert {TABLE[role][act] for role in ADDED for act in running} == {Cell.NO}


def test_a_stranger_may_nothing():
    """A role that the table does not know should have no right at all."""
    assert {cell("nobody", act) for act in Act} == {Cell.NO}
