"""What the worker does for recordings again and again."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from tiepdan.common import clock
from tiepdan.common.duties import Duty
from tiepdan.recordings import vault
from tiepdan.recordings.jobs import lock_recording, seal_recording
from tiepdan.recordings.queries import protected_in_the_open, to_seal

PATIENCE = timedelta(minutes=10)
"""How long after its end a recording without a waiting job is taken up again."""


def seal_again() -> int:
    """Enqueue stored recordings that no waiting job will seal; how many."""
    waiting = DBTaskResult.objects.filter(
        task_path=seal_recording.module_path, status__in=["READY", "RUNNING"]
    )
    expected = {str(job["args"][0]) for job in waiting.values_list("args_kwargs", flat=True)}
    late = to_seal().filter(ended_at__lt=clock.real_now() - PATIENCE)
    missing = [pk for pk in late.values_list("pk", flat=True) if str(pk) not in expected]
    for pk in missing:
        seal_recording.enqueue(str(pk))
    return len(missing)


def lock_again() -> int:
    """Enqueue what of protected turns still lies in the open; how many recordings.

    A filing may turn out to be a denunciation after its recording was sealed.
    """
    found = protected_in_the_open()
    for one in found:
        lock_recording.enqueue(str(one.pk))
    return len(found)


DUTIES = [
    Duty("seal stored recordings", timedelta(minutes=5), seal_again),
    Duty("encrypt recordings of protected turns", timedelta(minutes=10), lock_again),
    Duty("destroy what reading an encrypted recording left", timedelta(minutes=10), vault.sweep),
]
