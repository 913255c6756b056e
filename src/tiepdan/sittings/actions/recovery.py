"""What the sitting notes when the media engine goes away under it."""

from datetime import datetime

from django.db import transaction

from tiepdan.common import clock
from tiepdan.sittings import queries
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.actions.rooms import raise_alarm
from tiepdan.sittings.models import MediaRoom

ENGINE_GONE = "Máy chủ hình và tiếng dừng và đang chạy lại; mọi điểm cầu tự vào lại."


@transaction.atomic
def note_engine_end(*, room: MediaRoom, ended: datetime, at: datetime | None = None) -> None:
    """The engine's process ended while the room was open: pages leave it and wait for the next.

    `ended`: the machine's time at which that was seen. Nothing happens for a room that is closed,
    or that was made after the end.
    """
    at = at or clock.now()
    sitting = locked(room.sitting)
    current = queries.open_room(sitting)
    if current is None or current.pk != room.pk:
        return
    if current.provisioned_at is None or current.provisioned_at >= ended:
        return
    append(sitting, "engine_ended", at=at, room=room.name, ended=ended.isoformat())
    raise_alarm(room=room, kind=queries.ENGINE_DOWN, detail=ENGINE_GONE, at=at)
