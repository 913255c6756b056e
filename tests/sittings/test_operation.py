"""Calls for help, messages, figures of the line, and the tasks that come of them."""

from datetime import timedelta

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import Afternoon, opened, waiting
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import actions, queries
from tiepdan.sittings.models import OperatorTask

pytestmark = pytest.mark.django_db

GOOD = {"in_room": True, "loss_up": 0.5, "rtt_ms": 40, "frames": 25, "loudness": 8}
LOSSY = GOOD | {"loss_up": 12}


def reports(afternoon: Afternoon, *told: dict[str, object], every: int = 5) -> None:
    """What the page of Hữu Lũng says, one report after the other."""
    start = clock.real_now()
    for number, one in enumerate(told):
        at = start + timedelta(seconds=every * number)
        actions.note_report(seat=afternoon.seat("huu-lung"), told=one, at=at)


def causes(afternoon: Afternoon) -> list[str]:
    return [task.cause for task in queries.open_tasks(afternoon.sitting)]


def test_help_is_one_task(cast: People):
    """Calling twice should leave one task, due in the minutes that the rulebook gives."""
    afternoon = waiting(cast)
    for _ in range(2):
        actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_a, at=AFTERNOON)
    task = queries.help_task(afternoon.seat("huu-lung"))
    assert causes(afternoon) == ["help:huu-lung"]
    assert task
    assert task.done_by == AFTERNOON + timedelta(minutes=5)


def test_help_of_another_site(cast: People):
    """Nobody should call for help in another site's name."""
    afternoon = waiting(cast)
    with pytest.raises(RuleRefusedError):
        actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_b)


def test_task_is_taken_and_done(cast: People):
    """A task should have an owner, and end with a note only."""
    afternoon = waiting(cast)
    task = actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    assert actions.take_task(task=task, by=cast.operator).owner == cast.operator
    with pytest.raises(RuleRefusedError):
        actions.finish_task(task=task, note=" ", by=cast.operator)
    actions.finish_task(task=task, note="Đã cắm lại micro", by=cast.operator)
    assert causes(afternoon) == []
    with pytest.raises(RuleRefusedError):
        actions.take_task(task=task, by=cast.operator)


@pytest.mark.parametrize("who", ["clerk_a", "chair", "secretary", "outsider"])
def test_only_the_operator_takes(cast: People, who: str):
    """Nobody but the operator should take tasks or write to sites."""
    afternoon = waiting(cast)
    task = actions.call_for_help(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    with pytest.raises(RuleRefusedError):
        actions.take_task(task=task, by=getattr(cast, who))
    with pytest.raises(RuleRefusedError):
        actions.send_message(seat=afternoon.seat("huu-lung"), words="Xin", by=getattr(cast, who))


def test_message_stands_until_read(cast: People):
    """A message should be for one site, stay until read there, and never reach another."""
    afternoon = waiting(cast)
    seat = afternoon.seat("huu-lung")
    actions.send_message(seat=seat, words="Xin kiểm tra micro", by=cast.operator)
    message = queries.message_for(seat)
    assert message
    assert message.words == "Xin kiểm tra micro"
    assert queries.message_for(afternoon.seat("bac-son")) is None
    assert not queries.events_after(afternoon.sitting.pk, 0, ["bac-son", ""]).exists()
    actions.note_message_read(seat=seat, by=cast.clerk_a)
    assert queries.message_for(seat) is None


def test_alarm_is_a_task(cast: People):
    """A fault of the engine or recorder should be a task, gone with it when nobody took it."""
    afternoon = opened(cast)
    room = afternoon.room()
    actions.raise_alarm(room=room, kind="recorder", detail="Chương trình ghi hình đã dừng.")
    assert causes(afternoon) == ["alarm:recorder"]
    actions.end_alarm(room=room, kind="recorder")
    assert causes(afternoon) == []


def test_taken_alarm_stays_for_its_owner(cast: People):
    """A task somebody took should stay until they say what was done."""
    afternoon = opened(cast)
    actions.raise_alarm(room=afternoon.room(), kind="disk", detail="Ổ đĩa sắp đầy.")
    actions.take_task(task=OperatorTask.objects.get(), by=cast.operator)
    actions.end_alarm(room=afternoon.room(), kind="disk")
    task = queries.open_tasks(afternoon.sitting).get()
    assert task.over_at


def test_a_moment_is_no_task(cast: People):
    """A bad figure that passes should not call anybody."""
    afternoon = opened(cast)
    reports(afternoon, LOSSY, LOSSY, GOOD, LOSSY)
    assert causes(afternoon) == []


def test_lasting_trouble_is_a_task(cast: People):
    """What stays wrong for 15 s should become a task of that site, and end with it."""
    afternoon = opened(cast)
    reports(afternoon, LOSSY, LOSSY, LOSSY, LOSSY, LOSSY)
    assert causes(afternoon) == ["line:loss:huu-lung"]
    reports(afternoon, GOOD)
    assert causes(afternoon) == []
    assert OperatorTask.objects.get().note


def test_silence_is_a_gap(cast: People):
    """Reports that stop inside a room and come again should leave a gap with its length."""
    afternoon = opened(cast)
    reports(afternoon, GOOD, GOOD, every=37)
    gap = afternoon.sitting.events.get(kind="line_gap")
    assert gap.data["seat"] == "huu-lung"
    assert gap.data["seconds"] == 37
    assert gap.audience == "control"


def test_figures_know_their_age(cast: People):
    """A site whose page has stopped reporting should be seen as silent."""
    afternoon = opened(cast)
    seat = afternoon.seat("huu-lung")
    actions.note_report(seat=seat, told=GOOD)
    assert not queries.figures(afternoon.sitting)["huu-lung"].is_silent
    actions.note_report(seat=seat, told=GOOD, at=clock.real_now() - timedelta(minutes=1))
    assert queries.figures(afternoon.sitting)["huu-lung"].is_silent
