"""Several acts at the same moment, each with its own connection, on both databases."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections

Result = TypeVar("Result")
LONGEST = 120
"""Seconds until an act that waits for another one is given up."""


class Race:
    """On PostgreSQL the test's own database; on SQLite a file with what it holds now.

    In memory SQLite refuses a second writer instead of making it wait, which the product never
    does: it has a file, the product's own settings of it and IMMEDIATE transactions.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "race.sqlite3"
        self.known = connections.databases["default"]
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)

    def run(self, *acts: Callable[[], Result]) -> list[Result]:
        """What each of them gave, begun together; raises what one of them raised."""
        barrier = Barrier(len(acts))
        if connection.vendor == "sqlite":
            connections.databases["default"] = {**self.known, "NAME": str(self.file)}
        try:
            with ThreadPoolExecutor(len(acts)) as threads:
                running = [threads.submit(self._act, act, barrier) for act in acts]
                return [one.result(timeout=LONGEST) for one in running]
        finally:
            connections.databases["default"] = self.known

    @staticmethod
    def _act(act: Callable[[], Result], barrier: Barrier) -> Result:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=LONGEST)
            return act()
        finally:
            connection.close()
