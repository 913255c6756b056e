"""Seats, media rooms, rosters, events."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiepdan.common import clock
from tiepdan.org.models import VideoSite
from tiepdan.scheduling.models import SiteBooking
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings.models import Admission, MediaRoom, Participant, Seat, Sitting, SittingEvent
from tiepdan.sittings.states import RoomPart

JUST_CLOSED = timedelta(minutes=1)


def open_room(sitting: Sitting) -> MediaRoom | None:
    """The one room that is wanted now; a private one beside it does not count."""
    return (
        MediaRoom.objects.filter(sitting=sitting, closed_at__isnull=True)
        .exclude(part=RoomPart.PRIVATE)
        .select_related("visit__appointment__booking")
        .first()
    )


def seats(sitting: Sitting) -> QuerySet[Seat]:
    """Every site's seat, hub first, then those of the people added, while they take part."""
    there = Participant.objects.filter(seat=OuterRef("pk"), ended_at__isnull=True)
    rows = sitting.seats.filter(Q(booking__isnull=False) | Exists(there))
    return rows.select_related("booking__site__agency__unit", "holder")


def seat_of(sitting: Sitting, booking: SiteBooking) -> Seat | None:
    """The seat of a booked site."""
    return sitting.seats.filter(booking=booking).first()


def admission_for(seat: Seat, room: MediaRoom) -> Admission | None:
    """The seat's place on the room's roster, unless withdrawn."""
    return room.admissions.filter(seat=seat, withdrawn_at__isnull=True).first()


def was_removed(seat: Seat, room: MediaRoom) -> bool:
    """Whether the seat was put out of the room, in a turn of any room of it, and not let in since.

    A new room after the engine stopped, a deliberation, a hold: none of them lets it back in.
    """
    rows = seat.admissions.filter(room=room)
    if room.visit_id:
        rows = seat.admissions.filter(room__visit=room.visit_id)
    last = rows.order_by("-admitted_at").first()
    return last is not None and last.removal_reason != ""


def events_after(
    sitting_id: UUID, sequence: int, audiences: Collection[str] | None = None
) -> QuerySet[SittingEvent]:
    """The rows after `sequence` that these audiences may know; None may know everything."""
    rows = SittingEvent.objects.filter(sitting_id=sitting_id, sequence__gt=sequence)
    return rows if audiences is None else rows.filter(audience__in=audiences)


def recorded_rooms() -> QuerySet[MediaRoom]:
    """Rooms that a recorder must or did just record: open, or closed within the last minute."""
    recently = Q(closed_at__isnull=True) | Q(closed_at__gte=clock.real_now() - JUST_CLOSED)
    rooms = MediaRoom.objects.exclude(part=RoomPart.PRIVATE)
    return rooms.filter(recently).select_related("sitting", "visit")


def required_seats(room: MediaRoom) -> set[str]:
    """Seats whose bytes prove the recording: the hub's, in a turn the citizen's site's too.

    Whether they are on the roster now does not matter: a turn whose site has left is not proven.
    """
    needed = Q(booking__role=SiteRole.HUB)
    if room.visit:
        needed |= Q(booking_id=room.visit.appointment.booking_id)
    seats_needed = Seat.objects.filter(needed, sitting_id=room.sitting_id)
    return set(seats_needed.values_list("code", flat=True))


def seats_to_record(room: MediaRoom) -> frozenset[str]:
    """Those of the required seats that are in the room now."""
    inside = room.admissions.filter(
        joined_at__isnull=False, left_at__isnull=True, withdrawn_at__isnull=True
    )
    return frozenset(inside.values_list("seat__code", flat=True)) & required_seats(room)


def place_name(site: VideoSite) -> str:
    """How people say where a site is: «xã Hữu Lũng»; the hub by its own name."""
    return site.agency.unit.full_name if site.agency.unit else site.name


def place_of(seat: Seat) -> str:
    """How people say where a seat is: «xã Hữu Lũng», or what the person there is."""
    return place_name(seat.site) if seat.site else seat.label


def roster(room: MediaRoom | None) -> dict[UUID, Admission]:
    """Who may be in the room now, by the seat's key; nobody when there is no room."""
    if room is None:
        return {}
    return {row.seat_id: row for row in room.admissions.filter(withdrawn_at__isnull=True)}
