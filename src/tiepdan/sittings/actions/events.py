"""The one writer of a sitting's events, and the lock everything else stands on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings.models import Sitting, SittingEvent
from tiepdan.sittings.states import SittingState

EVERYONE = ""
CONTROL = "control"

_listeners: list[Callable[[UUID], None]] = []


def listen(listener: Callable[[UUID], None]) -> None:
    """Call `listener` with a sitting's key after each commit of this process that wrote events.

    It only makes somebody look sooner: events of other processes are found by looking.
    """
    _listeners.append(listener)


def _tell(sitting: UUID) -> None:
    for listener in _listeners:
        listener(sitting)


def locked(sitting: Sitting) -> Sitting:
    """The sitting as it is now, its row locked until the transaction ends."""
    rows = Sitting.objects.select_for_update(of=("self",))
    return rows.select_related("reception__agency").get(pk=sitting.pk)


def require_open(sitting: Sitting) -> None:
    """Refuse unless citizens are being received."""
    if sitting.state == SittingState.OPEN:
        return
    rule = "sitting_not_open"
    if sitting.state == SittingState.WAITING:
        raise RuleRefusedError(rule, "Buổi tiếp chưa khai mạc.")
    if sitting.state == SittingState.PAUSED:
        raise RuleRefusedError(rule, "Buổi tiếp đang tạm dừng: hãy tiếp tục trước.")
    if sitting.state == SittingState.CLOSING:
        raise RuleRefusedError(rule, "Buổi tiếp đang bế mạc: hãy bỏ bế mạc trước.")
    raise RuleRefusedError(rule, "Buổi tiếp đã kết thúc.")


def append(
    sitting: Sitting, kind: str, *, at: datetime, audience: str = EVERYONE, **data: object
) -> SittingEvent:
    """Write what happened, as the sitting's next number.

    The number is taken under the lock of the sitting's row, which lasts until the transaction
    ends: whoever has seen a number has seen all before it. `audience`: see `SittingEvent`.
    """
    rows = Sitting.objects.filter(pk=sitting.pk)
    rows.update(last_sequence=F("last_sequence") + 1)
    sitting.last_sequence = rows.values_list("last_sequence", flat=True).get()
    transaction.on_commit(partial(_tell, sitting.pk))
    return SittingEvent.objects.create(
        sitting=sitting,
        sequence=sitting.last_sequence,
        kind=kind,
        audience=audience,
        at=at,
        recorded_at=clock.real_now(),
        data=data,
    )
