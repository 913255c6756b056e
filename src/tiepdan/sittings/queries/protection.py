"""Turns whose citizen is protected (tố cáo): who stays outside, and whether they are held at all.

Luật Tố cáo 25/2018/QH14, Điều 8 and 56; where a profile's `denunciation_online` admits them.
"""

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.org import rulebook
from tiepdan.scheduling.models import Appointment
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings.models import MediaRoom, Seat
from tiepdan.sittings.queries.sign_language import interprets


def is_closed_to(seat: Seat, room: MediaRoom) -> bool:
    """Whether protection keeps the seat out.

    Of a protected turn everybody but the hub, the citizen's own site, and the sign interpreter
    when one is needed. Of the opening and the closing the site where a protected citizen is
    received: nobody else shall see who sits there.
    """
    if seat.is_hub:
        return False
    if room.visit is None:
        return _receives_protected(seat)
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


def _receives_protected(seat: Seat) -> bool:
    rows = Appointment.objects.filter(booking_id=seat.booking_id, carry_over__isnull=True)
    return seat.booking_id is not None and rows.filter(filing__identity_protected=True).exists()
