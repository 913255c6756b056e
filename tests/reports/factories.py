"""Receptions that were held, as rows: many at once, also such as no action would make."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import uuid4

from tests import cast as c
from tiepdan.common.clock import VIETNAM
from tiepdan.matters.models import Consent, Filing, Matter, Petitioner
from tiepdan.matters.states import Channel
from tiepdan.org.models import Agency, VideoSite
from tiepdan.scheduling.models import Appointment, CarryOver, Reception, SiteBooking
from tiepdan.scheduling.states import ReceptionKind, ReceptionState, SiteRole
from tiepdan.sittings.models import MediaRoom, Sitting, SittingEvent, Visit
from tiepdan.sittings.states import RoomPart, SittingState, VisitState


def noon(day: date) -> datetime:
    """Two in the afternoon of that day in Vietnam."""
    return datetime.combine(day, time(14), VIETNAM)


@dataclass
class Held:
    """A sitting being put together; turns are numbered as they come."""

    cast: c.People
    sitting: Sitting
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def reception(self) -> Reception:
        """Its plan."""
        return self.sitting.reception

    def turn(
        self,
        *,
        persons: int = 1,
        matter: Matter | None = None,
        at: VideoSite | None = None,
        state: VisitState = VisitState.HEARD,
        filing: Filing | None = None,
    ) -> Visit:
        """A turn at that site; at the hub when none is given."""
        number = next(self.numbers)
        start = self.reception.starts_at + timedelta(minutes=number)
        return Visit.objects.create(
            sitting=self.sitting,
            appointment=self._appointment(
                filing or a_filing(self.cast, persons=persons, matter=matter), at, number
            ),
            number=number,
            state=state,
            called_at=start,
            started_at=start,
            ended_at=start,
        )

    def carried_over(self, at: VideoSite | None = None) -> CarryOver:
        """A citizen who was not heard."""
        appointment = self._appointment(a_filing(self.cast), at, next(self.numbers))
        return CarryOver.objects.create(
            appointment=appointment, reason="Hết giờ", at=self.reception.ends_at, by=self.cast.chair
        )

    def alarm(self, visit: Visit | None = None) -> None:
        """A fault in a turn, or in the plenary."""
        room = MediaRoom.objects.create(
            sitting=self.sitting,
            part=RoomPart.VISIT if visit else RoomPart.PLENARY,
            visit=visit,
            name=uuid4().hex,
            opened_at=self.reception.starts_at,
            closed_at=self.reception.ends_at,
        )
        self.sitting.last_sequence += 1
        self.sitting.save()
        SittingEvent.objects.create(
            sitting=self.sitting,
            sequence=self.sitting.last_sequence,
            kind="alarm",
            at=self.reception.starts_at,
            recorded_at=self.reception.starts_at,
            data={"what": "line", "words": "Mất kết nối", "room": room.name},
        )

    def _appointment(self, filing: Filing, at: VideoSite | None, number: int) -> Appointment:
        site = at or self.cast.hub
        booking, _ = SiteBooking.objects.get_or_create(
            reception=self.reception,
            site=site,
            defaults={"role": SiteRole.BRANCH if at else SiteRole.HUB, "position": number},
        )
        return Appointment.objects.create(
            reception=self.reception, filing=filing, booking=booking, order=number
        )


def held(
    cast: c.People,
    day: date,
    *,
    kind: ReceptionKind = ReceptionKind.PERIODIC,
    state: SittingState = SittingState.CLOSED,
    agency: Agency | None = None,
) -> Held:
    """A reception of that day with its sitting."""
    reception = Reception.objects.create(
        kind=kind,
        state=ReceptionState.PUBLISHED,
        agency=agency or cast.province,
        chair=cast.chair,
        secretary=cast.secretary,
        starts_at=noon(day),
        ends_at=noon(day) + timedelta(hours=3),
        planned_by=cast.officer,
    )
    return Held(cast, Sitting.objects.create(reception=reception, state=state, provider="stub"))


def a_matter(title: str = "Đất đai") -> Matter:
    """An affair."""
    return Matter.objects.create(code=f"VV-{uuid4().hex[:12]}", title=title)


def a_filing(
    cast: c.People,
    *,
    persons: int = 1,
    matter: Matter | None = None,
    on: date = date(2026, 12, 1),
    commune: Agency | None = None,
    consents: tuple[bool, ...] = (),
    id_number: str = "",
) -> Filing:
    """A request as a row; without `matter` it has none, `consents` in time order."""
    person = Petitioner.objects.create(
        full_name="Nông Thị Cúc",
        address="thôn Nà Hoa",
        commune=(commune or cast.commune_a).unit,
        id_number=id_number,
    )
    filing = Filing.objects.create(
        tracking_code=uuid4().hex[:16],
        check_digest="0" * 64,
        channel=Channel.IN_PERSON,
        petitioner=person,
        headcount=persons,
        subject="Đất đai",
        content="Đất đai",
        received_at=noon(on),
        received_by=cast.officer,
        received_at_agency=cast.board,
        matter=matter,
    )
    for minute, given in enumerate(consents):
        Consent.objects.create(
            filing=filing,
            given=given,
            at=noon(on) + timedelta(minutes=minute),
            recorded_by=cast.officer,
        )
    return filing
