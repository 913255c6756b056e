"""What stands beside a playing recording."""

from datetime import timedelta

import pytest

from tests.cast import People
from tests.sittings.factories import opened
from tiepdan.common import clock
from tiepdan.desk.recordings.chapters import chapters_of, minutes_of
from tiepdan.recordings.models import Recording
from tiepdan.sittings import actions, queries

pytestmark = pytest.mark.django_db


def test_player_shows_marks(cast: People) -> None:
    """A mark should be a part of its turn's recording, a line written to it should stand there."""
    afternoon = opened(cast)
    visit, sitting = afternoon.started(1), afternoon.sitting
    room = afternoon.room()
    recording = Recording.objects.create(
        room=room, folder="x", started_at=room.opened_at,
        ended_at=clock.real_now() + timedelta(minutes=9),
    )  # fmt: skip
    actions.mark_moment(sitting=sitting, words="Ý kiến Sở", by=cast.secretary)
    [mark] = queries.marks(sitting, visit)
    actions.write_entry(
        sitting=sitting, visit=visit, kind="opinion", speaker="Sở Xây dựng", text="Sẽ sửa",
        by=cast.secretary, moment=mark.at, at=mark.at + timedelta(minutes=5),
    )  # fmt: skip
    [chapter] = [one for one in chapters_of(recording) if "Dấu" in str(one["title"])]
    [line] = minutes_of(recording)
    assert chapter["title"] == "Dấu của thư ký: Ý kiến Sở"
    assert float(line["at"]) == pytest.approx(float(chapter["at"]), abs=2)
