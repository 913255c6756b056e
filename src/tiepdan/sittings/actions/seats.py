"""Who sits where: seats of sites, and the papers of the citizen beside them."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.scheduling.models import Appointment, Reception
from tiepdan.sittings import permissions, queries
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.actions.rooms import admit, displace, fits, may_enter
from tiepdan.sittings.actions.stage import step_down
from tiepdan.sittings.models import IdentityCheck, Seat, SeatReport, Sitting
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import SittingState


@transaction.atomic
def prepare_sitting(*, reception: Reception, by: User, at: datetime | None = None) -> Sitting:
    """Make the live sitting of a reception, a seat for each booked site; again: the same one."""
    reception = Reception.objects.select_for_update(of=("self",)).get(pk=reception.pk)
    sitting, is_new = Sitting.objects.get_or_create(
        reception=reception, defaults={"provider": settings.VIDEO_PROVIDER}
    )
    for booking in reception.bookings.select_related("site"):
        Seat.objects.get_or_create(sitting=sitting, booking=booking, code=booking.site.code)
    if is_new:
        audit.record(verb="prepare_sitting", on=sitting, by=by, at=at)
    return sitting


@transaction.atomic
def take_seat(*, seat: Seat, session_key: str, by: User, at: datetime | None = None) -> Seat:
    """Hold a site's seat with one web session; whoever held it before is put out.

    While a room is open to which the site belongs, the seat is admitted there, unless the chair
    removed it from that room. Raises RuleRefusedError once the sitting is over.
    """
    at = at or clock.now()
    sitting, seat = _locked(seat)
    permissions.require_may(by, Act.OPEN_SEAT, sitting, seat)
    if sitting.state == SittingState.CLOSED:
        raise RuleRefusedError("sitting_closed", "Buổi tiếp đã kết thúc, không mở điểm cầu nữa.")
    if not session_key:
        raise RuleRefusedError("no_session", "Phiên đăng nhập đã hết: hãy đăng nhập lại.")
    if seat.session_key == session_key and seat.holder_id == by.pk:
        return seat
    _put_out(seat, at)
    SeatReport.objects.filter(seat=seat).delete()  # figures of another machine
    seat.holder, seat.session_key, seat.taken_at = by, session_key, at
    seat.save(update_fields=["holder", "session_key", "taken_at"])
    append(sitting, "seat_taken", at=at, audience=seat.code, seat=seat.code)
    room = queries.room_for(seat)
    if room and may_enter(seat, room):
        admit(seat, room, at)
    audit.record(verb="take_seat", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


@transaction.atomic
def release_seat(
    *, seat: Seat, by: User, session_key: str | None = None, at: datetime | None = None
) -> Seat:
    """Leave the seat free for somebody else.

    With the `session_key` of who leaves, nothing happens when another session holds it by now.
    """
    at = at or clock.now()
    sitting, seat = _locked(seat)
    permissions.require_may(by, Act.OPEN_SEAT, sitting, seat)
    if session_key is not None and seat.session_key != session_key:
        return seat
    _put_out(seat, at)
    _empty(seat, at)
    append(sitting, "seat_released", at=at, audience=seat.code, seat=seat.code)
    audit.record(verb="release_seat", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return seat


def release_session(*, session_key: str, by: User, at: datetime | None = None) -> list[Seat]:
    """Leave every seat that a web session holds, as when its person signs out."""
    held = Seat.objects.filter(session_key=session_key, holder=by) if session_key else []
    return [
        release_seat(seat=seat, by=by, session_key=session_key, at=at)
        for seat in held
        if permissions.may(by, Act.OPEN_SEAT, seat.sitting, seat)
    ]


@transaction.atomic
def remove_seat(*, seat: Seat, reason: str, by: User, at: datetime | None = None) -> Seat:
    """Put a page out of the sitting's open room; it needs `admit_seat` to come back there.

    Raises RuleRefusedError without a reason.
    """
    at, reason = at or clock.now(), reason.strip()[:250]
    if not reason:
        raise RuleRefusedError("reason_missing", "Hãy ghi lý do đưa điểm cầu ra khỏi phòng.")
    sitting, seat = _locked(seat)
    permissions.require_may(by, Act.REMOVE, sitting)
    _put_out(seat, at, reason=reason)
    _empty(seat, at)
    append(sitting, "seat_released", at=at, audience=seat.code, seat=seat.code)
    detail = {"seat": seat.code, "reason": reason}
    audit.record(verb="remove_seat", on=sitting, by=by, at=at, detail=detail)
    return seat


@transaction.atomic
def admit_seat(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """Let a removed seat, which somebody holds again, back into the open room.

    Raises RuleRefusedError when no room is open to it or nobody holds it.
    """
    at = at or clock.now()
    sitting, seat = _locked(seat)
    permissions.require_may(by, Act.REMOVE, sitting)
    room = queries.room_for(seat)
    if room is None or not seat.session_key or not fits(seat, room):
        raise RuleRefusedError("nothing_to_enter", "Điểm cầu này không thuộc phòng đang mở.")
    if queries.admission_for(seat, room) is None:
        admit(seat, room, at)
        detail = {"seat": seat.code, "room": room.name}
        audit.record(verb="admit_seat", on=sitting, by=by, at=at, detail=detail)
    return seat


@transaction.atomic
def check_identity(
    *,
    sitting: Sitting,
    appointment: Appointment,
    papers: str,
    recording_explained: bool,
    by: User,
    needs_met: bool = False,
    needs_note: str = "",
    at: datetime | None = None,
) -> IdentityCheck:
    """An officer at the site has seen the citizen's papers and explained the recording.

    Raises RuleRefusedError when a part is missing, what the citizen needs at the site is not
    there and nobody says what is done instead, or it was done (TT 04/2021/TT-TTCP, Điều 5).
    """
    at = at or clock.now()
    sitting = locked(sitting)
    article = "TT 04/2021/TT-TTCP, Điều 5"
    seat = sitting.seats.get(booking=appointment.booking)
    permissions.require_may(by, Act.CHECK_IDENTITY, sitting, seat)
    if not papers.strip():
        raise RuleRefusedError("papers_missing", "Hãy ghi giấy tờ đã xem.", article)
    if not recording_explained:
        raise RuleRefusedError(
            "recording_unexplained", "Hãy giải thích cho công dân rằng buổi tiếp được ghi hình."
        )
    if appointment.filing.needs and not (needs_met or needs_note.strip()):
        raise RuleRefusedError(
            "needs_unmet",
            "Công dân cần hỗ trợ: {needs}. Hãy bố trí rồi đánh dấu, hoặc ghi vì sao không "
            "bố trí được và làm cách nào thay thế.",
            needs="; ".join(appointment.filing.needed_words),
        )
    if not queries.queue(sitting).filter(pk=appointment.pk).exists():
        raise RuleRefusedError("not_waiting", "Công dân này không còn chờ trong buổi tiếp.")
    if IdentityCheck.objects.filter(appointment=appointment).exists():
        raise RuleRefusedError("identity_checked", "Đã kiểm tra giấy tờ của công dân này rồi.")
    check = IdentityCheck.objects.create(
        appointment=appointment, papers=papers, recording_explained=True, at=at, by=by,
        needs_met=needs_met, needs_note=needs_note.strip(),
    )  # fmt: skip
    append(sitting, "identity_checked", at=at, audience=appointment.booking.site.code,
           number=appointment.order)  # fmt: skip
    detail = {"papers": papers, "needs": "; ".join(appointment.filing.needs)}
    audit.record(verb="check_identity", on=appointment, by=by, at=at, detail=detail)
    return check


def _locked(seat: Seat) -> tuple[Sitting, Seat]:
    sitting = locked(seat.sitting)
    seat = Seat.objects.select_related("booking__site__agency").get(pk=seat.pk)
    seat.sitting = sitting
    return sitting, seat


def _put_out(seat: Seat, at: datetime, reason: str = "") -> None:
    """Withdraw the seat from whatever room it is on the roster of."""
    for admission in seat.admissions.filter(
        withdrawn_at__isnull=True, room__closed_at__isnull=True
    ).select_related("room__sitting", "seat"):
        displace(admission, at, reason)


def vacate(seat: Seat, at: datetime) -> None:
    """Out of every room, and free; the caller holds the sitting's lock."""
    _put_out(seat, at)
    _empty(seat, at)


def _empty(seat: Seat, at: datetime) -> None:
    seat.holder, seat.session_key, seat.taken_at = None, "", None
    seat.save(update_fields=["holder", "session_key", "taken_at"])
    step_down(seat, at)
