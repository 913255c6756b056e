"""Saying which site shows the sign interpreter."""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import permissions, queries
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.actions.rooms import admit, may_enter, withdraw
from tiepdan.sittings.models import Seat, SignInterpreter, Sitting
from tiepdan.sittings.roles import Act


@transaction.atomic
def appoint_sign_interpreter(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """Pin a site's or an interpreter's picture for everyone; it joins a turn that needs it.

    Doing it twice changes nothing. Raises RuleRefusedError for the hub (it is shown large as it
    is), for another person's own seat, and for whoever does not run the sitting.
    """
    at = at or clock.now()
    sitting, seat = _ours(seat, by)
    if seat.is_hub:
        raise RuleRefusedError("hub_signs", "Điểm cầu trung tâm không cần ghim.")
    if not queries.may_sign(sitting).filter(pk=seat.pk).exists():
        raise RuleRefusedError("not_interpreter", "Chỉ ghim điểm cầu hoặc người phiên dịch.")
    if seat.signings.filter(dismissed_at__isnull=True).exists():
        return seat
    SignInterpreter.objects.create(seat=seat, appointed_by=by, appointed_at=clock.real_now())
    room = queries.open_room(sitting)
    inside = room and queries.admission_for(seat, room)
    if room and not inside and seat.session_key and may_enter(seat, room):
        admit(seat, room, at)
    _tell(sitting, at)
    audit.record(verb="appoint_sign_interpreter", on=sitting, by=by, at=at, detail=_of(seat))
    return seat


@transaction.atomic
def dismiss_sign_interpreter(*, seat: Seat, by: User, at: datetime | None = None) -> Seat:
    """Unpin it; a seat that was in a turn only as interpreter leaves it."""
    at = at or clock.now()
    sitting, seat = _ours(seat, by)
    if unpin(seat, at):
        audit.record(verb="dismiss_sign_interpreter", on=sitting, by=by, at=at, detail=_of(seat))
    return seat


def unpin(seat: Seat, at: datetime) -> bool:
    """Whether it was pinned; the caller holds the lock."""
    ended = seat.signings.filter(dismissed_at__isnull=True).update(dismissed_at=clock.real_now())
    if not ended:
        return False
    room = queries.open_room(seat.sitting)
    admission = queries.admission_for(seat, room) if room else None
    if room and admission and not may_enter(seat, room):
        withdraw(admission, at)
    _tell(seat.sitting, at)
    return True


def _ours(seat: Seat, by: User) -> tuple[Sitting, Seat]:
    sitting = locked(seat.sitting)
    permissions.require_may(by, Act.PIN_SIGN, sitting)
    return sitting, Seat.objects.select_related("booking").get(pk=seat.pk)


def _tell(sitting: Sitting, at: datetime) -> None:
    seats = ",".join(sorted(queries.sign_seats(sitting)))
    append(sitting, "sign_language", at=at, seats=seats)


def _of(seat: Seat) -> dict[str, str]:
    return {"seat": seat.code}
