"""Where the sign interpreter is, and for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from tiepdan.common import clock
from tiepdan.matters.states import Need
from tiepdan.sittings import rules
from tiepdan.sittings.line_rules import SILENT_AFTER, carries_signs, read
from tiepdan.sittings.models import MediaRoom, Seat, SeatReport, Sitting
from tiepdan.sittings.queries.device_check import last_check
from tiepdan.sittings.states import SittingRole


def sign_seats(sitting: Sitting) -> set[str]:
    """Codes of the seats whose picture is pinned for everyone now."""
    shown = sitting.seats.filter(signings__isnull=False, signings__dismissed_at__isnull=True)
    return set(shown.values_list("code", flat=True))


def sign_seats_during(room: MediaRoom) -> set[str]:
    """Codes of the seats that signed while a room was open; its film pins them."""
    until = Q(signings__dismissed_at__isnull=True) | Q(signings__dismissed_at__gt=room.opened_at)
    rows = room.sitting.seats.filter(until, signings__isnull=False)
    if room.closed_at:
        rows = rows.filter(signings__appointed_at__lt=room.closed_at)
    return set(rows.values_list("code", flat=True))


def may_sign(sitting: Sitting) -> QuerySet[Seat]:
    """Where the interpreter may sit: at every site but the chair's own, at a seat of their own."""
    rows = sitting.seats.select_related("booking__site").exclude(booking__role="hub")
    theirs = Q(booking__isnull=False) | Q(own_role=SittingRole.SIGN_INTERPRETER)
    return rows.filter(theirs).order_by("booking__position")


def interprets(seat: Seat, room: MediaRoom) -> bool:
    """Whether the seat belongs into a turn because its citizen needs the sign interpreter there."""
    if room.visit is None or Need.SIGN_LANGUAGE not in room.visit.appointment.filing.needs:
        return False
    return seat.signings.filter(dismissed_at__isnull=True).exists()


@dataclass(frozen=True, slots=True)
class SignLine:
    """Whether a site's line carries sign language, in kbit/s as measured or else as declared.

    `measured_at`: when the machine was tried; None: the line as declared. `is_reduced`: the site's
    page lets fewer than 20 frames a second through just now.
    """

    is_usable: bool
    up_kbps: int
    down_kbps: int
    measured_at: datetime | None
    is_reduced: bool


def sign_line(seat: Seat) -> SignLine | None:
    """The line of a site by its declaration, its newest try and what its page reports now.

    None for a person's own seat, which has no declared line.
    """
    site, check = seat.site, last_check(seat)
    if site is None:
        return None
    newest = SeatReport.objects.filter(seat=seat).first()
    is_fresh = newest is not None and clock.real_now() - newest.at <= SILENT_AFTER
    is_reduced = is_fresh and newest is not None and not carries_signs(read(newest.readings))
    rates = (site.up_kbps, site.down_kbps)
    declared = rules.carries_signs(*rates)
    if declared and check:
        rates = (int(check.figures.get("up_kbps", 0)), int(check.figures.get("down_kbps", 0)))
    return SignLine(
        is_usable=rules.carries_signs(*rates) and not is_reduced,
        up_kbps=rates[0],
        down_kbps=rates[1],
        measured_at=check.opened_at if declared and check else None,
        is_reduced=is_reduced,
    )
