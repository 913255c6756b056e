"""The chair's controls: rows of ours, with which the engine is made to agree."""

import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.cast import People
from tests.sittings.factories import Afternoon, opened, waiting
from tests.sittings.test_reconcile import enter
from tests.video.engine import address, free_port, recorder, running, seat_browser, wait_until
from tiepdan.audit.models import Entry
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.actions.events import CONTROL
from tiepdan.sittings.states import Layout
from tiepdan.video.adapters.livekit.provider import LiveKit
from tiepdan.video.adapters.stub.provider import Stub
from tiepdan.video.port import SEEN_AND_HEARD, Participant, Source

pytestmark = pytest.mark.django_db

SEEN = frozenset({Source.VIDEO})
SITES = ("hub", "huu-lung", "bac-son")


def connected(cast: People) -> Afternoon:
    """The plenary, every seat's page in the engine's room."""
    afternoon = opened(cast)
    reconcile.apply(afternoon.sitting)
    for code in SITES:
        enter(afternoon, code)
    return afternoon


def may(afternoon: Afternoon) -> dict[str, frozenset[Source]]:
    """What each would be let publish by the engine, after a look."""
    reconcile.apply(afternoon.sitting)
    return {one.identity: one.may_send for one in Stub().participants(afternoon.room().name)}


def recorded(folder: Path, source: str) -> int:
    """Bytes of a site's microphone or camera on disk so far."""
    return sum(path.stat().st_size for path in folder.glob(f"*-bac-son-{source}.rtpdump"))


def test_a_locked_microphone_stays_locked(cast: People) -> None:
    """Locking should take the microphone away in the engine, unlocking give it back."""
    afternoon = connected(cast)
    seat = actions.lock_microphone(seat=afternoon.seat("bac-son"), by=cast.chair)
    assert may(afternoon) == {"hub": SEEN_AND_HEARD, "huu-lung": SEEN_AND_HEARD, "bac-son": SEEN}
    actions.unlock_microphone(seat=seat, by=cast.chair)
    assert may(afternoon)["bac-son"] == SEEN_AND_HEARD
    told = afternoon.sitting.events.filter(kind__in=["locked", "unlocked"])
    assert [(row.kind, row.audience) for row in told] == [
        ("locked", "bac-son"), ("unlocked", "bac-son"),
    ]  # fmt: skip


def test_an_older_token_brings_nothing_back(cast: People) -> None:
    """A locked seat that comes in with a token of before should be locked at the next look."""
    afternoon = connected(cast)
    older = Stub().seat_token(afternoon.room().name, "bac-son", "Bắc Sơn")
    actions.lock_microphone(seat=afternoon.seat("bac-son"), by=cast.chair)
    reconcile.apply(afternoon.sitting)
    Stub().enter(older)
    assert may(afternoon)["bac-son"] == SEEN


def test_locking_twice_is_once(cast: People) -> None:
    """A second press should write nothing."""
    afternoon = connected(cast)
    seat = actions.lock_microphone(seat=afternoon.seat("bac-son"), by=cast.chair)
    before = afternoon.kinds()
    actions.lock_microphone(seat=seat, by=cast.chair)
    assert afternoon.kinds() == before


def test_the_floor_is_one_seats(cast: People) -> None:
    """Who has the floor and the hub should be heard, nobody else; then everybody again."""
    afternoon = connected(cast)
    actions.lock_microphone(seat=afternoon.seat("huu-lung"), by=cast.chair)
    actions.raise_hand(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    actions.give_floor(seat=afternoon.seat("huu-lung"), by=cast.chair)
    assert may(afternoon) == {"hub": SEEN_AND_HEARD, "huu-lung": SEEN_AND_HEARD, "bac-son": SEEN}
    assert not queries.hands(afternoon.sitting).exists()
    actions.free_floor(sitting=afternoon.sitting, by=cast.chair)
    assert set(may(afternoon).values()) == {SEEN_AND_HEARD}


def test_who_is_called_may_speak(cast: People) -> None:
    """A lock and a floor of the plenary should not silence the citizen whose turn it is."""
    afternoon = connected(cast)
    actions.lock_microphone(seat=afternoon.seat("huu-lung"), by=cast.chair)
    actions.give_floor(seat=afternoon.seat("bac-son"), by=cast.chair)
    actions.spotlight(sitting=afternoon.sitting, seat=afternoon.seat("bac-son"), by=cast.chair)
    afternoon.call(1)
    afternoon.sitting.refresh_from_db()
    assert (afternoon.sitting.floor, afternoon.sitting.spotlight) == (None, None)
    assert queries.may_send(afternoon.seat("huu-lung"), afternoon.sitting) == SEEN_AND_HEARD


def test_muting_is_of_the_moment(cast: People) -> None:
    """A muted seat should fall silent in the engine but keep its right to speak."""
    afternoon = connected(cast)
    seat = actions.note_muted(seat=afternoon.seat("bac-son"), by=cast.chair)
    reconcile.mute(seat)
    muted = {one.identity: one for one in Stub().participants(afternoon.room().name)}["bac-son"]
    assert (muted.sending, muted.may_send) == (SEEN, SEEN_AND_HEARD)


def test_screens_follow_the_chair(cast: People) -> None:
    """Layout and spotlight should be told to everyone, an unknown layout refused."""
    afternoon = connected(cast)
    actions.choose_layout(sitting=afternoon.sitting, layout=Layout.GRID, by=cast.chair)
    actions.spotlight(sitting=afternoon.sitting, seat=afternoon.seat("bac-son"), by=cast.chair)
    last = afternoon.sitting.events.last()
    assert last
    assert (last.kind, last.audience) == ("directed", "")
    assert last.data == {"layout": "grid", "spotlight": "bac-son", "floor": ""}
    with pytest.raises(RuleRefusedError):
        actions.choose_layout(sitting=afternoon.sitting, layout="khac", by=cast.chair)


def test_hands_stand_in_order(cast: People) -> None:
    """The first to ask should stay first, also when asking again; the chair may lower a hand."""
    afternoon = connected(cast)
    actions.raise_hand(seat=afternoon.seat("bac-son"), by=cast.clerk_b)
    actions.raise_hand(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    actions.raise_hand(seat=afternoon.seat("bac-son"), by=cast.clerk_b)
    assert [seat.code for seat in queries.hands(afternoon.sitting)] == ["bac-son", "huu-lung"]
    actions.lower_hand(seat=afternoon.seat("bac-son"), by=cast.chair)
    actions.lower_hand(seat=afternoon.seat("huu-lung"), by=cast.clerk_a)
    assert not queries.hands(afternoon.sitting).exists()


def test_private_texts_stay_at_the_control_pages(cast: People) -> None:
    """A private text should be for the control pages only, and its words not in the audit log."""
    afternoon = connected(cast)
    actions.send_private_text(sitting=afternoon.sitting, text="  Mời Sở  ", by=cast.chair)
    actions.send_private_text(sitting=afternoon.sitting, text="Vâng", by=cast.secretary)
    told = [(one.sender, one.text) for one in queries.private_texts(afternoon.sitting)]
    assert told == [("Lý Thị Chi", "Mời Sở"), ("Lương Thị Giang", "Vâng")]
    rows = afternoon.sitting.events.filter(kind="private_text")
    assert {row.audience for row in rows} == {CONTROL}
    assert "Mời Sở" not in str(list(Entry.objects.values_list("line", flat=True)))
    with pytest.raises(RuleRefusedError):
        actions.send_private_text(sitting=afternoon.sitting, text=" ", by=cast.chair)


@pytest.mark.parametrize("who", ["secretary", "operator", "clerk_b", "outsider"])
def test_only_the_chair_directs(cast: People, who: str) -> None:
    """Locking, muting, the floor and the screens should be refused to everybody else."""
    afternoon = waiting(cast)
    seat, by = afternoon.seat("bac-son"), getattr(cast, who)
    for act in (
        lambda: actions.lock_microphone(seat=seat, by=by),
        lambda: actions.unlock_microphone(seat=seat, by=by),
        lambda: actions.note_muted(seat=seat, by=by),
        lambda: actions.give_floor(seat=seat, by=by),
        lambda: actions.free_floor(sitting=afternoon.sitting, by=by),
        lambda: actions.spotlight(sitting=afternoon.sitting, seat=seat, by=by),
        lambda: actions.choose_layout(sitting=afternoon.sitting, layout="grid", by=by),
    ):
        with pytest.raises(RuleRefusedError):
            act()


def test_hands_and_texts_of_others(cast: People) -> None:
    """A neighbour should raise no hand of this site, a site write no private text."""
    afternoon = waiting(cast)
    for by in (cast.outsider, cast.clerk_a, cast.officer):
        with pytest.raises(RuleRefusedError):
            actions.raise_hand(seat=afternoon.seat("bac-son"), by=by)
        with pytest.raises(RuleRefusedError):
            actions.send_private_text(sitting=afternoon.sitting, text="Xin chào", by=by)


def test_nothing_is_directed_when_over(cast: People) -> None:
    """A closed sitting should take no more controls."""
    afternoon = opened(cast)
    afternoon.close()
    with pytest.raises(RuleRefusedError):
        actions.lock_microphone(seat=afternoon.seat("hub"), by=cast.chair)
    with pytest.raises(RuleRefusedError):
        actions.choose_layout(sitting=afternoon.sitting, layout="grid", by=cast.chair)


@pytest.mark.engine
def test_a_lock_holds_in_the_real_engine(cast: People, settings: Any, tmp_path: Path) -> None:
    """A locked seat's sound should end at once, and within 2 s when it is back with an older token.

    That token passes here because there is no door of ours before this engine.
    """
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "livekit", tmp_path
    port = free_port()
    settings.ENGINE_URL = address(port)
    afternoon, folder = opened(cast), tmp_path / "originals"
    folder.mkdir()

    def person(name: str) -> Participant | None:
        reconcile.apply(afternoon.sitting)
        return next((p for p in LiveKit().participants(name) if p.identity == "bac-son"), None)

    def grow(times: int) -> None:
        for _ in range(times):
            before = recorded(folder, "camera")
            wait_until(lambda: recorded(folder, "camera") > before)  # noqa: B023 - used at once

    with running(tmp_path, port):
        reconcile.apply(afternoon.sitting)
        room = afternoon.room()
        admission = queries.admission_for(afternoon.seat("bac-son"), room)
        assert admission
        actions.note_token(admission)
        older = LiveKit().seat_token(room.name, "bac-son", "Bắc Sơn")
        with recorder(LiveKit().recorder_token(room.name), folder, room.name):
            with seat_browser(older):
                wait_until(lambda: recorded(folder, "microphone") > 0)
                actions.lock_microphone(seat=afternoon.seat("bac-son"), by=cast.chair)
                wait_until(lambda: (one := person(room.name)) and one.sending == SEEN)
                wait_until(lambda: "track_ended" in (folder / "events.jsonl").read_text())
                frozen = recorded(folder, "microphone")
                grow(5)
                assert recorded(folder, "microphone") == frozen
            with seat_browser(older) as page:
                wait_until(lambda: (one := person(room.name)) and one.may_send == SEEN)
                # Refused outright it ends; quicker than our look, it is stopped; slower, its ask to
                # send sound is left unanswered.
                with suppress(subprocess.TimeoutExpired):
                    page.wait(timeout=2)
                one = person(room.name)
                assert one is None or Source.AUDIO not in one.sending
                time.sleep(2)  # the recorder's last packets are on their way to the disk
                heard = recorded(folder, "microphone")
                time.sleep(2)
                assert recorded(folder, "microphone") == heard
