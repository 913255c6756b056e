"""`tiepdan custodian`: records every open room until it is told to end; recorders go on."""

import os
import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from tiepdan.common.work import keep_connections
from tiepdan.recordings.custodian import Custodian


class Command(BaseCommand):
    help = "Start, watch and restart recorders; journal what they write; keep the engine in line."

    def handle(self, *_args: Any, **_options: Any) -> None:
        keep_connections()
        custodian = Custodian()

        def end(_number: int, _frame: FrameType | None) -> None:
            custodian.stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        custodian.run()
        os._exit(0)  # a thread that waits for database or engine must not hold us up
