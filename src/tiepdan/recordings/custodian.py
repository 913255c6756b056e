"""The custodian: keeps every open room recorded, journalled and watched.

Three threads, and a fourth where there are several engines. The main loop runs recorders and
journals and touches neither database nor network, so that both go on when those are away (with
several engines a recorder's start asks Redis, on this machine, which of them has its room). The
clerk reads from the database what is to be recorded and writes there what is proven or wrong. The
third brings the media engine in line each second; the fourth asks each of several whether it lives.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from tiepdan.common import clock
from tiepdan.common.often import OftenAsked
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.recordings import folders, queries
from tiepdan.recordings.actions import start_recording
from tiepdan.recordings.jobs import finish
from tiepdan.recordings.recorder import Recorder, left_running
from tiepdan.recordings.states import RecordingState
from tiepdan.recordings.watch import Watch
from tiepdan.sittings import actions as sittings
from tiepdan.sittings import disk, reconcile, rules
from tiepdan.sittings.models import MediaRoom
from tiepdan.sittings.queries import alarms, closings_due, required_seats, seats_to_record
from tiepdan.video.ending import EndNotice, Probe
from tiepdan.video.providers import provider

Answer = TypeVar("Answer")

logger = logging.getLogger(__name__)

ROUND = 0.2
BOOKS_EVERY = 1.0
"""Seconds between two rounds of the clerk in which nothing has changed and nothing is wrong."""

RECONCILE_EVERY = 1.0
RETRY_EVERY = 0.1
"""Seconds between two looks at an engine that is away: everybody waits for it."""

NOTICE_EVERY = 0.05
"""Seconds between two looks for the notice that the engine has ended: one `stat` each."""

_TELLS_OF_CHANGE = ("pk", "provisioned_at", "closed_at", "verified_at", "recording__state")
OUR_FAULTS = ("recorder", "storage", "journal", "disk", "stalled:")
_UNPROVISIONED = 2.0  # seconds after which we try although nobody noted that the engine has it


class Custodian:
    """Watches by room name; made once a process."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.watches: dict[str, Watch] = {}
        self._told: dict[str, set[str]] = {}
        self._stored: set[str] = set()
        self._rooms = OftenAsked(queries.rooms_to_keep().values_list(*_TELLS_OF_CHANGE))
        self._seen: list[tuple[object, ...]] | None = None
        self._books_due = 0.0

    def run(self) -> None:
        """Until `stop` is set; the recorders go on then."""
        for room, folder in left_running().items():
            self._watch(room, folder, settings.VIDEO_PROVIDER)
        _thread("clerk", partial(self._repeat, self.look_at_books, ROUND))
        _thread("reconcile", self.keep_in_line)
        if settings.ENGINES > 1:
            _thread("probe", partial(self._repeat, Probe().look, RECONCILE_EVERY))
        beat = Path(settings.RUN_DIR) / "custodian.alive"
        beat.parent.mkdir(parents=True, exist_ok=True)
        while not self.stop.is_set():
            for watch in list(self.watches.values()):
                step(watch)
            beat.touch()
            self.stop.wait(ROUND)
        for watch in self.watches.values():
            watch.close()

    def look_at_books(self) -> None:
        """A round of the clerk when there is something for it, but each BOOKS_EVERY seconds.

        Raises DatabaseError when the database is away.
        """
        rooms = self._rooms.rows()
        if rooms == self._seen and time.monotonic() < self._books_due and self._is_calm():
            return
        self.keep_books()
        self._seen, self._books_due = rooms, time.monotonic() + BOOKS_EVERY

    def _is_calm(self) -> bool:
        if any(self._told.values()):
            return False
        return all(
            watch.verified and watch.wanted and not watch.finished and not watch.faults
            for watch in list(self.watches.values())
        )

    def keep_books(self) -> None:
        """One round of the clerk; raises DatabaseError when the database is away."""
        for closing in closings_due():
            sittings.finish_closing(sitting=closing)
        rooms = {room.name: room for room in queries.rooms_to_keep()}
        for room in rooms.values():
            if room.name not in self.watches and room.name not in self._stored:
                self._begin(room)
        for name, watch in list(self.watches.items()):
            kept = rooms.get(name)
            watch.wanted = kept is not None and kept.closed_at is None
            if watch.finished:
                self._store(watch)
            elif kept is not None and kept.closed_at is None:
                self._confirm(kept, watch)
                self._tell(kept, self._faults(watch))

    def keep_in_line(self) -> None:
        """Bring the engine in line: each second, at once when it ended, often while it is away."""
        notice = EndNotice()
        while not self.stop.is_set():
            answers = _tried(reconcile.reconcile_all)
            if answers:
                _tried(self._look_inside)
            limit = time.monotonic() + (RECONCILE_EVERY if answers else RETRY_EVERY)
            ended = notice.new()
            while ended is None and time.monotonic() < limit and not self.stop.is_set():
                self.stop.wait(NOTICE_EVERY)
                ended = notice.new()
            if ended is not None:
                _tried(partial(reconcile.engine_ended, ended))

    def _look_inside(self) -> None:
        for room in queries.rooms_to_keep():
            watch = self.watches.get(room.name)
            if watch is not None:
                watch.inside = seats_to_record(room)

    def _begin(self, room: MediaRoom) -> None:
        """Take a room up: recorded from now on, or only brought to its end if it is closed."""
        if room.closed_at is None:
            if not _is_in_engine(room):
                return
            if disk.free_bytes() < rules.DISK_RESERVE:
                self._tell(room, {"disk": "Ổ đĩa đã đầy: KHÔNG ghi hình được phòng này."})
                return
            start_recording(room=room, folder=folders.name_for(room))
        self._watch(room.name, folders.name_for(room), room.sitting.provider)

    def _watch(self, room: str, folder: str, by: str) -> None:
        mint = partial(_token, by, room)
        self.watches[room] = Watch(room, folder, Recorder(room, folder), mint)

    def _store(self, watch: Watch) -> None:
        recording = queries.recording_of(watch.room)
        if recording is not None and recording.state == RecordingState.RUNNING:
            finish(recording=recording, folder=watch.path)
            self._tell(recording.room, {})
        self._stored.add(watch.room)
        self._told.pop(watch.room, None)
        del self.watches[watch.room]

    def _confirm(self, room: MediaRoom, watch: Watch) -> None:
        """Tell the sitting as soon as enough of every required seat is on disk."""
        watch.verified = room.verified_at is not None
        synced = watch.proven_bytes()
        if watch.verified or not synced or not rules.is_proven(synced, required_seats(room)):
            return
        proof = sittings.RecordingProof(room.name, synced, clock.real_now())
        try:
            sittings.confirm_recording(room=room, proof=proof)
        except RuleRefusedError as error:  # the roster changed in between
            logger.info("room %s is not confirmed yet: %s", room.name, error)

    def _faults(self, watch: Watch) -> dict[str, str]:
        found = watch.faults.copy()
        free = disk.free_bytes()
        if free < 2 * rules.DISK_RESERVE:
            found["disk"] = f"Ổ đĩa ghi hình sắp đầy: còn {free // 2**20} MB."
        return found

    def _tell(self, room: MediaRoom, faults: dict[str, str]) -> None:
        """Alarms that are new begin, those that are no more end."""
        if room.name not in self._told:  # an earlier custodian may have told some
            known = {alarm.what for alarm in alarms(room.sitting)}
            self._told[room.name] = {kind for kind in known if kind.startswith(OUR_FAULTS)}
        told = self._told[room.name]
        for kind in faults.keys() - told:
            sittings.raise_alarm(room=room, kind=kind, detail=faults[kind])
            told.add(kind)
        for kind in told - faults.keys():
            sittings.end_alarm(room=room, kind=kind)
            told.discard(kind)

    def _repeat(self, act: Callable[[], None], every: float) -> None:
        """Do it again and again; whatever goes wrong is logged and tried again."""
        while not self.stop.is_set():
            begin = time.monotonic()
            _tried(act)
            self.stop.wait(max(0.05, every - (time.monotonic() - begin)))


def _tried(act: Callable[[], Answer]) -> Answer | None:
    """What it answers; None when it went wrong, which is logged."""
    close_old_connections()
    try:
        return act()
    except DatabaseError as error:
        logger.warning("the database does not answer: %s", error)
    except Exception:
        logger.exception("%s failed", act)
    return None


def step(watch: Watch) -> None:
    """One round of one room; its trouble must not end the recording of the others."""
    try:
        watch.step()
    except Exception:
        logger.exception("room %s", watch.room)


def _is_in_engine(room: MediaRoom) -> bool:
    waited = (clock.real_now() - room.opened_at).total_seconds()
    return room.provisioned_at is not None or waited > _UNPROVISIONED


def _token(name: str, room: str) -> str:
    return provider(name).recorder_token(room)


def _thread(name: str, target: Callable[[], None]) -> None:
    threading.Thread(target=target, name=name, daemon=True).start()
