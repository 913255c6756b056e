"""A copy of the product with its real engine, for the tests that need rooms with pictures."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests import prepared
from tests.journeys.sitting import both_ways
from tests.journeys.stage import Stage

READY = "Dừng: Ctrl-C"
"""What the supervisor says when everything is healthy."""


@contextlib.contextmanager
def running_copy(data: Path, environment: dict[str, str]) -> Iterator[str]:
    """Start the product on data of its own and end it; yields what it said until it was ready."""
    prepared.fill(data)
    process = subprocess.Popen(
        [sys.executable, "-m", "tiepdan.config.supervise"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout or ():
        said.append(line)
        if READY in line:
            break
    assert process.poll() is None, "".join(said)
    try:
        yield "".join(said)
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=30)
        process.kill()
        process.communicate()


def own_environment(data: Path, shift: int) -> dict[str, str]:
    """Settings of a copy on this machine only, its ports shifted."""
    own = {
        "TIEPDAN_DATA_DIR": str(data),
        "TIEPDAN_PORT_OFFSET": str(shift),
        "TIEPDAN_REHEARSAL": "1",
        "TIEPDAN_STATIC_MANIFEST": "1",
    }
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


def rehearse(environment: dict[str, str]) -> dict[str, str]:
    """Bring the copy to the hour of its reception: the sitting, a branch's seat and clerk."""
    command = [sys.executable, "-m", "tests.journeys.rehearse"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return told


def open_hub(stage: Stage, told: dict[str, str]) -> None:
    """The province's own room opens its camera."""
    stage.person("thuky")
    page = stage.second_page("thuky", "seat:hub")
    stage.go(page, f"/phong/{told['sitting']}/ghe/hub/")
    page.get_by_role("button", name="Mở điểm cầu này").click()
    page.locator("sitting-stage").wait_for()


def open_sitting(stage: Stage, told: dict[str, str]) -> None:
    """The chair's one press: everybody comes to the plenary."""
    chair = stage.person("chutich")
    stage.go(chair, f"/phong/{told['sitting']}/chu-tri/")
    chair.locator("#viec-tiep-theo").click()
    both_ways(stage, ["hub"], before="")
