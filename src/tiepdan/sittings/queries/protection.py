"""Turns whose citizen is protected (tố cáo): who stays outside, and whether they are held at all.

Luật Tố cáo 25/2018/QH14, Điều 8 and 56; where a profile's `denunciation_online` admits them.
"""

from uuid import UUID

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.org import rulebook
from tiepdan.scheduling.models import Appointment
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings.models import MediaRoom, Seat, Sitting
from tiepdan.sittings.queries.sign_language import interprets


def is_closed_to(seat: Seat, room: MediaRoom) -> bool:
    """Whether protection keeps the seat out.

    Of a protected turn everybody but the hub, the citizen's own site, and the sign interpreter
    when one is needed. Of the opening and the closing the site that `receives_protected`.
    """
    if seat.is_hub:
        return False
    if room.visit is None:
        return receives_protected(seat)
    turn = room.visit.appointment
    if not turn.filing.identity_protected or seat.booking_id == turn.booking_id:
        return False
    return not interprets(seat, room)


def why_not_online(appointment: Appointment) -> RuleRefusedError | None:
    """Why a protected citizen may not be heard from a site, or None: the switch of the day."""
    is_online = appointment.booking.role != SiteRole.HUB
    if not (is_online and appointment.filing.identity_protected):
        return None
    if rulebook.flag("denunciation_online", clock.day_of(appointment.reception.starts_at)):
        return None
    return RuleRefusedError(
        "denunciation_online",
        "Lượt {number} là tố cáo: không tiếp qua điểm cầu. Hãy mời công dân đến tiếp trực tiếp.",
        "QĐ 748/QĐ-TTCP, Điều 4",
        number=appointment.order,
    )


def receives_protected(seat: Seat) -> bool:
    """Whether a protected citizen waits or is heard there: nobody else shall see who sits there."""
    return seat.booking_id is not None and seat.booking_id in protected_bookings(seat.sitting)


def protected_bookings(sitting: Sitting) -> set[UUID]:
    """Bookings of the sites that receive a protected citizen."""
    rows = Appointment.objects.filter(
        reception=sitting.reception_id, carry_over__isnull=True, filing__identity_protected=True
    )
    return set(rows.values_list("booking_id", flat=True))
