"""Running ffmpeg and the converter: at low priority, with a time limit, never outliving us."""

import ctypes
import os
import signal
import subprocess
from pathlib import Path

from django.conf import settings

from tiepdan.common.priority import give_way

_NICENESS = 19
_LAST_WORDS = 800
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


class ProgramError(RuntimeError):
    """A program is missing, hung or failed; the message ends with its last words."""


def run(command: list[str], folder: Path, limit: float) -> str:
    """Run to the end in `folder`, `limit` seconds at most; its output. Raises ProgramError.

    Local times that it prints are Vietnam's.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "TZ": settings.TIME_ZONE},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_yield_and_die_with_us,  # noqa: PLW1509 - a few system calls, no lock
        )
    except OSError as error:
        raise ProgramError(f"{command[0]} does not start: {error}") from error
    try:
        output, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise ProgramError(f"{command[0]} took longer than {limit:.0f} s") from None
    text = output.decode(errors="replace")
    if process.returncode:
        raise ProgramError(f"{command[0]}: {text[-_LAST_WORDS:]}")
    return text


def _yield_and_die_with_us() -> None:
    """In the new child: a sitting goes first; and no half film goes on being made without us."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    give_way(_NICENESS)
