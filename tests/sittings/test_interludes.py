"""Pauses, technical suspensions and deliberations."""

import struct
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import Afternoon, opened
from tests.video.engine import address, free_port, recorder, running, seat_browser, wait_until
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.recordings.queries import rooms_to_keep
from tiepdan.sittings import actions, queries, reconcile, rules
from tiepdan.sittings.models import Interlude, MediaRoom, OperatorTask
from tiepdan.sittings.states import RoomPart, SittingRole, SittingState, TaskState
from tiepdan.video.adapters.livekit.provider import LiveKit
from tiepdan.video.adapters.stub.provider import Stub
from tiepdan.video.port import Source

pytestmark = pytest.mark.django_db


def deliberating(cast: People) -> Afternoon:
    """Turn 1 has started and the hub has withdrawn."""
    afternoon = opened(cast)
    afternoon.started(1)
    actions.begin_deliberation(sitting=afternoon.sitting, by=cast.chair, at=AFTERNOON)
    return afternoon


def refused(rule: str, act: Any, **given: Any) -> None:
    with pytest.raises(RuleRefusedError) as refusal:
        act(**given)
    assert refusal.value.rule == rule


def test_nobody_is_heard_in_a_pause(cast: People) -> None:
    """Engine, tokens and door should all know that no microphone may be sent, until it goes on."""
    afternoon = opened(cast)
    sitting, hub = afternoon.sitting, afternoon.seat("hub")
    reconcile.apply(sitting)
    room, engine = afternoon.room(), Stub()
    admission = queries.admission_for(hub, room)
    assert admission
    actions.note_token(admission)
    engine.enter(engine.seat_token(room.name, "hub", "hub"))

    def sends() -> bool:
        sitting.refresh_from_db()
        reconcile.apply(sitting)
        [person] = engine.participants(room.name)
        assert person.may_send == queries.may_send(hub, sitting)
        return Source.AUDIO in person.may_send

    assert sends()
    actions.pause_sitting(sitting=sitting, reason="Nghỉ", by=cast.chair)
    assert not sends()
    actions.resume_sitting(sitting=sitting, by=cast.chair)
    assert sends()


def test_a_suspension_has_an_owner_and_a_clock(cast: People) -> None:
    """The operator should be able to stop for a fault, own it, and let the sitting go on."""
    afternoon = opened(cast)
    sitting, by = afternoon.sitting, cast.operator
    refused("reason_missing", actions.suspend_sitting, sitting=sitting, words=" ", by=by)
    actions.suspend_sitting(sitting=sitting, words="Mất điện ở Trụ sở", by=by, at=AFTERNOON)
    found = queries.open_interlude(sitting)
    assert found
    assert (found.owner, found.words, found.began_at) == (by, "Mất điện ở Trụ sở", AFTERNOON)
    assert actions.resume_sitting(sitting=sitting, by=by).state == SittingState.OPEN
    assert queries.open_interlude(sitting) is None
    assert afternoon.kinds()[-4:] == ["suspended", "task_opened", "task_done", "resumed"]


def the_task(afternoon: Afternoon) -> OperatorTask:
    return afternoon.sitting.tasks.get(cause="suspension")


def test_a_suspension_is_a_task(cast: People) -> None:
    """It should be the operator's at once, due by the rulebook, and be done when all goes on."""
    afternoon = opened(cast)
    sitting, by = afternoon.sitting, cast.operator
    actions.suspend_sitting(sitting=sitting, words="Mất điện", by=by, at=AFTERNOON)
    task = the_task(afternoon)
    assert (task.owner, task.state) == (by, TaskState.TAKEN)
    assert task.done_by == AFTERNOON + timedelta(minutes=5)
    refused("still_suspended", actions.finish_task, task=task, note="Đã có điện", by=by)
    actions.resume_sitting(sitting=sitting, by=cast.chair, at=AFTERNOON)
    assert (the_task(afternoon).state, the_task(afternoon).owner) == (TaskState.DONE, by)


def test_a_suspension_is_handed_over(cast: People) -> None:
    """The chair's suspension should wait for an operator, whose name every site then reads."""
    afternoon = opened(cast)
    sitting = afternoon.sitting
    actions.suspend_sitting(sitting=sitting, words="Mất điện", by=cast.chair, at=AFTERNOON)
    assert the_task(afternoon).owner is None
    actions.take_task(task=the_task(afternoon), by=cast.operator)
    found = queries.open_interlude(sitting)
    assert found
    assert found.owner == cast.operator
    assert sitting.events.get(kind="task_taken").audience == ""


def test_closing_ends_the_task(cast: People) -> None:
    """A sitting that is closed while it is suspended should leave no task."""
    afternoon = opened(cast)
    actions.suspend_sitting(sitting=afternoon.sitting, words="Mất điện", by=cast.operator)
    afternoon.close()
    assert the_task(afternoon).state == TaskState.DONE


def test_a_pause_is_the_chairs(cast: People) -> None:
    """The operator should neither pause a sitting nor end the chair's pause."""
    afternoon = opened(cast)
    sitting = afternoon.sitting
    refused("not_allowed", actions.pause_sitting, sitting=sitting, reason="Nghỉ", by=cast.operator)
    actions.pause_sitting(sitting=sitting, reason="Nghỉ", by=cast.chair)
    refused("not_allowed", actions.resume_sitting, sitting=sitting, by=cast.operator)


def test_the_hub_withdraws(cast: People) -> None:
    """Only the site should stay in the turn's room, and no other act should go on."""
    afternoon = deliberating(cast)
    assert afternoon.roster() == {"huu-lung"}
    assert not MediaRoom.objects.filter(part=RoomPart.PRIVATE).exists()
    visit = queries.running_visit(afternoon.sitting)
    refused("deliberating", actions.end_visit, visit=visit, by=cast.chair)
    refused("deliberating", actions.close_sitting, sitting=afternoon.sitting, by=cast.chair)
    refused(
        "deliberating", actions.suspend_sitting,
        sitting=afternoon.sitting, words="Mất điện", by=cast.operator,
    )  # fmt: skip
    afternoon.sitting.refresh_from_db()
    step = queries.next_step(afternoon.sitting)
    assert step
    assert step.act == "return"
    assert afternoon.kinds()[-1] == "deliberation_started"


def test_the_hub_cannot_slip_back(cast: People) -> None:
    """Another page of the hub, an operator's press or a lost room should not bring it back."""
    afternoon = deliberating(cast)
    afternoon.take("hub", "another-session")
    refused("nothing_to_enter", actions.admit_seat, seat=afternoon.seat("hub"), by=cast.operator)
    actions.reopen_room(room=afternoon.room())
    assert afternoon.roster() == {"huu-lung"}


def test_everybody_comes_back(cast: People) -> None:
    """One act should bring the hub back into the same room and the same turn."""
    afternoon = deliberating(cast)
    room = afternoon.room()
    actions.end_deliberation(sitting=afternoon.sitting, by=cast.chair, at=AFTERNOON)
    assert afternoon.room() == room
    assert afternoon.roster() == {"hub", "huu-lung"}
    refused("not_deliberating", actions.end_deliberation, sitting=afternoon.sitting, by=cast.chair)


def test_deliberation_needs_a_turn(cast: People) -> None:
    """In the plenary, or before the recording is proven, there should be none."""
    afternoon = opened(cast)
    refused("no_turn", actions.begin_deliberation, sitting=afternoon.sitting, by=cast.chair)
    afternoon.call(1)
    refused("no_turn", actions.begin_deliberation, sitting=afternoon.sitting, by=cast.chair)


def test_remote_members_meet_unrecorded(cast: People) -> None:
    """Hub and members should be in a private room beside the turn's, which nobody records."""
    afternoon = opened(cast)
    afternoon.started(1)
    turn = afternoon.room()
    member = afternoon.add(cast.department_officer, SittingRole.AGENCY, 1).code
    watcher = afternoon.add(cast.inspector, SittingRole.OBSERVER, 1).code
    assert afternoon.roster() == {"hub", "huu-lung", member, watcher}
    found = actions.begin_deliberation(sitting=afternoon.sitting, by=cast.chair, at=AFTERNOON)
    private = found.room
    assert private
    inside = private.admissions.filter(withdrawn_at__isnull=True)
    assert set(inside.values_list("seat__code", flat=True)) == {"hub", member}
    assert afternoon.roster() == {"huu-lung", watcher}
    assert afternoon.room() == turn
    MediaRoom.objects.update(sitting=afternoon.sitting)
    type(afternoon.sitting).objects.update(provider="livekit")
    assert private not in rooms_to_keep()
    assert turn in rooms_to_keep()
    fresh = actions.reopen_room(room=private)
    assert (fresh.part, queries.room_for(afternoon.seat("hub"))) == (RoomPart.PRIVATE, fresh)
    actions.end_deliberation(sitting=afternoon.sitting, by=cast.chair, at=AFTERNOON)
    assert not MediaRoom.objects.filter(part=RoomPart.PRIVATE, closed_at__isnull=True).exists()
    assert "hub" in afternoon.roster()


def test_privacy_is_told_when_seen(cast: People) -> None:
    """Only a look at the engine that finds nobody of them should say that it is private."""
    afternoon = opened(cast)
    afternoon.started(1)
    reconcile.apply(afternoon.sitting)
    room = afternoon.room()
    admission = queries.admission_for(afternoon.seat("hub"), room)
    assert admission
    actions.note_token(admission)
    Stub().enter(Stub().seat_token(room.name, "hub", "hub"))
    found = actions.begin_deliberation(sitting=afternoon.sitting, by=cast.chair, at=AFTERNOON)
    reconcile.apply(afternoon.sitting)
    found.refresh_from_db()
    assert found.private_at is None
    assert Stub().participants(room.name) == []
    reconcile.apply(afternoon.sitting)
    found.refresh_from_db()
    assert found.private_at
    assert afternoon.kinds()[-1] == "deliberation_private"


def packets(folder: Path, seat: str) -> list[float]:
    """When each packet of a seat was received, by the recorder's files; seconds since 1970."""
    found = []
    for path in folder.glob("*.rtpdump"):
        told = path.with_suffix(".json")
        if told.exists() and f'"{seat}"' in told.read_text(encoding="utf-8"):
            found += _times(path.read_bytes())
    return found


def _times(data: bytes) -> list[float]:
    place = data.index(b"\n") + 1
    seconds, micros = struct.unpack_from("!II", data, place)
    place += 16
    found = []
    while place + 8 <= len(data):
        length, _, milliseconds = struct.unpack_from("!HHI", data, place)
        found.append(seconds + micros / 1e6 + milliseconds / 1e3)
        place += length
    return found


@pytest.mark.engine
def test_no_packet_leaves_the_hub(cast: People, settings: Any, tmp_path: Path) -> None:
    """Between «private» and the return neither recorder nor site should get a packet of the hub."""
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "livekit", tmp_path
    port = free_port()
    settings.ENGINE_URL = address(port)
    afternoon = opened(cast)
    afternoon.started(1)
    name, folders = afternoon.room().name, [tmp_path / "recorder", tmp_path / "site"]
    for folder in folders:
        folder.mkdir()

    def token(code: str) -> str:
        admission = queries.admission_for(afternoon.seat(code), afternoon.room())
        assert admission
        actions.note_token(admission)
        return LiveKit().seat_token(name, code, code)

    def heard_since(moment: float) -> bool:
        return all(any(at > moment for at in packets(folder, "hub")) for folder in folders)

    with running(tmp_path, port):
        reconcile.apply(afternoon.sitting)
        with (
            recorder(LiveKit().recorder_token(name), folders[0], name),
            recorder(token("huu-lung"), folders[1], name),
        ):
            with seat_browser(token("hub")):
                wait_until(lambda: heard_since(0), 60)
                found = actions.begin_deliberation(sitting=afternoon.sitting, by=cast.chair)
                wait_until(lambda: is_private(found, afternoon), 60)
                time.sleep(2 * rules.IN_FLIGHT.total_seconds())  # they deliberate
                actions.end_deliberation(sitting=afternoon.sitting, by=cast.chair)
                back = clock.real_now()
            assert found.private_at
            with seat_browser(token("hub")):
                wait_until(lambda: heard_since(back.timestamp()), 60)
    for folder in folders:
        assert _between(found.private_at, back, packets(folder, "hub")) == []


def is_private(found: Interlude, afternoon: Afternoon) -> bool:
    reconcile.apply(afternoon.sitting)
    found.refresh_from_db()
    return found.private_at is not None


def _between(begin: datetime, end: datetime, times: list[float]) -> list[float]:
    return [at for at in times if begin.timestamp() < at < end.timestamp()]
