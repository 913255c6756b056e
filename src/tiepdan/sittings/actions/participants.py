"""People added to a sitting, and for which citizen's case a seat is named.

A named seat is let into that turn's room when the turn is called and is out when it ends; in
between it is in no room. `rooms.may_enter` reads the rows written here.
"""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import permissions, queries
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.actions.rooms import admit, may_enter, withdraw
from tiepdan.sittings.actions.seats import vacate
from tiepdan.sittings.actions.sign_language import appoint_sign_interpreter, unpin
from tiepdan.sittings.models import CaseAttendance, Participant, Seat, Sitting
from tiepdan.sittings.roles import ADDED, BESIDE, Act, Cell, cell
from tiepdan.sittings.states import SittingRole, SittingState

ARTICLE = "QĐ 2193/QĐ-UBND, mục I.2"
"""Who receives together; law.md 4.2 has the others."""


@transaction.atomic
def add_participant(
    *,
    sitting: Sitting,
    user: User,
    role: str,
    by: User,
    seat: Seat | None = None,
    label: str = "",
    at: datetime | None = None,
) -> Participant:
    """Add a person with a role: at a site's `seat`, or at one of their own, shown as `label`.

    Raises RuleRefusedError for a role that comes with a duty, a commune's chair without a site, a
    seat whose rights the role shall not have, or somebody who takes part already.
    """
    at = at or clock.now()
    sitting = _ours(sitting, by)
    _require_addable(sitting, user, role, seat)
    found = new_participant(sitting, user, SittingRole(role), by, seat=seat, label=label)
    if role == SittingRole.SIGN_INTERPRETER and not found.seat.is_hub:
        appoint_sign_interpreter(seat=found.seat, by=by, at=at)
    append(sitting, "person_added", at=at, audience=found.seat.code, role=role)
    _record("add_participant", sitting, by, at, role=role, seat=found.seat.code)
    return found


def new_participant(
    sitting: Sitting,
    user: User,
    role: SittingRole,
    by: User,
    *,
    seat: Seat | None = None,
    label: str = "",
) -> Participant:
    """The row, with a seat of the person's own unless one is given; the caller holds the lock."""
    seat = seat or Seat.objects.create(
        sitting=sitting,
        code=_free_code(sitting, role),
        own_role=role,
        label=(label.strip() or str(user))[:160],
    )
    return Participant.objects.create(
        sitting=sitting, user=user, role=role, seat=seat, added_by=by, added_at=clock.real_now()
    )


@transaction.atomic
def end_participation(
    *, participant: Participant, by: User, at: datetime | None = None
) -> Participant:
    """The person takes part no more: their own seat leaves every room at once, for good."""
    at = at or clock.now()
    sitting = _ours(participant.sitting, by)
    end_part(participant, at)
    _record("end_participation", sitting, by, at, role=participant.role, seat=participant.seat.code)
    return participant


def end_part(participant: Participant, at: datetime) -> None:
    """Nothing of the role is left; the caller holds the lock. Twice: as once."""
    if participant.ended_at:
        return
    participant.ended_at = clock.real_now()
    participant.save(update_fields=["ended_at"])
    seat = participant.seat
    if seat.booking_id is None:
        seat.cases.filter(ended_at__isnull=True).update(ended_at=participant.ended_at)
    if seat.booking_id is None or seat.holder_id == participant.user_id:
        vacate(seat, at)
    if participant.role == SittingRole.SIGN_INTERPRETER:
        unpin(seat, at)
    append(seat.sitting, "person_left", at=at, audience=seat.code, role=participant.role)


@transaction.atomic
def name_for_case(
    *, seat: Seat, appointment: Appointment, by: User, at: datetime | None = None
) -> CaseAttendance:
    """Name a seat for a citizen's case; when that turn runs, it is let in now.

    Naming twice changes nothing. Raises RuleRefusedError for a seat that needs no naming, a case
    of another reception, or the press unless the chair does it.
    """
    at = at or clock.now()
    sitting = _ours(seat.sitting, by)
    seat = _again(seat, sitting)
    if seat.role == SittingRole.PRESS:
        permissions.require_may(by, Act.ADMIT_PRESS, sitting)
    if cell(seat.role, Act.ENTER_TURN) != Cell.OWN or seat.booking_id == appointment.booking_id:
        raise RuleRefusedError("needs_no_naming", "Thành phần này không cần chỉ định theo vụ việc.")
    if appointment.reception_id != sitting.reception_id:
        raise RuleRefusedError("other_reception", "Vụ việc này không thuộc buổi tiếp.")
    found, is_new = CaseAttendance.objects.get_or_create(
        seat=seat, appointment=appointment, ended_at=None,
        defaults={"named_by": by, "named_at": clock.real_now()},
    )  # fmt: skip
    if is_new:
        let_in(seat, at)
        append(sitting, "case_named", at=at, audience=seat.code, number=appointment.order)
        _record("name_for_case", sitting, by, at, seat=seat.code, number=appointment.order)
    return found


@transaction.atomic
def take_from_case(
    *, attendance: CaseAttendance, by: User, at: datetime | None = None
) -> CaseAttendance:
    """Take the naming back; a seat that is in that turn leaves it at once."""
    at = at or clock.now()
    sitting = _ours(attendance.seat.sitting, by)
    seat = _again(attendance.seat, sitting)
    if attendance.ended_at is None:
        attendance.ended_at = clock.real_now()
        attendance.save(update_fields=["ended_at"])
        _let_out(seat, at)
        number = attendance.appointment.order
        append(sitting, "case_taken", at=at, audience=seat.code, number=number)
        _record("take_from_case", sitting, by, at, seat=seat.code, number=number)
    return attendance


def let_in(seat: Seat, at: datetime) -> None:
    """Onto the roster of the room that is open, when the seat is held and belongs there."""
    room = queries.room_for(seat)
    if room is None or queries.admission_for(seat, room):
        return
    if seat.session_key and may_enter(seat, room):
        admit(seat, room, at)


def _let_out(seat: Seat, at: datetime) -> None:
    rows = seat.admissions.filter(withdrawn_at__isnull=True, room__closed_at__isnull=True)
    for admission in rows.select_related("room__sitting", "room__visit__appointment", "seat"):
        if not queries.belongs(seat, admission.room):
            withdraw(admission, at)


def _require_addable(sitting: Sitting, user: User, role: str, seat: Seat | None) -> None:
    if sitting.state == SittingState.CLOSED:
        raise RuleRefusedError("sitting_closed", "Buổi tiếp đã kết thúc.")
    if role not in ADDED:
        raise RuleRefusedError("role_by_duty", "Vai trò này đi theo nhiệm vụ, không thêm tại đây.")
    if role == SittingRole.COMMUNE_CHAIR and (seat is None or seat.site is None):
        raise RuleRefusedError("site_missing", "Hãy chọn điểm cầu của xã.", ARTICLE)
    if seat is not None and SittingRole(role) not in BESIDE[SittingRole(seat.role)]:
        raise RuleRefusedError("own_machine", "Vai trò này không ngồi ở điểm cầu ấy.", ARTICLE)
    if queries.participants(sitting).filter(user=user).exists():
        raise RuleRefusedError("takes_part", "Người này đã có trong buổi tiếp.")


def _ours(sitting: Sitting, by: User) -> Sitting:
    sitting = locked(sitting)
    permissions.require_may(by, Act.NAME_PEOPLE, sitting)
    return sitting


def _again(seat: Seat, sitting: Sitting) -> Seat:
    seat = Seat.objects.select_related("booking__site__agency").get(pk=seat.pk)
    seat.sitting = sitting
    return seat


def _free_code(sitting: Sitting, role: SittingRole) -> str:
    """Of the role and a number: it names nobody."""
    stem = role.value.replace("_", "-")
    return f"{stem}-{sitting.seats.filter(own_role=role).count() + 1}"


def _record(verb: str, sitting: Sitting, by: User, at: datetime, **detail: str | int) -> None:
    audit.record(verb=verb, on=sitting, by=by, at=at, detail={**detail})
