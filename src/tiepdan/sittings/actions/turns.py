"""What the acts on turns have in common: who, which, and what must hold before."""

from datetime import datetime

from tiepdan.accounts.models import User
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.org import rulebook
from tiepdan.scheduling.models import Appointment
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings import disk, queries, rules
from tiepdan.sittings.actions.controls import welcome
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.actions.invites import end_invites
from tiepdan.sittings.actions.papers import end_showing
from tiepdan.sittings.actions.rooms import close_room, open_room
from tiepdan.sittings.models import MediaRoom, Sitting, Visit
from tiepdan.sittings.permissions import require_may
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import (
    VISIT_TRANSITIONS,
    VisitState,
)


def conducted(sitting: Sitting, by: User, act: Act = Act.RUN) -> Sitting:
    """The locked sitting; refuses anybody who may not `act`, and while they deliberate."""
    sitting = locked(sitting)
    require_may(by, act, sitting)
    require_nobody_away(sitting)
    return sitting


def require_nobody_away(sitting: Sitting) -> None:
    """Raise RuleRefusedError while they deliberate."""
    if queries.deliberation(sitting):
        raise RuleRefusedError("deliberating", "Đang hội ý riêng: hãy mời mọi người trở lại trước.")


def locked_visit(visit: Visit, by: User) -> tuple[Sitting, Visit]:
    """The turn and its sitting, locked, for who conducts it."""
    sitting = conducted(visit.sitting, by)
    visit = Visit.objects.select_related("appointment__booking").get(pk=visit.pk)
    visit.sitting = sitting
    return sitting, visit


def current_room(sitting: Sitting) -> MediaRoom | None:
    """The room that is open now, if any."""
    room = queries.open_room(sitting)
    if room:
        room.sitting = sitting
    return room


def new_visit(sitting: Sitting, appointment: Appointment, at: datetime) -> Visit:
    """A citizen's turn, called now."""
    return Visit.objects.create(
        sitting=sitting, appointment=appointment, number=appointment.order, called_at=at
    )


def finish(sitting: Sitting, visit: Visit, event: str, at: datetime) -> None:
    """End a turn by an event of its table; its room closes."""
    if visit.state == VisitState.CALLED:
        end_showing(sitting, at)
    visit.state = follow(VISIT_TRANSITIONS, VisitState(visit.state), event)
    visit.ended_at = at
    visit.save()
    end_invites(visit, at)
    room = current_room(sitting)
    if room and room.visit_id == visit.pk:
        close_room(room, at)


def waiting_one(sitting: Sitting, appointment: Appointment | None) -> Appointment:
    """The named citizen, or the next one, as they are now; refuses when nobody waits."""
    rows = queries.queue(sitting)
    found = rows.first() if appointment is None else rows.filter(pk=appointment.pk).first()
    if found is None:
        if appointment is None:
            raise RuleRefusedError("nobody_waiting", "Không còn công dân nào chờ.")
        raise RuleRefusedError("nobody_waiting", "Công dân này không chờ.")
    return found


def require_turn_in_order(sitting: Sitting, appointment: Appointment, reason: str) -> None:
    """Raise RuleRefusedError for a call out of turn without a reason."""
    first = queries.next_appointment(sitting)
    if first and first.pk != appointment.pk and not reason.strip():
        raise RuleRefusedError(
            "out_of_order",
            "Gọi lượt {number} trước lượt {first} thì phải ghi lý do.",
            "QĐ 2193/QĐ-UBND, mục I.2",
            number=appointment.order,
            first=first.order,
        )


def require_callable(
    sitting: Sitting, appointment: Appointment, free_bytes: int | None = None
) -> None:
    """Raise RuleRefusedError with what keeps this citizen from being heard now."""
    refusal = queries.why_not_callable(sitting, appointment)
    if refusal:
        raise refusal
    require_space(sitting, free_bytes)


def bring_in(sitting: Sitting, visit: Visit, at: datetime) -> None:
    """Tell everyone whose turn it is, and open a room for it; who is called may speak."""
    welcome(sitting, visit.appointment.booking, at)
    append(
        sitting,
        "called",
        at=at,
        visit=str(visit.pk),
        number=visit.number,
        site=visit.appointment.booking.site.code,
        title=rules.title(visit.number),
    )
    open_room(sitting, visit, at)


def require_no_turn(sitting: Sitting) -> None:
    """Raise RuleRefusedError while a turn goes on."""
    visit = queries.running_visit(sitting)
    if visit:
        raise RuleRefusedError("turn_running", "Lượt {number} chưa kết thúc.", number=visit.number)


def require_hub(sitting: Sitting) -> None:
    """Raise RuleRefusedError unless the chair's room is connected."""
    hub = sitting.seats.filter(booking__role=SiteRole.HUB)
    if not hub.exclude(session_key="").exists():
        raise queries.hub_not_connected()


def require_space(sitting: Sitting, free_bytes: int | None) -> None:
    """Raise RuleRefusedError unless the recordings still to come fit on the disk."""
    day = sitting.reception.starts_at.astimezone(clock.VIETNAM).date()
    minutes = rulebook.number("minutes_per_turn", day)
    needed = rules.space_needed(queries.queue(sitting).count(), minutes)
    free = disk.free_bytes() if free_bytes is None else free_bytes
    if free < needed:
        raise RuleRefusedError(
            "disk_full",
            "Ổ đĩa ghi hình chỉ còn {free} MB, cần ít nhất {needed} MB. "
            "Hãy báo kỹ thuật viên giải phóng chỗ rồi làm lại; chưa có gì bị mất.",
            free=free // 10**6,
            needed=needed // 10**6,
        )
