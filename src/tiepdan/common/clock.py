"""The product's clock.

A rehearsal (diễn tập) plays an afternoon of another day: the clock then carries an offset,
which only rehearsal mode can set. Tokens, TLS, the recorder and its journal use `real_now`.
"""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class NotARehearsalError(RuntimeError):
    """Somebody tried to move the clock of a real reception."""


def real_now() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(tz=UTC)  # noqa: TID251 - the one place that reads the machine's clock


def now() -> datetime:
    """The product's time: the machine's, moved by the rehearsal's offset."""
    return real_now() + offset()


def today() -> date:
    """The product's date in Vietnam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The moment's date in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def offset() -> timedelta:
    """How far the product's clock is ahead of the machine's; zero outside rehearsals."""
    if not settings.REHEARSAL:
        return timedelta(0)
    try:
        return timedelta(seconds=json.loads(_file().read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta(0)


def move_to(moment: datetime) -> timedelta:
    """Set the product's clock to `moment` (aware) for all processes; the new offset.

    Raises NotARehearsalError outside rehearsal mode.
    """
    if not settings.REHEARSAL:
        raise NotARehearsalError("the clock moves in rehearsal mode only")
    ahead = moment - real_now()
    draft = _file().with_suffix(f".{os.getpid()}")
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(json.dumps(ahead.total_seconds()), encoding="ascii")
    draft.replace(_file())
    return ahead


def _file() -> Path:
    return Path(settings.DATA_DIR) / "run" / "clock-offset.json"
