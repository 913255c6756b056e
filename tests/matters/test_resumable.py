"""Files sent in pieces: stored once, in order, for their sender only, swept after a day."""

import fcntl
import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import binary, data, integers, sampled_from, uuids

from tests.matters import scans
from tests.matters.test_register import take_in
from tiepdan.common import clock
from tiepdan.matters import resumable
from tiepdan.matters.models import PartialUpload
from tiepdan.matters.resumable import (
    LARGEST_PIECE,
    WrongOffsetError,
    append,
    arrived,
    begin,
    find,
    mark_used,
    offset,
    owner_of,
    sweep,
)
from tiepdan.matters.rules import NotValidError

pytestmark = pytest.mark.django_db
MINE, OTHERS = owner_of(None, "a"), owner_of(None, "b")


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = tmp_path


def begun(size=None, **traits):
    """A file just announced."""
    known = {"owner": MINE, "name": "Đơn.pdf", "size": len(scans.PDF) if size is None else size}
    return begin(**known | traits)


def put(upload, content, at_offset):
    """Send a piece."""
    return append(upload=upload, at_offset=at_offset, piece=io.BytesIO(content))


def whole(content=scans.PDF, **traits):
    """A file that has arrived."""
    upload = begun(len(content), **traits)
    for start in range(0, len(content), LARGEST_PIECE):
        put(upload, content[start : start + LARGEST_PIECE], start)
    return upload


def test_pieces_become_the_file():
    """Pieces in order should give the file, under the given name."""
    upload = begun()
    assert put(upload, scans.PDF[:100], 0) == offset(upload) == 100
    put(upload, scans.PDF[100:], 100)
    (file,) = arrived([str(upload.pk)], MINE)
    assert (file.read(), file.name, file.size) == (scans.PDF, "Đơn", len(scans.PDF))
    file.close()


@pytest.mark.parametrize("at", [0, 99, 101])
def test_piece_that_does_not_follow_is_refused(at):
    """A piece sent twice, too early or too late should be refused with what is stored."""
    upload = begun()
    put(upload, scans.PDF[:100], 0)
    with pytest.raises(WrongOffsetError) as refusal:
        put(upload, b"x", at)
    assert refusal.value.offset == offset(upload) == 100


def test_second_writer_is_told_to_ask_again():
    """Two pieces at once (a tab sent twice) should not mix."""
    upload = begun()
    with (Path(resumable.settings.DOCUMENTS_DIR) / "uploads" / str(upload.pk)).open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(WrongOffsetError):
            put(upload, b"x", 0)


@pytest.mark.parametrize(
    ("size", "content"), [(10, b"x" * 11), (2**21, b"x" * (LARGEST_PIECE + 1))]
)
def test_more_than_announced_is_not_stored(size, content):
    """A file longer than announced, or a piece too long, should leave nothing."""
    upload = begun(size)
    with pytest.raises(NotValidError):
        put(upload, content, 0)
    assert offset(upload) == 0


@pytest.mark.parametrize("size", [0, -1, 20 * 1024 * 1024 + 1])
def test_impossible_size_is_refused_before_anything_is_sent(size):
    """An empty file or one of more than 20 MB should not begin."""
    with pytest.raises(NotValidError, match="20 MB"):
        begun(size)
    assert not PartialUpload.objects.exists()


def test_one_sender_has_room_for_two_forms():
    """Ten files or 120 MB on their way should be the most; used ones should not count."""
    for _ in range(6):
        begun(20 * 1024 * 1024)
    with pytest.raises(NotValidError, match="quá nhiều tệp"):
        begun(1)
    begin(owner=OTHERS, name="x", size=1)
    PartialUpload.objects.update(used_at=clock.real_now())
    for _ in range(10):
        begun(1)
    with pytest.raises(NotValidError, match="quá nhiều tệp"):
        begun(1)


def test_all_files_on_their_way_leave_the_disk_to_the_rest():
    """Two thousand megabytes of all senders together should be the most."""
    PartialUpload.objects.create(owner=OTHERS, name="x", size=1999 * 1024 * 1024)
    begun(1024 * 1024)
    with pytest.raises(NotValidError, match="thử lại sau"):
        begun(1)


def test_foreign_or_unfinished_file_is_not_handed_on():
    """A form should get whole files of its own sender only."""
    mine, theirs, half = whole(), whole(owner=OTHERS), begun()
    for key in [str(theirs.pk), str(half.pk), "no-id", "", str(mine.pk)[:-1] + "x"]:
        with pytest.raises(NotValidError, match="chưa gửi xong"):
            arrived([key], MINE)
    assert find(str(theirs.pk), MINE) is None
    assert find("\0", MINE) is None


def test_arrived_file_is_registered_like_any_other(cast):
    """A file sent in pieces should become an attachment; used twice it is one file each time."""
    upload = whole(scans.heic(), name="IMG_1.heic")
    (file,) = arrived([str(upload.pk)] * 2, MINE)
    kept = take_in(cast, uploads=[file]).filing.attachments.get()
    assert (kept.name, kept.kind) == ("IMG_1.jpg", "jpg")
    assert PartialUpload.objects.get().used_at is not None
    file.close()


def test_unfinished_files_are_swept_after_a_day():
    """Yesterday's files should go, with row and content; today's should stay."""
    old, young = begun(), begun()
    PartialUpload.objects.filter(pk=old.pk).update(began_at=clock.real_now() - timedelta(hours=25))
    assert sweep() == 1
    assert [find(str(key), MINE) for key in (old.pk, young.pk)] == [None, young]


def test_used_and_forgotten_files_are_swept():
    """What a filing took should go after an hour, a file without a row at once."""
    upload = whole()
    mark_used(arrived([str(upload.pk)], MINE)[0])
    folder = Path(resumable.settings.DOCUMENTS_DIR) / "uploads"
    (folder / "stray").write_bytes(b"x")
    os.utime(folder / "stray", (0, 0))
    assert sweep() == 1
    PartialUpload.objects.update(used_at=clock.real_now() - timedelta(hours=2))
    assert sweep() == 1
    assert not list(folder.iterdir())


def test_secrets_do_not_wait_for_the_sweep():
    """What filings took should be destroyed at once when an identity is sealed; others stay."""
    used, open_one = whole(), whole()
    PartialUpload.objects.filter(pk=used.pk).update(used_at=clock.real_now())
    resumable.forget_used()
    assert [find(str(key), MINE) for key in (used.pk, open_one.pk)] == [None, open_one]
    assert len(list((Path(resumable.settings.DOCUMENTS_DIR) / "uploads").iterdir())) == 1


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data())
def test_any_mixture_of_cuts_gives_the_file(sent):
    """Pieces of any length, twice, too early or too late: the file should come out whole."""
    content = sent.draw(binary(min_size=1, max_size=5000))
    upload = begun(len(content), owner=owner_of(None, sent.draw(uuids()).hex))
    while offset(upload) < len(content):
        there = offset(upload)
        at = sent.draw(sampled_from([there, there, there, 0, there + 1, max(0, there - 7)]))
        length = sent.draw(integers(min_value=1, max_value=2000))
        if at == there:
            assert put(upload, content[at : at + length], at) == min(at + length, len(content))
        else:
            with pytest.raises(WrongOffsetError):
                put(upload, content[at : at + length], at)
    (file,) = arrived([str(upload.pk)], upload.owner)
    assert file.read() == content
    file.close()
