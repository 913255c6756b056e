"""Rows of earlier versions, brought to today's."""

import pytest

from tests import cast as everyone
from tests.matters.test_migrations import as_of
from tests.sittings.factories import opened
from tiepdan.sittings import actions, queries


@pytest.mark.django_db(transaction=True)
def test_words_of_marks_leave_their_events():
    """What a mark was about should be in its row only, and still be found."""
    cast = everyone.people()
    sitting = opened(cast).sitting
    actions.mark_moment(sitting=sitting, by=cast.secretary)
    with as_of("0013_marked_moments", "sittings") as old:
        old.get_model("sittings", "MarkedMoment").objects.all().delete()
        events = old.get_model("sittings", "SittingEvent").objects.filter(kind="mark")
        events.update(data={"number": 0, "words": "Ông X nói"})
    assert [one.words for one in queries.marks(sitting, None)] == ["Ông X nói"]
    assert sitting.events.get(kind="mark").data == {"number": 0}
