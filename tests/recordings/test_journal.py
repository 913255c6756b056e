"""The chained journal of a recording."""

import json
import os
from datetime import timedelta

import pytest

from tests.recordings.small import grow
from tiepdan.common import clock
from tiepdan.recordings.journal import GENESIS, BrokenJournalError, Journal, seal

TRACK = "originals/1/01-hub-camera.rtpdump"


def _lines(folder):
    text = (folder / "journal.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _journalled(folder, *sizes):
    journal = Journal(folder)
    for number, size in enumerate(sizes):
        grow(folder / TRACK, size, number)
        journal.catch_up()
    journal.close()
    return journal


def test_stretches_follow_each_other(tmp_path):
    """Each second's growth should be one line that continues file and chain."""
    journal = _journalled(tmp_path, 100, 50)
    first, second = _lines(tmp_path)
    assert (first["from"], first["to"], second["from"], second["to"]) == (0, 100, 100, 150)
    assert first["previous"] == GENESIS
    assert second["previous"] == first.pop("hash") == seal(first)
    assert journal.proven == {TRACK: 150}
    assert "product_at" not in first


def test_nothing_new_writes_nothing(tmp_path):
    """A second in which nothing grew should leave the journal as it is."""
    journal = Journal(tmp_path)
    grow(tmp_path / TRACK, 10, 0)
    assert journal.catch_up() == {TRACK: 10}
    assert journal.catch_up() == {}
    journal.close()
    assert len(_lines(tmp_path)) == 1


def test_continues_after_a_restart(tmp_path):
    """A new journal on the same folder should go on where the last ended."""
    _journalled(tmp_path, 100)
    grow(tmp_path / TRACK, 30, 7)
    journal = Journal(tmp_path)
    journal.note("back")
    assert journal.catch_up() == {TRACK: 30}
    journal.close()
    assert [line["n"] for line in _lines(tmp_path)] == [1, 2, 3]
    assert _lines(tmp_path)[2]["from"] == 100


@pytest.mark.parametrize("cut", [1, 40, 150])
def test_half_a_last_line(tmp_path, cut):
    """A last line cut anywhere should be removed with a note, its bytes be journalled again."""
    _journalled(tmp_path, 100, 50)
    path = tmp_path / "journal.jsonl"
    os.truncate(path, path.stat().st_size - cut)
    journal = Journal(tmp_path)
    journal.catch_up()
    journal.close()
    lines = _lines(tmp_path)
    assert "half-written last line removed" in lines[1]["note"]
    assert (lines[2]["from"], lines[2]["to"]) == (100, 150)


def test_cut_between_lines(tmp_path):
    """A journal that ends after a whole line should need no repair."""
    _journalled(tmp_path, 100, 50)
    path = tmp_path / "journal.jsonl"
    os.truncate(path, path.read_bytes().index(b"\n") + 1)
    journal = Journal(tmp_path)
    journal.close()
    assert journal.proven == {TRACK: 100}
    assert len(_lines(tmp_path)) == 1


def test_changed_in_the_middle(tmp_path):
    """A changed line before the last should be an error, and nothing be cut off."""
    _journalled(tmp_path, 100, 50, 20)
    path = tmp_path / "journal.jsonl"
    content = path.read_bytes().replace(b'"to":100', b'"to":101')
    path.write_bytes(content)
    with pytest.raises(BrokenJournalError):
        Journal(tmp_path)
    assert path.read_bytes() == content


def test_rehearsal_shows_both_times(tmp_path, settings):
    """In a rehearsal each line should carry the product's time beside the machine's."""
    settings.REHEARSAL, settings.DATA_DIR = True, tmp_path / "data"
    clock.move_to(clock.real_now() + timedelta(days=20))
    _journalled(tmp_path / "recording", 10)
    line = _lines(tmp_path / "recording")[0]
    assert line["product_at"][:10] == clock.now().date().isoformat()
    assert line["at"][:10] == clock.real_now().date().isoformat()


@pytest.mark.parametrize("refused", [1, 2])
def test_lost_disk(tmp_path, monkeypatch, refused):
    """When the disk refuses track or journal, nothing should count, and the next try succeed."""
    journal = Journal(tmp_path)
    grow(tmp_path / TRACK, 10, 0)
    calls, fsync = [], os.fsync

    def refuse(descriptor):
        calls.append(descriptor)
        if len(calls) == refused:
            raise OSError(5, "Input/output error")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input"):
        journal.catch_up()
    assert journal.proven == {}
    journal.catch_up()
    journal.close()
    assert [line["n"] for line in _lines(tmp_path)] == [1]
    again = Journal(tmp_path)
    again.close()
    assert again.proven == {TRACK: 10}


def test_a_line_of_another_kind(tmp_path):
    """A line that is JSON but no object should be refused like any changed line."""
    _journalled(tmp_path, 100)
    path = tmp_path / "journal.jsonl"
    path.write_text("[1]\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BrokenJournalError):
        Journal(tmp_path)
