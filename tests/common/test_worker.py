"""Background jobs: taken once, given back by the dead, tried again; the worker really killed."""

import os
import signal
import sys
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from tests.common import jobs
from tests.recordings.conftest import copy, template
from tests.recordings.real import until
from tiepdan.common import clock, work
from tiepdan.common.duties import Duty, Round, all_duties

__all__ = ["copy", "template"]


@pytest.mark.xdist_group("worker")
def test_killed_in_a_job(copy):
    """kill -9 in the middle of a job: the next worker should take it again and do it once."""
    out = copy.data / "out.txt"
    jobs.append_slowly.enqueue(str(out), 1.5)
    worker = copy.start("worker")
    until(lambda: out.exists() and "begin" in out.read_text(), "the job's start")
    worker.kill()
    worker.wait()
    assert DBTaskResult.objects.get().status == "RUNNING"
    copy.start("worker")
    until(lambda: DBTaskResult.objects.get().status == "SUCCESSFUL", "the job's end")
    assert out.read_text().split() == ["begin", "begin", "end"]
    assert len(DBTaskResult.objects.get().worker_ids) == 2


@pytest.mark.xdist_group("worker")
def test_ends_on_time(copy):
    """SIGTERM should end the worker within 3 s and leave an unfinished job to be taken again."""
    out = copy.data / "out.txt"
    jobs.append_slowly.using(queue_name="media").enqueue(str(out), 60)
    jobs.append_slowly.enqueue(str(copy.data / "short.txt"), 0)
    worker = copy.start("worker")
    until(out.exists, "the long job's start")
    # a long film does not keep a short job waiting
    until(lambda: DBTaskResult.objects.filter(status="SUCCESSFUL"), "the short job's end")
    until((copy.data / "run" / "worker.alive").exists, "the heartbeat")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    long = DBTaskResult.objects.get(queue_name="media")
    assert long.status == "READY"


@pytest.mark.django_db
def test_failed_jobs_are_tried_again_later():
    """A failed job should wait longer each time, and be left alone after the last try."""
    job = jobs.fail.enqueue().db_result
    for tries in range(1, work.MAX_TRIES + 1):
        job.claim(f"somebody:{tries}")
        job.set_failed(ValueError("no"))
        again = work.retry_failed()
        job.refresh_from_db()
        assert again == (1 if tries < work.MAX_TRIES else 0)
        if again:
            assert job.status == "READY"
            pause = job.run_after - clock.real_now()
            expected = work.FIRST_PAUSE * 4 ** (tries - 1)
            assert expected - timedelta(seconds=5) < pause <= expected
    assert job.status == "FAILED"
    assert "ValueError" in job.traceback


@pytest.mark.django_db
def test_only_the_dead_give_back():
    """A job of a living worker, or of one on another host, should stay with it."""
    mine, dead, elsewhere = (jobs.fail.enqueue().db_result for _ in range(3))
    alive = work.worker_id("default")
    mine.claim(alive)
    dead.claim(alive.replace(f":{os.getpid()}:", f":{_free_pid()}:"))
    elsewhere.claim("other-host:1:1:default")
    assert work.release_dead() == 1
    found = {job.pk: job.status for job in DBTaskResult.objects.all()}
    assert found == {mine.pk: "RUNNING", dead.pk: "READY", elsewhere.pk: "RUNNING"}
    assert work.release(alive) == 1


def test_used_again_pid_is_dead():
    """A pid that another process has by now should not keep a dead worker's job."""
    name = work.worker_id("default")
    host, pid, start, queue = name.split(":")
    assert not work._is_dead(name)
    assert work._is_dead(f"{host}:{pid}:{int(start) - 1}:{queue}")


@pytest.mark.django_db
def test_round_of_duties(caplog):
    """A duty should run when it is due; one that fails should not keep the others."""
    ran = []

    def fail():
        raise ValueError("no")

    minute = timedelta(minutes=1)
    duties = Round([Duty("bad", minute, fail), Duty("good", minute, lambda: ran.append(1))])
    assert duties.run_due(1000) == ["bad", "good"]
    assert duties.run_due(1030) == []
    assert duties.run_due(1061) == ["bad", "good"]
    assert len(ran) == 2
    assert "duty bad failed" in caplog.text


def test_duties_are_found():
    """Duties of the apps should be found, and each have a name of its own."""
    names = [duty.name for duty in all_duties()]
    assert {"render documents without files", "seal stored recordings"} <= set(names)
    assert len(names) == len(set(names))


def _free_pid():
    return next(pid for pid in range(4_000_000, sys.maxsize) if not work._start_of(pid))
