"""The secretary's marks: moments that lines of the minutes and the player come back to."""

from datetime import timedelta

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import opened, waiting
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import actions, queries

pytestmark = pytest.mark.django_db


def test_a_line_takes_the_time_of_its_mark(cast: People) -> None:
    """What was marked and written later should stand at its moment, and be marked no more."""
    afternoon = opened(cast)
    visit, sitting = afternoon.started(1), afternoon.sitting
    actions.mark_moment(sitting=sitting, words="Ý kiến Sở", by=cast.secretary, at=AFTERNOON)
    [mark] = queries.unwritten(sitting, visit)
    later = AFTERNOON + timedelta(minutes=3)
    entry = actions.write_entry(
        sitting=sitting, visit=visit, kind="opinion", speaker="Sở Xây dựng", text="Sẽ sửa",
        by=cast.secretary, moment=mark.at, at=later,
    )  # fmt: skip
    assert entry.at == AFTERNOON
    assert queries.unwritten(sitting, visit) == []
    assert [one.words for one in queries.marks(sitting, visit)] == ["Ý kiến Sở"]


def test_the_event_says_nothing(cast: People) -> None:
    """The operator reads every event of the sitting: of a mark its moment, never its words."""
    afternoon = opened(cast)
    actions.mark_moment(sitting=afternoon.sitting, words="Ông X nói", by=cast.secretary)
    assert "Ông X" not in str(list(afternoon.sitting.events.values()))
    assert [one.words for one in queries.marks(afternoon.sitting, None)] == ["Ông X nói"]


def test_marks_belong_to_their_turn(cast: People) -> None:
    """A mark of the plenary should not stand among those of a turn."""
    afternoon = opened(cast)
    actions.mark_moment(sitting=afternoon.sitting, by=cast.secretary, at=AFTERNOON)
    visit = afternoon.started(1)
    assert queries.marks(afternoon.sitting, visit) == []
    assert len(queries.marks(afternoon.sitting, None)) == 1


def test_nothing_to_mark(cast: People) -> None:
    """Before a room is open there should be nothing to mark."""
    with pytest.raises(RuleRefusedError):
        actions.mark_moment(sitting=waiting(cast).sitting, by=cast.secretary)


@pytest.mark.parametrize("who", ["operator", "clerk_a", "outsider"])
def test_marks_are_the_secretarys(cast: People, who: str) -> None:
    """Who does not write the minutes should mark nothing."""
    afternoon = opened(cast)
    with pytest.raises(RuleRefusedError):
        actions.mark_moment(sitting=afternoon.sitting, by=getattr(cast, who))
