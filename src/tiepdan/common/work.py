"""Background jobs: taking them, giving back those of a dead worker, trying failed ones again.

The jobs are rows of django-tasks-db, enqueued in the transaction of the act that wants them. A job
may be interrupted at any point and run again: whoever writes one makes it come out once.
"""

import logging
import os
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet
from django_tasks_db.utils import exclusive_transaction

from tiepdan.common import clock
from tiepdan.common.often import OftenAsked

logger = logging.getLogger(__name__)

MAX_TRIES = 5
FIRST_PAUSE = timedelta(seconds=5)
"""After the first failure; each further pause is four times as long (20 s, 80 s, 320 s)."""

_LOOK_EVERY = 0.2
_AFTER_TROUBLE = 1.0
_RETRY_WITHIN = timedelta(days=1)
_BACKEND = "default"
_READY, _RUNNING, _FAILED, _SUCCESSFUL = "READY", "RUNNING", "FAILED", "SUCCESSFUL"
_KEEP_DONE = timedelta(days=14)


def keep_connections() -> None:
    """Let each thread of this process keep its connection: opening one costs more than a look.

    For processes of few threads; `close_old_connections` still drops one that has failed.
    """
    connection.settings_dict["CONN_MAX_AGE"] = None


def worker_id(queue: str) -> str:
    """Names this process and queue so that others can see whether it lives: host, pid, start."""
    pid = os.getpid()
    return f"{socket.gethostname()[:24]}:{pid}:{_start_of(pid)}:{queue}"


def work(queue: str, stop: Event) -> None:
    """Run the jobs of one queue, one after the other, until `stop`; survives a lost database."""
    name = worker_id(queue)
    waiting = OftenAsked(_jobs(queue).filter(status=_READY).order_by().values_list("pk")[:1])
    worker = Worker(
        queue_names=[queue],
        interval=0,
        batch=False,
        backend_name=_BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    while not stop.is_set():
        close_old_connections()
        try:
            job = _take(queue, name) if waiting.rows() else None
            if job is not None:
                worker.run_task(job)
                continue
        except DatabaseError:
            logger.exception("queue %s: the database does not answer", queue)
            stop.wait(_AFTER_TROUBLE)
            _try_to(lambda: release(name))
        stop.wait(_LOOK_EVERY)
    close_old_connections()


def release(name: str) -> int:
    """Put back the jobs that this worker has taken and does not run any more; how many."""
    return _put_back(lambda worker: worker == name)


def release_dead() -> int:
    """Put back the jobs whose worker is dead (on this host); how many."""
    return _put_back(_is_dead)


def retry_failed() -> int:
    """Let failed jobs be tried again after a growing pause, MAX_TRIES times at most; how many."""
    now, count = clock.real_now(), 0
    failed = DBTaskResult.objects.filter(
        status=_FAILED, backend_name=_BACKEND, finished_at__gte=now - _RETRY_WITHIN
    )
    for job in failed.only("id", "worker_ids", "finished_at"):
        tries = len(job.worker_ids)
        if tries < MAX_TRIES:
            after = job.finished_at + FIRST_PAUSE * 4 ** (tries - 1)
            rows = DBTaskResult.objects.filter(pk=job.pk, status=_FAILED)
            count += rows.update(status=_READY, run_after=after, finished_at=None)
    return count


def forget_done() -> int:
    """Delete rows of jobs that succeeded long ago; how many."""
    done = DBTaskResult.objects.filter(
        status=_SUCCESSFUL, backend_name=_BACKEND, finished_at__lt=clock.real_now() - _KEEP_DONE
    )
    return int(done.delete()[0])


def _jobs(queue: str) -> DBTaskResultQuerySet:
    return DBTaskResult.objects.filter(backend_name=_BACKEND, queue_name=queue)


def _take(queue: str, name: str) -> "DBTaskResult[..., object] | None":
    ready = _jobs(queue).ready()
    if not ready.exists():  # without a lock: on SQLite the lock keeps every writer waiting
        return None
    with exclusive_transaction(ready.db):
        job = ready.get_locked()
        if job is not None:
            job.claim(name)
    return job


def _put_back(is_gone: Callable[[str], bool]) -> int:
    count = 0
    running = DBTaskResult.objects.filter(status=_RUNNING, backend_name=_BACKEND)
    for job in running.only("id", "worker_ids"):
        if not job.worker_ids or is_gone(job.worker_ids[-1]):
            rows = DBTaskResult.objects.filter(pk=job.pk, status=_RUNNING)
            count += rows.update(status=_READY, started_at=None)
    return count


def _is_dead(worker: str) -> bool:
    """Whether that worker ran on this host and is gone; a name of another form counts as gone."""
    host, _, rest = worker.partition(":")
    if not rest:
        return True
    if host != socket.gethostname()[:24]:
        return False
    pid, _, rest = rest.partition(":")
    return not pid.isdecimal() or _start_of(int(pid)) != rest.partition(":")[0]


def _start_of(pid: int) -> str:
    """When a process began, in the kernel's ticks; empty when there is none or it is a corpse."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if words[0] == "Z" else words[19]


def _try_to(act: Callable[[], object]) -> None:
    try:
        act()
    except DatabaseError:
        time.sleep(_AFTER_TROUBLE)
