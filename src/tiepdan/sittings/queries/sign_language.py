"""Where the sign interpreter is, and for whom."""

from django.db.models import Q, QuerySet

from tiepdan.matters.states import Need
from tiepdan.org.models import VideoSite
from tiepdan.sittings import rules
from tiepdan.sittings.models import MediaRoom, Seat, Sitting


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
    """Sites whose camera may show the interpreter: every one but the chair's own room."""
    rows = sitting.seats.select_related("booking__site").exclude(booking__role="hub")
    return rows.order_by("booking__position")


def interprets(seat: Seat, room: MediaRoom) -> bool:
    """Whether the seat belongs into a turn because its citizen needs the sign interpreter there."""
    if room.visit is None or Need.SIGN_LANGUAGE not in room.visit.appointment.filing.needs:
        return False
    return seat.signings.filter(dismissed_at__isnull=True).exists()


def sign_language_usable(site: VideoSite) -> bool:
    """Whether the declared line of a site carries sign language."""
    return rules.carries_signs(site.up_kbps, site.down_kbps)
