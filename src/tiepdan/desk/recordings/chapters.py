"""What stands beside a playing recording: chapters, minutes and gaps, in seconds from its start.

Rooms and recordings run on the machine's time, minutes on the product's: a rehearsal shifts them,
so minutes are placed by when they were stored.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiepdan.common import clock
from tiepdan.recordings.models import Recording
from tiepdan.sittings import queries
from tiepdan.sittings.models import MinutesEntry, SittingEvent

CHAPTERS = {
    "opened": gettext_noop("Khai mạc"),
    "called": gettext_noop("Gọi công dân"),
    "turn_started": gettext_noop("Bắt đầu lượt tiếp"),
    "conclusion": gettext_noop("Kết luận"),
    "turn_ended": gettext_noop("Kết thúc lượt tiếp"),
    "paused": gettext_noop("Tạm dừng"),
    "resumed": gettext_noop("Tiếp tục"),
    "plenary": gettext_noop("Phiên chung"),
    "closed": gettext_noop("Bế mạc"),
    "mark": gettext_noop("Dấu của thư ký"),
}
Moment = dict[str, float | str]


def chapters_of(recording: Recording) -> list[Moment]:
    """Events of the sitting while this room was recorded."""
    events = SittingEvent.objects.filter(
        sitting=recording.room.sitting_id,
        kind__in=CHAPTERS,
        recorded_at__gte=recording.started_at,
        recorded_at__lte=_end(recording),
    ).select_related("mark")
    return [
        {"at": _seconds(recording, event.recorded_at), "title": _title(event)}
        for event in events.order_by("sequence")
    ]


def _title(event: SittingEvent) -> str:
    words = event.mark.words if event.kind == "mark" else ""
    return f"{_(CHAPTERS[event.kind])}: {words}" if words else _(CHAPTERS[event.kind])


def minutes_of(recording: Recording) -> list[Moment]:
    """Lines of the minutes written while this room was recorded."""
    shift = clock.offset()
    entries = MinutesEntry.objects.filter(
        sitting=recording.room.sitting_id,
        visit=recording.room.visit_id,
        at__gte=recording.started_at + shift,
        at__lte=_end(recording) + shift,
    )
    return [
        {
            "at": _seconds(recording, entry.at - shift),
            "text": f"{entry.speaker}: {entry.text}" if entry.speaker else entry.text,
        }
        for entry in entries
    ]


def gaps_of(recording: Recording) -> list[Moment]:
    """What was missing while this room was recorded and why: alarms, pauses, sites away."""
    found = [*_alarms(recording), *_interruptions(recording)]
    return sorted(found, key=lambda moment: float(moment["from"]))


def _interruptions(recording: Recording) -> list[Moment]:
    room = recording.room
    names = {seat.code: seat.name for seat in queries.seats(room.sitting)}
    return [
        {
            "from": _seconds(recording, one.began),
            "to": _seconds(recording, min(one.ended or _end(recording), _end(recording))),
            "reason": f"{names[one.seat]}: {one.words}" if one.seat else one.words,
        }
        for one in queries.interruptions(room)
    ]


def _alarms(recording: Recording) -> list[Moment]:
    found: list[Moment] = []
    alarm: SittingEvent | None = None
    for event in SittingEvent.objects.filter(
        sitting=recording.room.sitting_id,
        kind__in=["alarm", "alarm_over"],
        recorded_at__gte=recording.started_at,
        recorded_at__lte=_end(recording),
    ).order_by("sequence"):
        if event.kind == "alarm":
            alarm = alarm or event
        elif alarm:
            found.append(_gap(recording, alarm, event.recorded_at))
            alarm = None
    return [*found, _gap(recording, alarm, _end(recording))] if alarm else found


def _gap(recording: Recording, alarm: SittingEvent, until: datetime) -> Moment:
    return {
        "from": _seconds(recording, alarm.recorded_at),
        "to": _seconds(recording, until),
        "reason": _(str(alarm.data.get("words", gettext_noop("Gián đoạn ghi hình")))),
    }


def _seconds(recording: Recording, at: datetime) -> float:
    return max(0.0, round((at - recording.started_at).total_seconds(), 1))


def _end(recording: Recording) -> datetime:
    return recording.ended_at or clock.real_now()
