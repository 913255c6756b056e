"""Whoever gives way must do so in its session too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TELL = """
import os
from tiepdan.common.priority import give_way
group = lambda: open("/proc/self/autogroup").read().split()[-1:] or ["none"]
before = group()
give_way(7)
print(os.getpriority(os.PRIO_PROCESS, 0), *before, *group())
"""


FIRST = """
import os
from tiepdan.common.priority import go_first
go_first()
print(os.getpriority(os.PRIO_PROCESS, 0))
"""


def test_going_first() -> None:
    """Where the machine allows it, media should go before pages; else nothing should change."""
    allowed = subprocess.run(
        [sys.executable, "-c", "import os; os.nice(-10)"], check=False, capture_output=True
    )
    command = [sys.executable, "-c", FIRST]
    found = subprocess.run(
        command, capture_output=True, text=True, check=True, start_new_session=True
    )
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    assert int(found.stdout) == (usual - 10 if allowed.returncode == 0 else usual)


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="a kernel without autogroups")
@pytest.mark.parametrize("own_session", [True, False])
def test_giving_way(own_session: bool) -> None:
    """The session's niceness should follow only when the process leads the session."""
    command = [sys.executable, "-c", TELL]
    found = subprocess.run(
        command, capture_output=True, text=True, check=True, start_new_session=own_session
    )
    mine, before, after = found.stdout.split()
    assert int(mine) == os.getpriority(os.PRIO_PROCESS, 0) + 7
    # A process started before any session was opened is in no group ("none"): nothing to set.
    assert after == ("7" if own_session and before != "none" else before)
