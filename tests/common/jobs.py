"""Jobs for the tests of the worker."""

import time
from pathlib import Path

from django_tasks import task


@task()
def append_slowly(path: str, seconds: float) -> None:
    """Write a word, wait, write another."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("begin\n")
    time.sleep(seconds)
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("end\n")


@task()
def fail() -> None:
    """Fail."""
    raise ValueError("no")
