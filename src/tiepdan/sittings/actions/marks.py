"""The secretary's marks (dấu mốc): moments to come back to, in the minutes and in the recording."""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import queries
from tiepdan.sittings.actions.events import CONTROL, append, locked
from tiepdan.sittings.models import MarkedMoment, Sitting, SittingEvent
from tiepdan.sittings.permissions import require_may
from tiepdan.sittings.roles import Act

LONGEST_MARK = 120
"""Characters of what a mark is about."""


@transaction.atomic
def mark_moment(
    *, sitting: Sitting, words: str = "", by: User, at: datetime | None = None
) -> SittingEvent:
    """Mark this moment; a line of the minutes may take its time, the player jumps to it.

    The operator reads the event, so the words stand apart from it.

    Raises RuleRefusedError while no room is open: nothing is recorded that could be marked.
    """
    at = at or clock.now()
    sitting = locked(sitting)
    require_may(by, Act.WRITE_MINUTES, sitting)
    if queries.open_room(sitting) is None:
        raise RuleRefusedError("nothing_to_mark", "Chưa có phòng nào đang mở để đánh dấu.")
    visit = queries.running_visit(sitting)
    number = visit.number if visit else 0
    mark = append(sitting, "mark", at=at, audience=CONTROL, number=number)
    MarkedMoment.objects.create(event=mark, words=words.strip()[:LONGEST_MARK])
    audit.record(verb="mark_moment", on=sitting, by=by, at=at, detail={"number": number})
    return mark
