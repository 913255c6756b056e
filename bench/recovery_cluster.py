"""F5: kill -9 of one of two clustered media servers, the one that has the room of 16."""

from bench import recovery
from bench.main import Line


def measure() -> list[Line]:
    """As `recovery`, with two engines."""
    return recovery.measure(engines=2)
