"""The queue, the turns, and what the chair does next."""

from dataclasses import dataclass

from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.queries import latest_consent
from tiepdan.matters.states import FilingState
from tiepdan.org import rulebook
from tiepdan.scheduling.models import Appointment
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings.models import Sitting, Visit
from tiepdan.sittings.queries.interludes import deliberation
from tiepdan.sittings.queries.protection import why_not_online
from tiepdan.sittings.queries.rooms import open_room, place_name, seats
from tiepdan.sittings.states import SittingState, VisitState


def queue(sitting: Sitting) -> QuerySet[Appointment]:
    """Citizens not yet called, in their order; withdrawn and carried-over ones are not waiting.

    Who was passed over comes after all others, in the order of being passed.
    """
    return (
        Appointment.objects.filter(
            reception_id=sitting.reception_id, visit__isnull=True, carry_over__isnull=True
        )
        .exclude(filing__state=FilingState.WITHDRAWN)
        .select_related(
            "filing__petitioner__commune", "booking__site__agency__unit", "identity_check"
        )
        .annotate(passed_at=Max("passings__at"))
        .order_by(F("passed_at").asc(nulls_first=True), "order")
    )


def next_appointment(sitting: Sitting) -> Appointment | None:
    """Whose turn comes next (lượt kế tiếp)."""
    return queue(sitting).first()


def visits(sitting: Sitting) -> QuerySet[Visit]:
    """The turns called so far."""
    return sitting.visits.select_related(
        "appointment__filing__petitioner__commune",
        "appointment__booking__site__agency__unit",
        "appointment__identity_check",
        "conclusion",
    )


def running_visit(sitting: Sitting) -> Visit | None:
    """The turn that has been called and not ended (lượt đang tiếp)."""
    return visits(sitting).filter(state=VisitState.CALLED).first()


def held_visits(sitting: Sitting) -> QuerySet[Visit]:
    """Turns on hold, in their order (lượt tạm giữ)."""
    return visits(sitting).filter(state=VisitState.HELD)


def why_not_callable(sitting: Sitting, appointment: Appointment) -> RuleRefusedError | None:
    """What still keeps this citizen from being called, or None."""
    place = place_name(appointment.booking.site)
    if not hasattr(appointment, "identity_check"):
        return RuleRefusedError(
            "identity_unchecked",
            "Điểm cầu {place} chưa kiểm tra giấy tờ của công dân lượt {number}.",
            "TT 04/2021/TT-TTCP, Điều 5",
            place=place,
            number=appointment.order,
        )
    if not _may_be_online(appointment):
        return RuleRefusedError(
            "no_consent",
            "Công dân lượt {number} chưa đồng ý (hoặc đã rút đồng ý) tiếp trực tuyến.",
            "Luật Tiếp công dân, Điều 3a",
            number=appointment.order,
        )
    if refusal := why_not_online(appointment):
        return refusal
    for seat in seats(sitting):
        if seat.booking_id == appointment.booking_id and not seat.session_key:
            return RuleRefusedError(
                "site_not_connected",
                "Điểm cầu {place} chưa mở camera và micro. Có thể chờ, hoặc ghi vắng mặt.",
                place=place,
            )
        if seat.is_hub and not seat.session_key:
            return hub_not_connected()
    return None


def hub_not_connected() -> RuleRefusedError:
    """The refusal when the chair's own room has no camera and microphone open."""
    return RuleRefusedError(
        "hub_not_connected", "Điểm cầu trung tâm chưa mở camera và micro: hãy mở trước khi tiếp."
    )


def _may_be_online(appointment: Appointment) -> bool:
    """No online turn without the newest consent given (law.md 6.7 no. 3)."""
    day = appointment.reception.starts_at.astimezone(clock.VIETNAM).date()
    if appointment.booking.role == SiteRole.HUB or not rulebook.flag("online_needs_consent", day):
        return True
    newest = latest_consent(appointment.filing)
    return newest is not None and newest.given


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the chair most likely does next: the page's one big button."""

    act: str
    label: str


def next_step(sitting: Sitting) -> NextStep | None:
    """The chair's next act; None when the sitting is over."""
    if sitting.state != SittingState.OPEN:
        return _not_open(sitting)
    visit = running_visit(sitting)
    if visit:
        return _in_turn(sitting, visit)
    if coming := next_appointment(sitting):
        told = {"number": coming.order, "place": place_name(coming.booking.site)}
        return NextStep("call", _("Gọi lượt %(number)d: %(place)s") % told)
    if held := held_visits(sitting).first():
        return NextStep("recall", _("Gọi lại lượt %(number)d") % {"number": held.number})
    room = open_room(sitting)
    if room is None:
        return NextStep("plenary", _("Về phiên chung"))
    return NextStep("close", _("Bế mạc buổi tiếp"))


def _not_open(sitting: Sitting) -> NextStep | None:
    steps = {
        SittingState.WAITING: NextStep("open", _("Khai mạc buổi tiếp")),
        SittingState.PAUSED: NextStep("resume", _("Tiếp tục buổi tiếp")),
        SittingState.CLOSING: NextStep("undo_close", _("Chưa bế mạc, tiếp tục buổi tiếp")),
    }
    return steps.get(SittingState(sitting.state))


def _in_turn(sitting: Sitting, visit: Visit) -> NextStep | None:
    if deliberation(sitting):
        return NextStep("return", _("Mời mọi người trở lại"))
    coming = next_appointment(sitting)
    if visit.started_at is None:
        return None
    told: dict[str, object] = {"number": visit.number}
    if coming is None:
        return NextStep("end_to_plenary", _("Kết thúc lượt %(number)d, về phiên chung") % told)
    if why_not_callable(sitting, coming):
        return NextStep("end", _("Kết thúc lượt %(number)d") % told)
    told |= {"next": coming.order, "place": place_name(coming.booking.site)}
    words = _("Kết thúc lượt %(number)d và gọi lượt %(next)d (%(place)s)") % told
    return NextStep("end_and_call", words)
