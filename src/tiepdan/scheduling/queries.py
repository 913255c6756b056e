"""Reading receptions, places and the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from tiepdan.common import clock
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters.models import Destruction, Disposition, Filing, Notice, Urging
from tiepdan.matters.protected import Kept
from tiepdan.matters.queries import approved, filings, form_of
from tiepdan.matters.states import Outcome, ReceptionForm
from tiepdan.org import rulebook
from tiepdan.org.models import Agency
from tiepdan.org.queries import calendar
from tiepdan.scheduling.models import Appointment, Reception, SiteBooking
from tiepdan.scheduling.rules import planned_start, published_late_by, reception_day
from tiepdan.scheduling.states import ReceptionState, SiteRole

CALENDAR_MONTHS = 3
"""How long a past reception stays in the public calendar."""


@dataclass(frozen=True)
class PublicReception:
    """A line of the public calendar (lịch tiếp công dân): never a citizen's name."""

    id: UUID
    kind: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    agency: str
    chair: str
    chair_title: str
    sites: list[str]
    cancelled: bool
    notice: Document | None


@dataclass(frozen=True)
class AgendaRow:
    """One citizen's place in a reception as the staff see it; `online` is the form agreed to."""

    appointment: Appointment
    order: int
    petitioner: str
    commune: str
    headcount: int
    subject: str
    site: str
    at_hub: bool
    online: bool
    planned_at: datetime
    carried_over: bool
    moved_on: bool


def receptions() -> QuerySet[Reception]:
    """Receptions with the people, body and sites that every page shows."""
    return Reception.objects.select_related(
        "agency", "chair", "secretary", "notice"
    ).prefetch_related(
        Prefetch("bookings", SiteBooking.objects.select_related("site__agency__unit"))
    )


def upcoming(today: date) -> QuerySet[Reception]:
    """Planned and published receptions that are not over before `today`, soonest first."""
    return (
        receptions().filter(ends_at__gte=_midnight(today)).exclude(state=ReceptionState.CANCELLED)
    )


def public_calendar(today: date | None = None) -> list[PublicReception]:
    """Everything that was published: to come, and of the last three months, soonest last."""
    since = (today or clock.today()) - timedelta(days=31 * CALENDAR_MONTHS)
    found = receptions().filter(published_at__isnull=False, ends_at__gte=_midnight(since))
    return [
        PublicReception(
            id=reception.pk,
            kind=reception.get_kind_display(),
            mode=reception.get_mode_display(),
            starts_at=reception.starts_at,
            ends_at=reception.ends_at,
            agency=reception.agency.name,
            chair=reception.chair.full_name,
            chair_title=reception.chair.title,
            sites=[booking.site.name for booking in reception.bookings.all()],
            cancelled=reception.state == ReceptionState.CANCELLED,
            notice=reception.notice,
        )
        for reception in found
    ]


def agenda(reception: Reception) -> list[AgendaRow]:
    """Who is to be heard in which order, also those carried over from here (`moved_on`)."""
    minutes = rulebook.number("minutes_per_turn", held_on(reception))
    found = reception.appointments.select_related(
        "filing__petitioner__commune", "filing__disposition", "booking__site", "carry_over"
    )
    return [_agenda_row(reception, appointment, minutes) for appointment in found]


def waiting_for_place() -> QuerySet[Filing]:
    """Approved filings without a live appointment, in the order they are placed; `carried` is set.

    Carried-over citizens first, then registration order (QĐ 2193, mục I.2).
    """
    live = Appointment.objects.filter(filing=OuterRef("pk"), carry_over=None)
    carried = Appointment.objects.filter(filing=OuterRef("pk"), carry_over__isnull=False)
    return (
        approved()
        .filter(~Exists(live))
        .annotate(carried=Exists(carried))
        .order_by("-carried", "received_at", "tracking_code")
    )


def appointment_of(filing: Filing) -> Appointment | None:
    """The filing's live appointment: the one that was not carried over."""
    return (
        filing.appointments.filter(carry_over=None)
        .select_related("reception", "booking__site")
        .order_by("-created_at")
        .first()
    )


def booking_for(filing: Filing, bookings: Iterable[SiteBooking]) -> SiteBooking | None:
    """Where the citizen is received: online at their commune's site, else at the hub.

    Who lives in another province and filed at none of our communes comes to the hub. None when
    they are to be received online and their commune's site takes no part. Consent that was taken
    back puts them on the direct list.
    """
    unit = filing.home_unit_id
    online = is_online(filing) and unit is not None
    for booking in bookings:
        if online and booking.site.agency.unit_id == unit:
            return booking
        if not online and booking.role == SiteRole.HUB:
            return booking
    return None


def is_online(filing: Filing) -> bool:
    """Proposed for the online form, and the citizen's newest word is yes."""
    return form_of(filing) == ReceptionForm.ONLINE


def declined_since_the_last_list(board: Agency) -> list[Disposition]:
    """What was answered instead of proposed, since the board's last list to the chairman."""
    lists = Document.objects.filter(kind=DocumentKind.PROPOSAL_LIST, issuer=board.code)
    last = lists.order_by("issued_at").values_list("issued_at", flat=True).last()
    found = filings().filter(disposition__outcome=Outcome.DECLINED)
    if last:
        found = found.filter(disposition__at__gt=last)
    return [filing.disposition for filing in found]


def month_day(month: date) -> date:
    """The day of that month's reception by the rule in force and the calendar."""
    fixed = rulebook.number("reception_day_of_month", month)
    return reception_day(month.year, month.month, fixed, calendar())


def next_reception_day(today: date) -> date:
    """The first monthly reception day that is not before today."""
    day = month_day(today)
    return day if day >= today else month_day(today.replace(day=1) + timedelta(days=31))


def months_without_reception(today: date) -> list[date]:
    """Of this month and the next, by first day, those in which the chairman has too few days.

    Luật Tiếp công dân 42/2013/QH13, Điều 12 khoản 5; the number is
    `chair_reception_days_per_month`. A cancelled reception is none.
    """
    this = today.replace(day=1)
    following = (this + timedelta(days=31)).replace(day=1)
    end = (following + timedelta(days=31)).replace(day=1)
    start, until = (datetime.combine(day, time(), clock.VIETNAM) for day in (this, end))
    held = {
        clock.day_of(moment)
        for moment in Reception.objects.exclude(state=ReceptionState.CANCELLED)
        .filter(starts_at__gte=start, starts_at__lt=until)
        .values_list("starts_at", flat=True)
    }
    return [
        month
        for month in (this, following)
        if sum(day.replace(day=1) == month for day in held)
        < rulebook.number("chair_reception_days_per_month", month)
    ]


def shortfall(reception: Reception, published_on: date) -> int:
    """Working days missing to a notice in time, if it is published that day (Điều 24)."""
    before = rulebook.number("publish_before", published_on)
    return published_late_by(published_on, held_on(reception), before, calendar())


def held_on(reception: Reception) -> date:
    """The reception's day in Vietnam."""
    return clock.day_of(reception.starts_at)


def _agenda_row(reception: Reception, appointment: Appointment, minutes: int) -> AgendaRow:
    filing = appointment.filing
    return AgendaRow(
        appointment=appointment,
        order=appointment.order,
        petitioner=filing.shown_name,
        commune=str(filing.petitioner.commune),
        headcount=filing.headcount,
        subject=filing.shown_subject,
        site=appointment.booking.site.name,
        at_hub=appointment.booking.role == SiteRole.HUB,
        online=appointment.booking.role == SiteRole.BRANCH,
        planned_at=planned_start(reception.starts_at, appointment.order, minutes),
        carried_over=appointment.carried_from_id is not None,
        moved_on=hasattr(appointment, "carry_over"),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.VIETNAM)


def issued_papers(keys: QuerySet[Any]) -> list[tuple[Kept, QuerySet[Any]]]:
    """Keys of every paper about the filings with these keys, by kind, up to their appointment."""
    receipts = Filing.objects.filter(pk__in=keys, receipt__isnull=False)
    slips = Appointment.objects.filter(filing__in=keys, slip__isnull=False)
    replies = Disposition.objects.filter(filing__in=keys, reply__isnull=False)
    urged = Urging.objects.filter(deadline__filing__in=keys, letter__isnull=False)
    gone = Destruction.objects.filter(disposition__filing__in=keys, decision__isnull=False)
    return [
        (Kept.RECEIPT, receipts.values("receipt")),
        (Kept.SLIP, slips.values("slip")),
        (Kept.LETTER, replies.values("reply")),
        (Kept.LETTER, Notice.objects.filter(filing__in=keys).values("paper")),
        (Kept.LETTER, urged.values("letter")),
        (Kept.LETTER, gone.values("decision")),
    ]
