"""The chained journal of a recording: which bytes lay on disk at which second.

`journal.jsonl` stands beside the originals. Each line is one JSON object with its number `n`, the
machine's time `at`, the product's time `product_at` in a rehearsal, the hash of the line before
(`previous`) and its own (`hash`). Most lines prove a stretch of a file: `file`, bytes
`[from, to)` and their `sha256`; others are a `note`. A stretch is fsynced before its line is
written, and the line is fsynced before it counts. The offline verifier reads the same form.
"""

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from tiepdan.common import clock
from tiepdan.common.stamps import stamp
from tiepdan.recordings import folders

NAME = "journal.jsonl"
GENESIS = "0" * 64
_BLOCK = 1 << 20

Line = dict[str, str | int]


class BrokenJournalError(RuntimeError):
    """A line before the last does not fit: somebody changed the journal, or the disk did."""


def canonical(line: Mapping[str, str | int]) -> str:
    """A line as it is hashed: keys sorted, no spaces, letters kept."""
    return json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal(line: Mapping[str, str | int]) -> str:
    """SHA-256 of the line without its own hash, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(line).encode()).hexdigest()


class Journal:
    """The journal of one recording's folder, continued where it ends.

    `proven` says for each file how many of its bytes are fsynced and journalled. A half-written
    last line, as after a power cut, is cut off with a note. Raises BrokenJournalError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.proven: dict[str, int] = {}
        self.lines, self.head, self._end = 0, GENESIS, 0
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / NAME).touch(mode=0o600)
        self._continue()
        self._descriptor = os.open(folder / NAME, os.O_WRONLY | os.O_APPEND)
        lost = os.fstat(self._descriptor).st_size - self._end
        if lost:
            self.note(f"half-written last line removed: {lost} bytes")

    def note(self, text: str) -> None:
        """Say what happened beside the files growing."""
        self._write([{"note": text}])

    def catch_up(self) -> dict[str, int]:
        """Make what has grown durable and journal it: bytes added by file, empty when none.

        Call it each second. Raises OSError when the disk does not take it: then nothing of it
        counts as proven.
        """
        stretches = [
            stretch
            for path in folders.originals(self.folder)
            if (stretch := self._stretch(path)) is not None
        ]
        if not stretches:
            return {}
        self._write(stretches)
        grown = {}
        for line in stretches:
            name, end = str(line["file"]), int(line["to"])
            grown[name] = end - self.proven.get(name, 0)
            self.proven[name] = end
        return grown

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _stretch(self, path: Path) -> Line | None:
        """What of a file is not journalled yet, made durable first; None when nothing is."""
        name = path.relative_to(self.folder).as_posix()
        begin = self.proven.get(name, 0)
        if path.stat().st_size <= begin:
            return None
        with path.open("rb") as file:
            end = os.fstat(file.fileno()).st_size
            os.fsync(file.fileno())
            sha256 = _hash_of(file, begin, end)
        return {"file": name, "from": begin, "to": end, "sha256": sha256}

    def _write(self, contents: list[Line]) -> None:
        """Append lines as one write, then fsync; the chain moves on only when that worked."""
        now, ahead = clock.real_now(), clock.offset()
        times = _times(now, ahead)
        number, head, text = self.lines, self.head, ""
        for content in contents:
            number += 1
            line: Line = {"n": number, **times, **content, "previous": head}
            head = seal(line)
            text += canonical({**line, "hash": head}) + "\n"
        data = text.encode()
        # What is behind the end we know was cut off by a crash, or refused by the disk before.
        os.ftruncate(self._descriptor, self._end)
        if os.write(self._descriptor, data) != len(data):
            raise OSError(errno.ENOSPC, "the journal did not take a whole line")
        os.fsync(self._descriptor)
        self.lines, self.head, self._end = number, head, self._end + len(data)

    def _continue(self) -> None:
        """Read what is there up to the last good line; only one bad line may follow."""
        with (self.folder / NAME).open("rb") as file:
            for text in file:
                if self._accept(text):
                    self._end += len(text)
                elif file.read(1):
                    raise BrokenJournalError(f"{self.folder / NAME}, line {self.lines + 1}")

    def _accept(self, text: bytes) -> bool:
        """Whether a line continues the chain; its stretch is proven then."""
        try:
            line = json.loads(text)
            told = line.pop("hash")
        except (ValueError, AttributeError, KeyError, TypeError):
            return False
        fits = line.get("n") == self.lines + 1 and line.get("previous") == self.head
        if not text.endswith(b"\n") or not fits or told != seal(line):
            return False
        self.lines, self.head = self.lines + 1, told
        if "file" in line:
            self.proven[line["file"]] = line["to"]
        return True


def _times(now: datetime, ahead: timedelta) -> Line:
    times: Line = {"at": stamp(now)}
    if ahead:
        times["product_at"] = stamp(now + ahead)
    return times


def _hash_of(file: BinaryIO, begin: int, end: int) -> str:
    file.seek(begin)
    digest = hashlib.sha256()
    while begin < end:
        block = file.read(min(_BLOCK, end - begin))
        if not block:
            raise OSError(f"{file.name} became shorter while it was read")
        digest.update(block)
        begin += len(block)
    return digest.hexdigest()
