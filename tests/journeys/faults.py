"""kill -9 in the middle: media goes on, nothing acknowledged is lost."""

import os
import signal
from pathlib import Path

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.journeys.sitting import received
from tests.journeys.stage import Stage, expect
from tiepdan.recordings.models import Recording
from tiepdan.recordings.states import RecordingState
from tiepdan.sittings.models import SittingEvent


def kill_while_heard(stage: Stage) -> None:
    """Web, then custodian: the same recorder goes on, the site keeps hearing, pages come back."""
    recorder = _recorder_pid(stage)
    events = SittingEvent.objects.filter(sitting_id=stage.kept["sitting"]).count()
    for name, words in (("web", "uvicorn"), ("custodian", "custodian"), ("worker", "worker")):
        old = _pid_of(stage, words)
        before = received(stage, "huu-lung")
        _kill(old)
        stage.wait_until(
            lambda before=before: received(stage, "huu-lung") > before,
            f"hình tiếng dừng khi {name} chết",
        )
        took = stage.wait_until(
            lambda old=old, words=words: _pid_of(stage, words) not in {0, old},
            f"{name} không chạy lại", seconds=20,
        )  # fmt: skip
        stage.measured[f"{name} chạy lại sau kill -9 (s)"] = round(took, 2)
    expect(_recorder_pid(stage) == recorder, "không còn là tiến trình ghi cũ")
    stage.wait_until(lambda: _page_answers(stage), "web chưa trả lời", seconds=20, every=0.5)
    after = SittingEvent.objects.filter(sitting_id=stage.kept["sitting"]).count()
    expect(after >= events, "mất sự kiện đã ghi")


def kill_worker_while_sealing(stage: Stage) -> None:
    """The interrupted job is taken again and done once."""
    mine = Recording.objects.filter(room__sitting_id=stage.kept["sitting"])
    sealing = DBTaskResult.objects.filter(
        task_path__endswith="seal_recording", status=TaskResultStatus.RUNNING
    )
    stage.wait_until(sealing.exists, "không thấy việc niêm phong nào chạy", seconds=60, every=0.05)
    _kill(_pid_of(stage, "worker"))
    took = stage.wait_until(
        lambda: not mine.exclude(state=RecordingState.SEALED).exists(),
        "còn bản ghi chưa niêm phong", seconds=240, every=1,
    )  # fmt: skip
    stage.measured["niêm phong mọi bản ghi sau bế mạc (s)"] = round(took, 1)
    expect(mine.count() == 4, f"có {mine.count()} bản ghi, phải là 4")


def _kill(pid: int) -> None:
    expect(pid, "không thấy tiến trình để giết")  # 0 would be our own group
    os.kill(pid, signal.SIGKILL)


def _page_answers(stage: Stage) -> bool:
    answer = stage.pages["chutich"].request.get(
        f"{stage.base_url.rstrip('/')}/phong/{stage.kept['sitting']}/chu-tri/"
    )
    return answer.ok


def _recorder_pid(stage: Stage) -> int:
    files = list((stage.data_dir / "run" / "recorders").glob("*.pid"))
    expect(len(files) == 1, f"có {len(files)} tiến trình ghi")
    return int(files[0].read_text(encoding="ascii").split()[0])


def _pid_of(stage: Stage, word: str) -> int:
    """The process of this copy whose command line has `word`; 0 when there is none."""
    mark = f"TIEPDAN_DATA_DIR={stage.data_dir}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            ours = mark in (entry / "environ").read_bytes().split(b"\0")
            line = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if ours and any(part.decode(errors="replace").split(".")[0] == word for part in line):
            return int(entry.name)
    return 0
