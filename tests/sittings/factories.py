"""A sitting in the situations that tests need, made by the product's own actions."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests import cast as everyone
from tests.cast import AFTERNOON, MORNING, People
from tiepdan.accounts.models import User
from tiepdan.common import clock
from tiepdan.scheduling.actions import place_appointments, plan_reception
from tiepdan.scheduling.models import Appointment
from tiepdan.sittings import actions, queries, rules
from tiepdan.sittings.models import MediaRoom, Seat, Sitting, Visit

PLENTY = 10**15


@dataclass
class Afternoon:
    """The people, their sitting, and short ways to act in it."""

    cast: People
    sitting: Sitting

    def seat(self, code: str) -> Seat:
        return self.sitting.seats.get(code=code)

    def take(self, code: str, session: str = "") -> Seat:
        who = {"hub": self.cast.secretary, "huu-lung": self.cast.clerk_a}
        by = who.get(code, self.cast.clerk_b if code == "bac-son" else self.cast.operator)
        return actions.take_seat(
            seat=self.seat(code), session_key=session or f"session-{code}", by=by, at=AFTERNOON
        )

    def take_all(self) -> None:
        for code in ("hub", "huu-lung", "bac-son"):
            self.take(code)

    def appointment(self, order: int) -> Appointment:
        return self.sitting.reception.appointments.get(order=order)

    def check(self, order: int) -> None:
        appointment = self.appointment(order)
        who = {"huu-lung": self.cast.clerk_a, "bac-son": self.cast.clerk_b}
        actions.check_identity(
            sitting=self.sitting,
            appointment=appointment,
            papers="Căn cước công dân",
            recording_explained=True,
            by=who.get(appointment.booking.site.code, self.cast.secretary),
            at=AFTERNOON,
        )

    def open(self) -> Sitting:
        return actions.open_sitting(
            sitting=self.sitting, by=self.cast.chair, at=AFTERNOON, free_bytes=PLENTY
        )

    def call(self, order: int | None = None) -> Visit:
        appointment = None if order is None else self.appointment(order)
        return actions.call_next(
            sitting=self.sitting,
            appointment=appointment,
            reason="Điểm cầu này phải nhường phòng",
            by=self.cast.chair,
            at=AFTERNOON,
        )

    def prove(self, room: MediaRoom | None = None) -> MediaRoom:
        room = room or self.room()
        proof = actions.RecordingProof(
            room.name, dict.fromkeys(queries.required_seats(room), 10_000), room.opened_at
        )
        return actions.confirm_recording(room=room, proof=proof, at=AFTERNOON)

    def room(self) -> MediaRoom:
        room = queries.open_room(self.sitting)
        assert room
        return room

    def started(self, order: int = 1) -> Visit:
        """A turn whose recording is proven."""
        visit = self.call(order)
        self.prove()
        visit.refresh_from_db()
        return visit

    def add(self, user: User, role: str, *orders: int, session: str = "") -> Seat:
        """Somebody with a role, at a seat of their own that they have opened, named for cases."""
        part = actions.add_participant(
            sitting=self.sitting, user=user, role=role, by=self.cast.secretary, at=AFTERNOON
        )
        for order in orders:
            actions.name_for_case(
                seat=part.seat, appointment=self.appointment(order), by=self.cast.chair,
                at=AFTERNOON,
            )  # fmt: skip
        key = session or f"session-{part.seat.code}"
        return actions.take_seat(seat=part.seat, session_key=key, by=user, at=AFTERNOON)

    def close(self, by: User | None = None) -> Sitting:
        """Closed for good: the time for undoing it is over."""
        closing = actions.close_sitting(
            sitting=self.sitting, by=by or self.cast.chair, at=AFTERNOON
        )
        return self.let_pass(closing)

    def let_pass(self, closing: Sitting) -> Sitting:
        """The time for undoing a closing passes."""
        early = clock.real_now() - rules.UNDO_CLOSE
        closing.events.filter(kind="closing").update(recorded_at=early)
        return actions.finish_closing(sitting=closing, at=AFTERNOON)

    def kinds(self) -> list[str]:
        return list(self.sitting.events.values_list("kind", flat=True))

    def roster(self) -> set[str]:
        admitted = self.room().admissions.filter(withdrawn_at__isnull=True)
        return set(admitted.values_list("seat__code", flat=True))


def waiting(cast: People) -> Afternoon:
    """Three citizens placed: 1 at Hữu Lũng, 2 at Bắc Sơn, 3 at Hữu Lũng; nobody connected."""
    for number, agency in enumerate([cast.commune_a, cast.commune_b, cast.commune_a]):
        everyone.approved_filing(
            cast, number, agency=agency, at=MORNING + timedelta(minutes=number)
        )
    reception = plan_reception(
        month=date(2026, 12, 1),
        agency=cast.province,
        chair=cast.chair,
        secretary=cast.secretary,
        hub=cast.hub,
        branches=[cast.site_a, cast.site_b],
        by=cast.officer,
        at=MORNING,
    )
    place_appointments(reception=reception, by=cast.officer, at=MORNING)
    sitting = actions.prepare_sitting(reception=reception, by=cast.secretary, at=AFTERNOON)
    return Afternoon(cast, sitting)


def opened(cast: People) -> Afternoon:
    """Everyone connected, papers checked, the sitting opened."""
    afternoon = waiting(cast)
    afternoon.take_all()
    for order in (1, 2, 3):
        afternoon.check(order)
    afternoon.open()
    return afternoon
