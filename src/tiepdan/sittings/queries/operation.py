"""What the operator's wall and the sites' pages read of tasks, messages and figures."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from tiepdan.common import clock
from tiepdan.sittings import line_rules
from tiepdan.sittings.line_rules import Readings, Trouble
from tiepdan.sittings.models import OperatorTask, Seat, SeatReport, Sitting
from tiepdan.sittings.states import TaskState


@dataclass(frozen=True, slots=True)
class Figures:
    """A site's newest figures; `is_silent`: its page has not reported for a while."""

    now: Readings
    troubles: set[Trouble]
    at: datetime
    is_silent: bool


@dataclass(frozen=True, slots=True)
class SiteMessage:
    """What the operator told a site, not read yet."""

    words: str
    at: datetime


def open_tasks(sitting: Sitting) -> QuerySet[OperatorTask]:
    """Tasks not done, the most urgent first."""
    rows = sitting.tasks.exclude(state=TaskState.DONE)
    return rows.select_related("owner", "seat__booking__site__agency__unit")


def done_tasks(sitting: Sitting) -> QuerySet[OperatorTask]:
    """Tasks done, the newest first."""
    rows = sitting.tasks.filter(state=TaskState.DONE).order_by("-done_at")
    return rows.select_related("owner", "seat__booking__site__agency__unit")


def help_task(seat: Seat) -> OperatorTask | None:
    """The site's call for help that is not done."""
    return open_tasks(seat.sitting).filter(cause=f"help:{seat.code}").first()


def message_for(seat: Seat) -> SiteMessage | None:
    """The operator's newest message to the site, unless somebody there has read it."""
    kinds = ["site_message", "site_message_read"]
    newest = (
        seat.sitting.events.filter(audience=seat.code, kind__in=kinds).order_by("-sequence").first()
    )
    if newest is None or newest.kind != "site_message":
        return None
    return SiteMessage(newest.data["words"], newest.at)


def power_notes(sitting: Sitting) -> dict[str, str]:
    """What the operator noted of each site's power, by the seat's code; the newest of each."""
    rows = sitting.events.filter(kind="power_noted").order_by("sequence")
    return {row.data["seat"]: row.data["words"] for row in rows}


def figures(sitting: Sitting) -> dict[str, Figures]:
    """The newest figures of each site that ever reported, by the seat's code."""
    rows = SeatReport.objects.filter(seat__sitting=sitting).select_related("seat")
    now = clock.real_now()
    return {
        row.seat.code: Figures(
            line_rules.read(row.readings),
            {Trouble(one) for one in row.troubles},
            row.at,
            now - row.at > line_rules.SILENT_AFTER,
        )
        for row in rows
    }
