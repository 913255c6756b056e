"""Media rooms: opened and closed by acts of the sitting, proven by the recorder.

Times of rooms and admissions are the machine's; `at` is the product's time and stands in events.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import queries, rules
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.actions.operation import end_cause, open_task
from tiepdan.sittings.actions.papers import end_lost_picture
from tiepdan.sittings.actions.stage import step_down
from tiepdan.sittings.models import Admission, MediaRoom, Seat, Sitting, Visit
from tiepdan.sittings.states import RoomPart


@dataclass(frozen=True, slots=True)
class RecordingProof:
    """What lies on disk, fsynced, of one room: bytes by seat; `at` is the machine's time."""

    room_name: str
    synced_bytes: Mapping[str, int]
    at: datetime


def open_room(sitting: Sitting, visit: Visit | None, at: datetime) -> MediaRoom:
    """A fresh room for the plenary or a turn, with everyone who belongs there admitted.

    The caller holds the sitting's lock and has closed the room before. The name is random and
    never used again.
    """
    part = RoomPart.PLENARY if visit is None else RoomPart.VISIT
    room = new_room(sitting, part, visit)
    for seat in queries.seats(sitting).exclude(session_key=""):
        if may_enter(seat, room):
            admit(seat, room, at)
    return room


def new_room(sitting: Sitting, part: RoomPart, visit: Visit | None) -> MediaRoom:
    """A room of that part with nobody on its roster."""
    earlier = MediaRoom.objects.filter(sitting=sitting, part=part, visit=visit).count()
    return MediaRoom.objects.create(
        sitting=sitting,
        part=part,
        visit=visit,
        generation=earlier + 1,
        name=secrets.token_hex(16),
        opened_at=clock.real_now(),
    )


def close_room(room: MediaRoom | None, at: datetime) -> None:
    """Nobody may be in the room any more; None does nothing."""
    if room is None:
        return
    for admission in room.admissions.filter(withdrawn_at__isnull=True).select_related("seat"):
        _strike(admission, at)
    room.closed_at = clock.real_now()
    room.save(update_fields=["closed_at"])
    end_lost_picture(locked(room.sitting), at)


def may_enter(seat: Seat, room: MediaRoom) -> bool:
    """Whether the seat belongs into the room and was not put out of it (or its turn) meanwhile."""
    return fits(seat, room) and not queries.was_removed(seat, room)


def fits(seat: Seat, room: MediaRoom) -> bool:
    """Whether the seat belongs into the room; who deliberates does not belong into the turn's."""
    if queries.is_away(seat) != (room.part == RoomPart.PRIVATE):
        return False
    return not queries.is_closed_to(seat, room) and queries.belongs(seat, room)


def admit(seat: Seat, room: MediaRoom, at: datetime) -> Admission:
    """Put the seat on the roster and tell its page; it has no token yet."""
    admission = Admission.objects.create(room=room, seat=seat, admitted_at=clock.real_now())
    append(
        room.sitting,
        "admitted",
        at=at,
        audience=seat.code,
        seat=seat.code,
        room=room.name,
        part=room.part,
        title=title_of(room),
    )
    return admission


def title_of(room: MediaRoom) -> str:
    """What the room is called for those inside."""
    number = room.visit.number if room.visit else None
    return rules.title(number, is_private=room.part == RoomPart.PRIVATE)


def withdraw(admission: Admission, at: datetime, reason: str = "") -> None:
    """Take the seat off the roster and tell its page; `reason` marks a removal by the chair.

    Nothing of it stays behind: no floor, no spotlight, no picture that it shared.
    """
    displace(admission, at, reason)
    step_down(admission.seat, at)


def displace(admission: Admission, at: datetime, reason: str = "") -> None:
    """`withdraw` one page of a seat for another one, which keeps the seat's floor."""
    _strike(admission, at, reason)
    end_lost_picture(locked(admission.room.sitting), at)


def _strike(admission: Admission, at: datetime, reason: str = "") -> None:
    admission.withdrawn_at = clock.real_now()
    admission.removal_reason = reason
    admission.save(update_fields=["withdrawn_at", "removal_reason"])
    code, room = admission.seat.code, admission.room
    append(room.sitting, "withdrawn", at=at, audience=code, seat=code, room=room.name)


@transaction.atomic
def confirm_recording(
    *, room: MediaRoom, proof: RecordingProof, at: datetime | None = None
) -> MediaRoom:
    """The recording of a room is proven; a turn starts with it. An act of the system.

    Doing it twice, or for a room closed meanwhile, changes nothing. Raises RuleRefusedError when
    the proof is of another room or bytes of a required seat are missing (law.md 6.7 no. 1).
    """
    at = at or clock.now()
    sitting = locked(room.sitting)
    room = MediaRoom.objects.select_related("visit").get(pk=room.pk)
    room.sitting = sitting
    if room.closed_at or room.verified_at:
        return room
    required = queries.required_seats(room)
    if proof.room_name != room.name or not rules.is_proven(proof.synced_bytes, required):
        raise RuleRefusedError("recording_unproven", "Chưa có đủ dữ liệu ghi hình trên đĩa.")
    room.verified_at = clock.real_now()
    room.save(update_fields=["verified_at"])
    append(sitting, "recording_verified", at=at, room=room.name, part=room.part)
    if room.visit and room.visit.started_at is None:
        start_turn(sitting, room.visit, at)
    audit.record(
        verb="confirm_recording",
        on=sitting,
        by=None,
        at=at,
        detail={"room": room.name, "bytes": {**proof.synced_bytes}},
    )
    return room


def start_turn(sitting: Sitting, visit: Visit, at: datetime) -> None:
    """The turn's clock starts."""
    visit.started_at = at
    visit.save(update_fields=["started_at", "unrecorded_reason"])
    append(sitting, "turn_started", at=at, visit=str(visit.pk), number=visit.number,
           started_at=at.isoformat())  # fmt: skip


@transaction.atomic
def reopen_room(*, room: MediaRoom, at: datetime | None = None) -> MediaRoom:
    """After the engine lost a room: a new generation of it, for the seats that were in it.

    A loss that nobody told is noted here, so that the list of gaps has its reason. Returns the
    room that is open now, when the given one was closed meanwhile.
    """
    at = at or clock.now()
    sitting = locked(room.sitting)
    current = MediaRoom.objects.select_related("visit").get(pk=room.pk)
    if current.closed_at:
        return queries.open_room(sitting) or room
    current.sitting = sitting
    if not queries.is_end_told(current):
        append(sitting, "engine_ended", at=at, room=current.name, ended=at.isoformat())
    close_room(current, at)
    fresh = _next_generation(current, at)
    audit.record(
        verb="reopen_room",
        on=sitting,
        by=None,
        at=at,
        detail={"lost": current.name, "room": fresh.name, "generation": fresh.generation},
    )
    return fresh


def _next_generation(lost: MediaRoom, at: datetime) -> MediaRoom:
    found = queries.deliberation(lost.sitting)
    if lost.part != RoomPart.PRIVATE or found is None:
        return open_room(lost.sitting, lost.visit, at)
    fresh = new_room(lost.sitting, RoomPart.PRIVATE, lost.visit)
    for seat in queries.seats(lost.sitting).exclude(session_key=""):
        if may_enter(seat, fresh):
            admit(seat, fresh, at)
    found.room = fresh
    found.save(update_fields=["room"])
    return fresh


@transaction.atomic
def record_presence(
    *,
    room_name: str,
    identity: str,
    joined: bool,
    reason: str = "",
    engine_at: datetime | None = None,
    at: datetime | None = None,
) -> Admission | None:
    """The engine says that a seat is in a room, or no more; what is known already changes nothing.

    `reason`: why it left (`video.port.Leaving`); `engine_at`: when, by the engine's own clock.
    None when nobody of that identity is on the roster.
    """
    at = at or clock.now()
    room = MediaRoom.objects.select_related("sitting").filter(name=room_name).first()
    if room is None:
        return None
    sitting = locked(room.sitting)
    admission = (
        room.admissions.filter(seat__code=identity, withdrawn_at__isnull=True)
        .select_related("seat", "room")
        .first()
    )
    if admission is None or admission.is_inside == joined:
        return admission
    if joined:
        admission.joined_at, admission.left_at = clock.real_now(), None
    else:
        admission.left_at = clock.real_now()
    admission.save(update_fields=["joined_at", "left_at"])
    told = {"reason": reason} if reason else {}
    if engine_at:
        told["engine_at"] = engine_at.isoformat()
    kind = "joined" if joined else "left"
    append(sitting, kind, at=at, audience=identity, seat=identity, **told)
    return admission


@transaction.atomic
def raise_alarm(*, room: MediaRoom, kind: str, detail: str, at: datetime | None = None) -> None:
    """Tell the room of a fault (sự cố); `kind` is short and stable, `detail` is for people.

    It becomes a task of the operator. A fault that goes on already is not told again;
    `end_alarm` ends it.
    """
    at = at or clock.now()
    sitting = locked(room.sitting)
    if any(alarm.what == kind for alarm in queries.alarms(sitting)):
        return
    append(sitting, "alarm", at=at, what=kind, words=detail, room=room.name)
    open_task(sitting, cause=f"alarm:{kind}", words=detail[:250], at=at)
    audit.record(verb="raise_alarm", on=sitting, by=None, at=at,
                 detail={"what": kind, "words": detail, "room": room.name})  # fmt: skip


@transaction.atomic
def end_alarm(*, room: MediaRoom, kind: str, at: datetime | None = None) -> None:
    """The fault is over; nothing happens when it was not told."""
    at = at or clock.now()
    sitting = locked(room.sitting)
    if any(alarm.what == kind for alarm in queries.alarms(sitting)):
        append(sitting, "alarm_over", at=at, what=kind, room=room.name)
        end_cause(sitting, cause=f"alarm:{kind}", at=at)


def mark_provisioned(room: MediaRoom) -> None:
    """The engine has the room."""
    MediaRoom.objects.filter(pk=room.pk).update(provisioned_at=clock.real_now())


def note_token(admission: Admission) -> None:
    """A token of this admission is being handed out; the token itself is kept nowhere."""
    Admission.objects.filter(pk=admission.pk).update(token_issued_at=clock.real_now())
