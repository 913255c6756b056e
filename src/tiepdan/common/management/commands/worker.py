"""`tiepdan worker`: runs background jobs and periodic duties until it is told to end."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from tiepdan.common import work
from tiepdan.common.duties import Duty, Round, all_duties
from tiepdan.common.priority import give_way

QUEUES = ["default", "media"]
"""One thread each: a film that takes minutes must not keep a receipt waiting."""

_NICENESS = 5
"""Who calls a citizen or waits for a page goes before any job."""
_BEAT_EVERY = 0.5
_PATIENCE = 2.0  # seconds that running jobs get to come to their own end

OWN_DUTIES = [
    Duty("release the jobs of dead workers", timedelta(seconds=2), work.release_dead),
    Duty("try failed jobs again", timedelta(seconds=2), work.retry_failed),
    Duty("forget jobs done long ago", timedelta(hours=6), work.forget_done),
]


class Command(BaseCommand):
    help = "Run background jobs (queues default and media) and periodic duties."

    def handle(self, *_args: Any, **_options: Any) -> None:
        give_way(_NICENESS)
        work.keep_connections()
        stop = threading.Event()

        def end(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        threads = [_thread(queue, partial(work.work, queue, stop)) for queue in QUEUES]
        threads.append(_thread("duties", partial(_do_duties, stop)))
        beat = Path(settings.RUN_DIR) / "worker.alive"
        beat.parent.mkdir(parents=True, exist_ok=True)
        while not stop.is_set():
            if not all(thread.is_alive() for thread in threads):
                os._exit(1)  # a bug in a thread: the supervisor starts us afresh
            beat.touch()
            stop.wait(_BEAT_EVERY)
        _end(threads)


def _thread(name: str, target: Callable[[], None]) -> threading.Thread:
    # Daemons: a job that does not end must not keep the process.
    thread = threading.Thread(target=target, name=name, daemon=True)
    thread.start()
    return thread


def _do_duties(stop: threading.Event) -> None:
    duties = Round([*OWN_DUTIES, *all_duties()])
    while True:
        duties.run_due(time.monotonic())
        if stop.wait(1):
            return


def _end(threads: list[threading.Thread]) -> None:
    """Wait a moment for jobs to end; what still runs is put back and its programs end with us."""
    limit = time.monotonic() + _PATIENCE
    for thread in threads:
        thread.join(max(0, limit - time.monotonic()))
    for queue in QUEUES:
        with contextlib.suppress(DatabaseError):  # else the next worker finds us dead
            work.release(work.worker_id(queue))
    os._exit(0)
