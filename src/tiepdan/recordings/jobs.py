"""Background work: turning what was recorded into a sealed evidence package."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks import task

from tiepdan.recordings import folders, vault
from tiepdan.recordings.actions import mark_failed, mark_sealed, mark_stored
from tiepdan.recordings.models import Recording
from tiepdan.recordings.package import build
from tiepdan.recordings.states import RecordingState


@task(queue_name="media")
def seal_recording(recording_id: str) -> bool:
    """Build, sign and register the package of a stored recording; True when this run did it.

    May be interrupted anywhere and run again: a package takes its name only when it is whole.
    """
    with _one_at_a_time(recording_id):
        recording = Recording.objects.select_related("room__sitting__reception").get(
            pk=recording_id
        )
        if recording.state != RecordingState.STORED:
            return False
        mark_sealed(recording=recording, sealed=build(recording))
        if vault.is_protected(recording):
            lock_recording.enqueue(recording_id)
        return True


@task(queue_name="media")
def lock_recording(recording_id: str) -> int:
    """Encrypt the sealed recording of a protected turn; how many files were in the open."""
    with _one_at_a_time(recording_id):
        return vault.lock(Recording.objects.get(pk=recording_id, state=RecordingState.SEALED))


@transaction.atomic
def finish(*, recording: Recording, folder: Path) -> Recording:
    """The room is over and its recorder has ended: stored and to be sealed, or failed.

    It failed when no track came.
    """
    if not folders.tracks(folder):
        reason = "Không nhận được hình hoặc tiếng nào trong phòng này."
        return mark_failed(recording=recording, reason=reason)
    size = sum(path.stat().st_size for path in folders.originals(folder))
    stored = mark_stored(recording=recording, size=size)
    seal_recording.enqueue(str(recording.pk))
    return stored


@contextmanager
def _one_at_a_time(recording_id: str) -> Iterator[None]:
    """Two workers must not build in the same folder."""
    lock = Path(settings.RUN_DIR) / "sealing" / f"{recording_id}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
