"""Making the media engine agree with the database, which is the truth.

Called after each act, by each report of the engine, and every second by the custodian; doing it
twice, or from several processes at once, does no harm. Never inside a transaction: the engine is
asked over the network.
"""

import logging
import threading
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import queries, rules
from tiepdan.sittings.actions import interludes, recovery
from tiepdan.sittings.actions import rooms as acts
from tiepdan.sittings.models import Admission, MediaRoom, Seat, Sitting
from tiepdan.sittings.states import RoomPart
from tiepdan.video.port import Event, Participant, Provider, ProviderUnavailableError, Source
from tiepdan.video.providers import provider

log = logging.getLogger(__name__)

MISSES = 2
"""Looks in a row without an answer after which the room is told."""

_missed: dict[str, int] = {}
_wanted: dict[UUID, bool] = {}
"""Sittings being looked at after reports: True when another report has come since."""
_lock = threading.Lock()
_making = threading.Lock()
_PATIENCE = 1.0  # seconds to wait for whoever makes a room; who gets none asks again


def apply(sitting: Sitting) -> bool:
    """Bring the engine in line for one sitting, now; whether the engine could be reached."""
    wanted = MediaRoom.objects.filter(sitting=sitting, closed_at__isnull=True)
    return _agree(sitting.provider, [room.pk for room in wanted])


def apply_soon(sitting: Sitting) -> None:
    """`apply`, but reports that come while one is at work share the next one.

    An engine reports each joining and leaving, and a turn's change brings a dozen at once.
    """
    with _lock:
        is_at_work = sitting.pk in _wanted
        _wanted[sitting.pk] = True
    if is_at_work:
        return
    try:
        while _take(sitting.pk):
            apply(sitting)
    except BaseException:
        with _lock:  # still ours: `_take` forgets the sitting only when it ends the loop
            _wanted.pop(sitting.pk, None)
        raise


def left(room: MediaRoom, told: Event) -> None:
    """Somebody is said to have left: when the engine agrees, note it with reason and time."""
    looked_at = clock.real_now()
    try:
        inside = provider(room.sitting.provider).participants(room.name)
    except ProviderUnavailableError as error:
        log.warning("whether %s has left cannot be asked: %s", told.identity, error)
        return
    admission = room.admissions.filter(seat__code=told.identity, withdrawn_at__isnull=True).first()
    if admission and all(person.identity != told.identity for person in inside):
        _presence(room, admission, None, looked_at=looked_at, told=told)


def _take(key: UUID) -> bool:
    """Whether there is something new to look at; forgets the sitting when there is not."""
    with _lock:
        if _wanted[key]:
            _wanted[key] = False
            return True
        del _wanted[key]
        return False


def reconcile_all() -> bool:
    """Bring every engine in line for all sittings; tell the rooms of an engine that is gone.

    Whether every engine answered.
    """
    rooms = MediaRoom.objects.filter(closed_at__isnull=True).select_related("sitting")
    # The usual engine is looked at even when no room is wanted: it may still have an old one.
    by_provider: dict[str, list[MediaRoom]] = {settings.VIDEO_PROVIDER: []}
    for room in rooms:
        by_provider.setdefault(room.sitting.provider, []).append(room)
    for name in by_provider.keys() | _missed.keys():
        wanted = by_provider.get(name, [])
        if _agree(name, [room.pk for room in wanted]):
            if _missed.get(name) != 0:
                _tell_back(wanted)
            _missed[name] = 0
        else:
            _missed[name] = _missed.get(name, 0) + 1
            if _missed[name] == MISSES:
                _tell_down(wanted)
    return not any(_missed.values())


def engine_ended(ended: datetime) -> None:
    """The process of our engine ended at that moment: its rooms are told before it is back.

    Of several engines the others answer: the rooms they still have go on.
    """
    name = settings.VIDEO_PROVIDER
    _missed[name] = max(_missed.get(name, 0), MISSES)
    try:
        there = provider(name).rooms()
    except ProviderUnavailableError:
        there = frozenset()
    rooms = MediaRoom.objects.filter(closed_at__isnull=True, sitting__provider=name)
    for room in rooms.exclude(name__in=there).select_related("sitting"):
        recovery.note_engine_end(room=room, ended=ended)


def provisioned(room: MediaRoom) -> bool:
    """Whether the engine has the room; makes it if it should be there and is not yet.

    Everybody who was called asks this at the same moment: the first one makes it, the others wait.
    It is never made by itself alone: the room before it must end first, which `apply` sees to.
    """
    if room.provisioned_at is None and _making.acquire(timeout=_PATIENCE):
        try:
            room.refresh_from_db()
            if room.provisioned_at is None and room.closed_at is None:
                apply(room.sitting)
                room.refresh_from_db()
        finally:
            _making.release()
    return room.provisioned_at is not None and room.closed_at is None


def _agree(name: str, keys: list[UUID]) -> bool:
    with transaction.atomic(durable=True):
        pass  # raises RuntimeError inside a transaction, where the engine must not be asked
    engine = provider(name)
    looked_at = clock.real_now()
    try:
        # The engine's list first, ours second: what we ended in between is then ended there.
        there = engine.rooms()
        ours = MediaRoom.objects.filter(closed_at__isnull=True, sitting__provider=name)
        known = set(ours.values_list("name", flat=True)) | queries.open_checks()
        for stranger in there - known:
            _close(engine, stranger)
        for room in ours.filter(pk__in=keys).select_related("sitting"):
            _room(engine, room, is_there=room.name in there, looked_at=looked_at)
    except ProviderUnavailableError as error:
        log.warning("%s cannot be reached: %s", name, error)
        return False
    return True


def _close(engine: Provider, stranger: str) -> None:
    """End a room that is not ours; one that cannot be ended must not hold up the others."""
    try:
        engine.close(stranger)
    except ProviderUnavailableError as error:
        log.warning("room %s is not wanted and cannot be ended: %s", stranger, error)


def _room(engine: Provider, room: MediaRoom, *, is_there: bool, looked_at: datetime) -> None:
    if is_there:
        if room.provisioned_at is None:
            acts.mark_provisioned(room)
        _people(engine, room, looked_at)
    elif room.provisioned_at is None:
        engine.provision(room.name)
        acts.mark_provisioned(room)
    elif room.provisioned_at < looked_at:
        # It was there and is gone: the engine has lost it. A name is never used again.
        fresh = acts.reopen_room(room=room)
        if fresh.closed_at is None and fresh.provisioned_at is None:
            engine.provision(fresh.name)
            acts.mark_provisioned(fresh)


def _people(engine: Provider, room: MediaRoom, looked_at: datetime) -> None:
    inside = {one.identity: one for one in engine.participants(room.name)}
    seen = set(inside)
    roster = {
        admission.seat.code: admission
        for admission in room.admissions.filter(withdrawn_at__isnull=True).select_related(
            "seat__holder", "seat__booking__site__agency"
        )
    }
    for identity, person in list(inside.items()):
        if not person.is_recorder and _is_intruder(person, roster.get(identity)):
            log.warning("%s is not on the roster of %s: removed", identity, room.name)
            engine.remove(room.name, identity)
            del inside[identity]
    sharing = queries.sharing_seat(room.sitting) if room.part == RoomPart.VISIT else None
    for code, admission in roster.items():
        if code in inside:
            wanted = queries.sendable(admission.seat, room.sitting, sharing)
            _rights(engine, room, inside[code], wanted)
        _presence(room, admission, inside.get(code), looked_at=looked_at)
    interludes.note_private(room=room, inside=seen)


def _rights(
    engine: Provider, room: MediaRoom, person: Participant, may_send: frozenset[Source]
) -> None:
    """An older token brings older grants back: what somebody may send is compared, not told."""
    if person.may_send != may_send:
        engine.permit(room.name, person.identity, may_send)


def mute(seat: Seat) -> None:
    """Silence a seat's microphone in the open room now; nothing when it is in none.

    Raises RuleRefusedError when the engine cannot be reached: then nobody has been silenced.
    """
    room = queries.open_room(seat.sitting)
    if room is None:
        return
    try:
        provider(seat.sitting.provider).mute(room.name, seat.code)
    except ProviderUnavailableError as error:
        raise RuleRefusedError(
            "engine_away", "Máy chủ hình và tiếng không trả lời: micro chưa được tắt."
        ) from error


def _is_intruder(person: Participant, admission: Admission | None) -> bool:
    holder = admission.seat.holder if admission else None
    if admission is None or (holder and not holder.is_active):
        return True
    issued = admission.token_issued_at
    return rules.entered_before(None if issued is None else person.joined_at - issued)


def _presence(
    room: MediaRoom,
    admission: Admission,
    person: Participant | None,
    *,
    looked_at: datetime,
    told: Event | None = None,
) -> None:
    """Note that the seat came or went; `person` is whom the engine shows, `told` its report."""
    if (person is not None) == admission.is_inside:
        return
    if person is None and admission.joined_at and admission.joined_at >= looked_at:
        return  # they came after we looked
    gone_at = told.at if told else None
    acts.record_presence(
        room_name=room.name,
        identity=admission.seat.code,
        joined=person is not None,
        reason=told.reason if told else "",
        engine_at=person.joined_at if person else gone_at,
    )


def _tell_down(rooms: list[MediaRoom]) -> None:
    for room in rooms:
        acts.raise_alarm(
            room=room,
            kind=queries.ENGINE_DOWN,
            detail="Máy chủ hình và tiếng không trả lời; phòng sẽ tự nối lại khi máy chủ trở lại.",
        )


def _tell_back(rooms: list[MediaRoom]) -> None:
    for room in rooms:
        current = queries.open_room(room.sitting)
        if current:
            acts.end_alarm(room=current, kind=queries.ENGINE_DOWN)
