"""What the pages, the custodian and later stages read of a sitting."""

from tiepdan.sittings.queries.alarms import (
    ENGINE_DOWN,
    Alarm,
    alarms,
)
from tiepdan.sittings.queries.controls import (
    PrivateText,
    hands,
    may_send,
    private_texts,
)
from tiepdan.sittings.queries.course import (
    NextStep,
    held_visits,
    hub_not_connected,
    next_appointment,
    next_step,
    queue,
    running_visit,
    visits,
    why_not_callable,
)
from tiepdan.sittings.queries.device_check import (
    check_in,
    check_sign,
    last_check,
    last_checks,
    machines,
    open_checks,
)
from tiepdan.sittings.queries.display import Display, display
from tiepdan.sittings.queries.interruptions import (
    Interruption,
    interruptions,
)
from tiepdan.sittings.queries.operation import (
    Figures,
    SiteMessage,
    done_tasks,
    figures,
    help_task,
    message_for,
    open_tasks,
)
from tiepdan.sittings.queries.rooms import (
    JUST_CLOSED,
    admission_for,
    events_after,
    open_room,
    place_name,
    recorded_rooms,
    required_seats,
    roster,
    seat_of,
    seats,
)
from tiepdan.sittings.queries.sign_language import (
    interprets,
    may_sign,
    sign_language_usable,
    sign_seats,
    sign_seats_during,
)
from tiepdan.sittings.queries.signs import (
    Sign,
    recording_sign,
    seat_sign,
)

__all__ = [
    "ENGINE_DOWN",
    "JUST_CLOSED",
    "Alarm",
    "Display",
    "Figures",
    "Interruption",
    "NextStep",
    "PrivateText",
    "Sign",
    "SiteMessage",
    "admission_for",
    "alarms",
    "check_in",
    "check_sign",
    "display",
    "done_tasks",
    "events_after",
    "figures",
    "hands",
    "held_visits",
    "help_task",
    "hub_not_connected",
    "interprets",
    "interruptions",
    "last_check",
    "last_checks",
    "machines",
    "may_send",
    "may_sign",
    "message_for",
    "next_appointment",
    "next_step",
    "open_checks",
    "open_room",
    "open_tasks",
    "place_name",
    "private_texts",
    "queue",
    "recorded_rooms",
    "recording_sign",
    "required_seats",
    "roster",
    "running_visit",
    "seat_of",
    "seat_sign",
    "seats",
    "sign_language_usable",
    "sign_seats",
    "sign_seats_during",
    "visits",
    "why_not_callable",
]
