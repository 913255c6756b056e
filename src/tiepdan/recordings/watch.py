"""One room under the custodian's eyes: its recorder, its journal, what is wrong with it.

Nothing here touches the database or the network: recording and journalling go on without them.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tiepdan.recordings import folders
from tiepdan.recordings.journal import BrokenJournalError, Journal
from tiepdan.recordings.recorder import Recorder

logger = logging.getLogger(__name__)

JOURNAL_EVERY = 1.0
STALLED_AFTER = 3.0
"""Seconds without a new packet after which a track that is sent counts as not recorded."""

ABSENT_AFTER = 8.0
"""Seconds in which the first packet of a seat that is in the room must have come."""

SHORTEST_ALARM = 2.0
"""Seconds that the loss of a recorder stays told, however fast it came back: people look up."""


@dataclass(slots=True)
class _Track:
    packets: int
    since: float  # monotonic time at which so many were first told


@dataclass(slots=True)
class Watch:
    """The recording of one room.

    `wanted`: the room is open. `verified`: its recording is confirmed, so that once a second is
    often enough. `inside`: seats that are in the room and must be recorded. `finished`: the
    recorder has ended and everything is journalled. `faults`: kind -> words for people, what is
    wrong now. All written by the custodian's main loop except `wanted`, `verified`, `inside`.
    """

    room: str
    folder: str
    recorder: Recorder
    mint: Callable[[], str]
    wanted: bool = True
    verified: bool = False
    inside: frozenset[str] = frozenset()
    finished: bool = False
    faults: dict[str, str] = field(default_factory=dict)
    _opened: bool = False
    _journal: Journal | None = None
    _reader: folders.EventReader | None = None
    _seats: dict[str, str] = field(default_factory=dict)
    _sent: dict[str, _Track] = field(default_factory=dict)
    _recorded: set[str] = field(default_factory=set)
    _absent: dict[str, float] = field(default_factory=dict)
    _next_journal: float = 0.0
    _lost_at: float = 0.0
    _back: bool = False

    def step(self) -> None:
        """One round: the recorder runs as it should, what has grown is journalled, faults told."""
        if self.finished:
            return
        try:
            self._keep_recorder()
            self._catch_up()
        except OSError as error:
            if "storage" not in self.faults:
                logger.exception("recording of room %s", self.room)
            self.faults["storage"] = f"Không ghi được xuống đĩa: {error}"
            return
        self.faults.pop("storage", None)
        self._look_for_stalls()

    def proven_bytes(self) -> dict[str, int]:
        """Bytes on disk and journalled, by seat."""
        found: dict[str, int] = {}
        proven = self._journal.proven if self._journal else {}
        for name, size in proven.copy().items():
            if name.endswith(".rtpdump"):
                seat = self._seat(name)
                found[seat] = found.get(seat, 0) + size
        return found

    def close(self) -> None:
        """Journal what is there and let go; the recorder goes on."""
        if self._journal is not None:
            self._journal.catch_up()
            self._journal.close()

    @property
    def path(self) -> Path:
        """The recording's folder."""
        return folders.path_of(self.folder)

    def _keep_recorder(self) -> None:
        if not self._opened:
            self._open()
        was = self.recorder.pid
        if self.recorder.is_running():
            if not self.wanted:
                self.recorder.end()
            return
        if was:
            self._recorder_ended(was)
        if not self.wanted:
            self._finish()
        elif self.recorder.is_due:
            run = self.recorder.start(self.mint())
            self._note(f"recorder {self.recorder.pid} started in {run.name}")
            self._read_from(run)

    def _open(self) -> None:
        """Take up what an earlier custodian left. A broken journal does not keep us from recording.

        Then nothing is proven, so that a turn starts by the chair's exception only.
        """
        self._opened = True
        adopted = self.recorder.adopt()
        try:
            self._journal = Journal(self.path)
        except BrokenJournalError as error:
            logger.exception("room %s", self.room)
            self.faults["journal"] = f"Nhật ký ghi hình bị hỏng: {error}"
        if adopted:
            self._note(f"custodian back; recorder {self.recorder.pid} goes on")
            self._read_from(folders.runs(self.path)[-1])

    def _note(self, text: str) -> None:
        if self._journal is not None:
            self._journal.note(text)

    def _recorder_ended(self, pid: int) -> None:
        self._note(f"recorder {pid} ended")
        self._sent.clear()
        if self.wanted:
            self._lost_at, self._back = time.monotonic(), False
            self.faults["recorder"] = "Chương trình ghi hình đã dừng và đang được chạy lại."

    def _finish(self) -> None:
        if self._journal is not None:
            self._journal.catch_up()
            self._journal.note("recording ended")
            self._journal.close()
            self._journal = None  # closed once: its descriptor may be another file's by now
        self.recorder.forget()
        self.faults.clear()
        self.finished = True

    def _catch_up(self) -> None:
        now = time.monotonic()
        if self._journal is None or self.finished or (self.verified and now < self._next_journal):
            return
        self._next_journal = now + JOURNAL_EVERY
        self._journal.catch_up()

    def _read_from(self, run: Path) -> None:
        self._reader = folders.EventReader(run / folders.EVENTS)

    def _look_for_stalls(self) -> None:
        """Which tracks are published and not muted but bring no packet, as the recorder tells it.

        A recorder that hangs tells nothing new, so all its tracks stall. Sizes would not do: the
        engine sends reports on a track whose sender is gone.
        """
        if self._reader is None or self.finished:
            return
        now = time.monotonic()
        for event in self._reader.new():
            if event.get("kind") == "joined":
                self._back = True
            elif event.get("kind") == "bytes":
                self._note_sent(event.get("files", {}), now)
        if self._back and now - self._lost_at > SHORTEST_ALARM:
            self.faults.pop("recorder", None)
        run = self._reader.path.parent
        stalled = {
            self._seat(f"{folders.ORIGINALS}/{run.name}/{name}")
            for name, track in self._sent.items()
            if now - track.since > STALLED_AFTER
        }
        self._tell_stalled(stalled | self._never_came(now))

    def _never_came(self, now: float) -> set[str]:
        """Seats in the room of which the recorder has no track, for longer than joining takes.

        Whom it never heard of stalls in none of its files.
        """
        absent = self.inside - self._recorded if self.wanted else set()
        self._absent = {seat: self._absent.get(seat, now) for seat in absent}
        return {seat for seat, since in self._absent.items() if now - since > ABSENT_AFTER}

    def _note_sent(self, files: dict[str, dict[str, Any]], now: float) -> None:
        before, self._sent = self._sent, {}
        self._recorded = {str(told.get("identity")) for told in files.values()}
        for name, told in files.items():
            packets, track = int(told.get("packets", 0)), before.get(name)
            if track is None or track.packets != packets:
                track = _Track(packets, now)
            if not told.get("muted"):
                self._sent[name] = track

    def _tell_stalled(self, stalled: set[str]) -> None:
        kinds = {f"stalled:{seat}": seat for seat in stalled}
        for kind in [kind for kind in self.faults if kind.startswith("stalled:")]:
            if kind not in kinds:
                del self.faults[kind]
        for kind, seat in kinds.items():
            self.faults[kind] = f"Không nhận được hình hoặc tiếng của điểm cầu {seat} để ghi."

    def _seat(self, name: str) -> str:
        if not self._seats.get(name):
            self._seats[name] = folders.seat_of(self.path / name)
        return self._seats[name]
