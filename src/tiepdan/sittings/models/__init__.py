"""The live sitting: seats, turns, media rooms, events, minutes, conclusions."""

from tiepdan.sittings.models.device_check import DeviceCheck
from tiepdan.sittings.models.interludes import Interlude
from tiepdan.sittings.models.marks import MarkedMoment
from tiepdan.sittings.models.minutes import (
    Conclusion,
    ConclusionItem,
    MinutesEntry,
)
from tiepdan.sittings.models.operation import (
    OperatorTask,
    SeatReport,
)
from tiepdan.sittings.models.papers import ShownPaper
from tiepdan.sittings.models.participants import (
    CaseAttendance,
    Participant,
    TurnInvite,
)
from tiepdan.sittings.models.rooms import (
    Admission,
    MediaRoom,
)
from tiepdan.sittings.models.sign_language import SignInterpreter
from tiepdan.sittings.models.sitting import (
    OFFICER,
    Seat,
    Sitting,
    SittingEvent,
)
from tiepdan.sittings.models.turns import (
    IdentityCheck,
    Passing,
    Visit,
)

__all__ = [
    "OFFICER",
    "Admission",
    "CaseAttendance",
    "Conclusion",
    "ConclusionItem",
    "DeviceCheck",
    "IdentityCheck",
    "Interlude",
    "MarkedMoment",
    "MediaRoom",
    "MinutesEntry",
    "OperatorTask",
    "Participant",
    "Passing",
    "Seat",
    "SeatReport",
    "ShownPaper",
    "SignInterpreter",
    "Sitting",
    "SittingEvent",
    "TurnInvite",
    "Visit",
]
