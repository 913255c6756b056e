"""What the pages, the custodian and later stages read of a sitting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.queries import latest_consent
from tiepdan.matters.states import FilingState
from tiepdan.org import rulebook
from tiepdan.org.models import VideoSite
from tiepdan.scheduling.models import Appointment, SiteBooking
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings.models import Admission, MediaRoom, Seat, Sitting, SittingEvent, Visit
from tiepdan.sittings.states import SittingState, VisitState

ENGINE_DOWN = "engine_down"
"""The one alarm that is not about the recording."""

JUST_CLOSED = timedelta(minutes=1)


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


def open_room(sitting: Sitting) -> MediaRoom | None:
    """The one room that is wanted now."""
    return (
        MediaRoom.objects.filter(sitting=sitting, closed_at__isnull=True)
        .select_related("visit__appointment__booking")
        .first()
    )


def seats(sitting: Sitting) -> QuerySet[Seat]:
    """Every site's seat, hub first."""
    return sitting.seats.select_related("booking__site__agency__unit", "holder")


def seat_of(sitting: Sitting, booking: SiteBooking) -> Seat | None:
    """The seat of a booked site."""
    return sitting.seats.filter(booking=booking).first()


def admission_for(seat: Seat, room: MediaRoom) -> Admission | None:
    """The seat's place on the room's roster, unless withdrawn."""
    return room.admissions.filter(seat=seat, withdrawn_at__isnull=True).first()


def events_after(
    sitting_id: UUID, sequence: int, audiences: Collection[str] | None = None
) -> QuerySet[SittingEvent]:
    """The rows after `sequence` that these audiences may know; None may know everything."""
    rows = SittingEvent.objects.filter(sitting_id=sitting_id, sequence__gt=sequence)
    return rows if audiences is None else rows.filter(audience__in=audiences)


def recorded_rooms() -> QuerySet[MediaRoom]:
    """Rooms that a recorder must or did just record: open, or closed within the last minute."""
    recently = Q(closed_at__isnull=True) | Q(closed_at__gte=clock.real_now() - JUST_CLOSED)
    return MediaRoom.objects.filter(recently).select_related("sitting", "visit")


def required_seats(room: MediaRoom) -> set[str]:
    """Seats whose bytes prove the recording: the hub's, in a turn the citizen's site's too.

    Whether they are on the roster now does not matter: a turn whose site has left is not proven.
    """
    needed = Q(booking__role=SiteRole.HUB)
    if room.visit:
        needed |= Q(booking_id=room.visit.appointment.booking_id)
    seats_needed = Seat.objects.filter(needed, sitting_id=room.sitting_id)
    return set(seats_needed.values_list("code", flat=True))


def place_name(site: VideoSite) -> str:
    """How people say where a site is: «xã Hữu Lũng»; the hub by its own name."""
    return site.agency.unit.full_name if site.agency.unit else site.name


@dataclass(frozen=True, slots=True)
class Alarm:
    """A fault that is not over; `what` is its short name, `words` are for people."""

    what: str
    words: str
    since: datetime

    @property
    def said(self) -> str:
        """The words as they were written down, or their short English for an English reader."""
        if get_language() == "vi":
            return self.words
        short = {
            "recorder": _("Chương trình ghi hình đã dừng và đang được chạy lại."),
            "disk": _("Ổ đĩa ghi hình sắp đầy hoặc đã đầy."),
            "journal": _("Nhật ký ghi hình bị hỏng."),
            "storage": _("Không ghi được xuống đĩa."),
            "stalled": _("Không nhận được hình hoặc tiếng của một điểm cầu để ghi."),
            ENGINE_DOWN: _("Máy chủ hình và tiếng không trả lời."),
        }
        return short.get(self.what.split(":", maxsplit=1)[0], self.words)


def alarms(sitting: Sitting) -> list[Alarm]:
    """Faults that go on now (sự cố)."""
    found: dict[str, Alarm] = {}
    for row in sitting.events.filter(kind__in=["alarm", "alarm_over"]):
        found.pop(row.data["what"], None)
        if row.kind == "alarm":
            found[row.data["what"]] = Alarm(row.data["what"], row.data["words"], row.at)
    return list(found.values())


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
    visit, coming = running_visit(sitting), next_appointment(sitting)
    if visit:
        return _after_turn(sitting, visit, coming)
    if coming:
        told = {"number": coming.order, "place": place_name(coming.booking.site)}
        return NextStep("call", _("Gọi lượt %(number)d: %(place)s") % told)
    if held := held_visits(sitting).first():
        return NextStep("recall", _("Gọi lại lượt %(number)d") % {"number": held.number})
    room = open_room(sitting)
    if room is None:
        return NextStep("plenary", _("Về phiên chung"))
    return NextStep("close", _("Bế mạc buổi tiếp"))


def _not_open(sitting: Sitting) -> NextStep | None:
    if sitting.state == SittingState.WAITING:
        return NextStep("open", _("Khai mạc buổi tiếp"))
    if sitting.state == SittingState.PAUSED:
        return NextStep("resume", _("Tiếp tục buổi tiếp"))
    return None


def _after_turn(sitting: Sitting, visit: Visit, coming: Appointment | None) -> NextStep | None:
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


@dataclass(frozen=True, slots=True)
class Sign:
    """A state in words, with its colour and icon."""

    kind: str
    icon: str
    word: str | Promise


def recording_sign(sitting: Sitting, room: MediaRoom | None) -> Sign:
    """What the sign over the room says (đang ghi, chờ ghi, lỗi ghi)."""
    if room is None:
        return Sign("muted", "circle", _("Không ghi"))
    if any(alarm.what != ENGINE_DOWN for alarm in alarms(sitting)):
        return Sign("danger", "octagon-alert", _("Lỗi ghi hình"))
    if room.verified_at:
        return Sign("live", "circle-dot", _("Đang ghi"))
    return Sign("warn", "hourglass", _("Chờ ghi hình"))


def roster(room: MediaRoom | None) -> dict[UUID, Admission]:
    """Who may be in the room now, by the seat's key; nobody when there is no room."""
    if room is None:
        return {}
    return {row.seat_id: row for row in room.admissions.filter(withdrawn_at__isnull=True)}


def seat_sign(seat: Seat, admission: Admission | None) -> Sign:
    """Where a site stands (chưa mở máy, đang chờ, trong phòng, mất kết nối)."""
    if not seat.session_key:
        return Sign("muted", "circle-dashed", _("Chưa mở máy"))
    if admission is None:
        return Sign("info", "hourglass", _("Đang chờ"))
    if admission.is_inside:
        return Sign("ok", "circle-check", _("Đang trong phòng"))
    if admission.left_at:
        return Sign("warn", "wifi-off", _("Mất kết nối"))
    return Sign("info", "door-open", _("Đang vào phòng"))
