"""A PostgreSQL cluster for one measurement, thrown away afterwards."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench import copy

# `restart`: the server is ended at once, without a word to its clients, and started again.
CLUSTER = """
set -e; VAR=$PWD/var; . deploy/throwaway_postgresql.sh; trap stop_postgresql EXIT
start_postgresql; echo "$POSTGRESQL_URL"
while read -r word && [ "$word" = restart ]; do
  (cd / && "${POSTGRESQL_AS[@]}" "$POSTGRESQL_BIN/pg_ctl" -D "$POSTGRESQL_DIR/data" -m immediate \
    -w -t 30 -l "$POSTGRESQL_DIR/log" restart >/dev/null)
  echo done
done
"""


@dataclass
class Cluster:
    """A running cluster and its address."""

    url: str
    _process: "subprocess.Popen[str]"

    def restart(self) -> None:
        """End it without ceremony and start it again; back when it answers."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the cluster is not running")
        self._process.stdin.write("restart\n")
        self._process.stdin.flush()
        if self._process.stdout.readline().strip() != "done":
            raise RuntimeError("the cluster did not come back")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Started, and gone at the end."""
    with subprocess.Popen(
        ["bash", "-c", CLUSTER], cwd=copy.ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            url = process.stdout.readline().strip() if process.stdout else ""
            yield Cluster(url, process)
        finally:
            process.communicate("\n", timeout=60)
