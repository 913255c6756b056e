"""Periodic duties: small functions that an app wants called again and again.

An app lists them in its `duties.py` as `DUTIES`; the worker finds them there.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db import close_old_connections
from django.utils.module_loading import import_string, module_has_submodule

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """`run` is called every so often, in the worker, one duty at a time.

    It must be short (enqueue a job for what takes long) and harmless when called twice.
    """

    name: str
    every: timedelta
    run: Callable[[], object]


def all_duties() -> list[Duty]:
    """The duties of all installed apps, lowest layer first."""
    return [
        duty
        for config in apps.get_app_configs()
        if config.module is not None and module_has_submodule(config.module, "duties")
        if config.name != "tiepdan.common"
        for duty in import_string(f"{config.name}.duties.DUTIES")
    ]


class Round:
    """Runs each duty when it is due; a duty that fails is logged and tried again next time."""

    def __init__(self, duties: Iterable[Duty]) -> None:
        self._due = dict.fromkeys(duties, 0.0)

    def run_due(self, now: float) -> list[str]:
        """Run what is due at `now` (monotonic seconds); the names of what ran."""
        ran = []
        for duty, due in self._due.items():
            if now < due:
                continue
            self._due[duty] = now + duty.every.total_seconds()
            ran.append(duty.name)
            close_old_connections()  # one that the duty before found dead
            try:
                duty.run()
            except Exception:
                logger.exception("duty %s failed", duty.name)
        return ran
