"""Counting receptions by period; a visit counts by its reception's day in Vietnam."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from tiepdan.common import clock
from tiepdan.matters.models import Filing
from tiepdan.matters.queries import filings, has_consent
from tiepdan.org import rulebook
from tiepdan.org.models import Agency
from tiepdan.org.queries import sites
from tiepdan.reports.rules import Turn, faults_of, tally
from tiepdan.scheduling.models import CarryOver
from tiepdan.scheduling.states import ReceptionKind, SiteRole
from tiepdan.sittings.models import MediaRoom, Sitting, SittingEvent, Visit
from tiepdan.sittings.states import SittingState, VisitState

QUERY_VERSION = 1
"""Stands in each frozen report; raise it when a figure is counted in another way."""

ONLINE = [
    "registered", "consented", "received", "refused", "absent", "carried_over", "faults",
]  # fmt: skip
"""Figures of the online sheet, in its order."""

Place = str
"""A site's name; empty for what belongs to no site."""


@dataclass(frozen=True)
class SiteFigures:
    """One site's figures; `site` is empty for what belongs to no one site."""

    site: str
    figures: dict[str, int]


def grid_01_tcd(agency: Agency, starts_on: date, ends_on: date) -> dict[int, int]:
    """Columns 1 to 29 of Biểu 01/TCD for the body and period, both days inclusive."""
    return tally(
        _turns(agency, ends_on),
        _sessions(agency, starts_on, ends_on),
        starts_on,
        ends_on,
        board_counts=rulebook.flag("board_reception_makes_repeat", ends_on),
    )


def checks(grid: Mapping[int, int], gettext: Callable[[str], str] = str) -> list[str]:
    """What cannot be right in the grid, in words: Vietnamese without `gettext`."""
    return faults_of(grid, rulebook.number("large_group_from", clock.today()), gettext)


def online_figures(agency: Agency, starts_on: date, ends_on: date) -> dict[str, int]:
    """The online sheet's last line: every figure in all."""
    rows = online_by_site(agency, starts_on, ends_on)
    return {name: sum(row.figures[name] for row in rows) for name in ONLINE}


def online_by_site(agency: Agency, starts_on: date, ends_on: date) -> list[SiteFigures]:
    """Each site where something was, by name; what belongs to no one site comes last.

    Registered and consented by the day of registration and the citizen's commune; the rest by the
    day of the reception and the site that was booked. Faults are the alarms of sittings.
    """
    homes, registered = _homes(), list(_registered(starts_on, ends_on))
    counts: dict[str, Counter[Place]] = {
        "registered": Counter(homes.get(f.petitioner.commune_id, "") for f in registered),
        "consented": Counter(
            homes.get(f.petitioner.commune_id, "") for f in registered if has_consent(f)
        ),
        "received": _visits(agency, starts_on, ends_on, VisitState.HEARD),
        "refused": _visits(agency, starts_on, ends_on, VisitState.REFUSED),
        "absent": _visits(agency, starts_on, ends_on, VisitState.ABSENT),
        "carried_over": _carried(agency, starts_on, ends_on),
        "faults": _faults(agency, starts_on, ends_on),
    }
    places = sorted({place for count in counts.values() for place in count}, key=_nowhere_last)
    return [SiteFigures(place, {name: counts[name][place] for name in ONLINE}) for place in places]


def _turns(agency: Agency, until: date) -> list[Turn]:
    """Every heard turn of the body up to the day, in time order."""
    visits = (
        Visit.objects.filter(
            state=VisitState.HEARD,
            sitting__reception__agency=agency,
            sitting__reception__starts_at__lt=end_of(until),
        )
        .select_related("sitting__reception", "appointment__filing__petitioner")
        .order_by("sitting__reception__starts_at", "number")
    )
    return [_turn(visit) for visit in visits]


def _turn(visit: Visit) -> Turn:
    reception, filing = visit.sitting.reception, visit.appointment.filing
    held_on = clock.day_of(reception.starts_at)
    return Turn(
        held_on=held_on,
        regular=reception.kind == ReceptionKind.REGULAR,
        matter=_matter_of(filing),
        persons=filing.headcount,
        large=filing.headcount >= rulebook.number("large_group_from", held_on),
    )


def _matter_of(filing: Filing) -> str:
    """The affair; before it has one, the citizen by personal number."""
    if filing.matter_id:
        return f"matter {filing.matter_id}"
    return f"person {filing.petitioner.id_number or filing.petitioner_id}"


def _sessions(agency: Agency, starts_on: date, ends_on: date) -> int:
    """The head's sittings held, also one to which nobody came (kỳ tiếp)."""
    return (
        Sitting.objects.filter(reception__agency=agency)
        .filter(
            reception__starts_at__gte=begin_of(starts_on), reception__starts_at__lt=end_of(ends_on)
        )
        .exclude(state=SittingState.WAITING)
        .exclude(reception__kind=ReceptionKind.REGULAR)
        .count()
    )


def _registered(starts_on: date, ends_on: date) -> QuerySet[Filing]:
    return filings().filter(received_at__gte=begin_of(starts_on), received_at__lt=end_of(ends_on))


def _visits(agency: Agency, starts_on: date, ends_on: date, state: VisitState) -> Counter[Place]:
    """Turns that ended so at a site away from the chair."""
    return Counter(
        Visit.objects.filter(
            state=state,
            sitting__reception__agency=agency,
            sitting__reception__starts_at__gte=begin_of(starts_on),
            sitting__reception__starts_at__lt=end_of(ends_on),
            appointment__booking__role=SiteRole.BRANCH,
        ).values_list("appointment__booking__site__name", flat=True)
    )


def _carried(agency: Agency, starts_on: date, ends_on: date) -> Counter[Place]:
    return Counter(
        CarryOver.objects.filter(
            appointment__reception__agency=agency,
            appointment__reception__starts_at__gte=begin_of(starts_on),
            appointment__reception__starts_at__lt=end_of(ends_on),
            appointment__booking__role=SiteRole.BRANCH,
        ).values_list("appointment__booking__site__name", flat=True)
    )


def _faults(agency: Agency, starts_on: date, ends_on: date) -> Counter[Place]:
    """Alarms by the site of the turn they fell in; those of the plenary belong to no site."""
    alarms = SittingEvent.objects.filter(
        kind="alarm",
        sitting__reception__agency=agency,
        sitting__reception__starts_at__gte=begin_of(starts_on),
        sitting__reception__starts_at__lt=end_of(ends_on),
    ).values_list("data", flat=True)
    rooms = [data.get("room", "") for data in alarms]
    place_of = dict(
        MediaRoom.objects.filter(name__in=rooms, visit__isnull=False)
        .annotate(place=F("visit__appointment__booking__site__name"))
        .values_list("name", "place")
    )
    return Counter(place_of.get(room, "") for room in rooms)


def _homes() -> dict[UUID | None, Place]:
    """The site of each commune that has one."""
    return {site.agency.unit_id: site.name for site in sites() if site.agency.unit_id}


def _nowhere_last(place: Place) -> tuple[bool, str]:
    return (place == "", place)


def begin_of(day: date) -> datetime:
    """When the day begins in Vietnam."""
    return datetime.combine(day, time.min, clock.VIETNAM)


def end_of(day: date) -> datetime:
    """When the day is over: the next one begins."""
    return begin_of(day + timedelta(days=1))
