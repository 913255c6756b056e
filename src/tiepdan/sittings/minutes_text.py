"""The text of the minutes (biên bản tiếp công dân), put together from what was recorded."""

from datetime import datetime

from django.utils.formats import date_format

from tiepdan.accounts.queries import signature_of
from tiepdan.common import clock
from tiepdan.documents.contexts import (
    ConclusionLine,
    MinutesContext,
    MinutesSigner,
    MinutesVisit,
    Opinion,
    Participant,
    SiteRow,
    UnheardCitizen,
)
from tiepdan.matters.letters import person_with_speakers
from tiepdan.matters.models import Filing
from tiepdan.org.queries import letterhead
from tiepdan.scheduling.models import CarryOver, Reception
from tiepdan.scheduling.papers import place
from tiepdan.sittings import queries
from tiepdan.sittings.models import ShownPaper, Sitting, SittingEvent, Visit
from tiepdan.sittings.states import EntryKind, VisitState

MOST_PAGES_TOLD = 30
"""Pages the minutes name with their times; a paper turned to and fro has them in the log."""

_SIGN = "(Ký, ghi rõ họ tên)"


def context(sitting: Sitting) -> MinutesContext:
    """Everything the minutes say; the sitting is closed."""
    reception = sitting.reception
    visits = list(queries.visits(sitting).prefetch_related("entries", "conclusion__items__agency"))
    return {
        "letterhead": letterhead(reception.agency),
        "signature": signature_of(reception.chair),
        "recipients": [str(reception.agency), "Công dân được tiếp"],
        "archive": "VT, BTCD",
        "place": place(reception),
        "mode": reception.get_mode_display().lower(),
        "opened_at": (sitting.opened_at or reception.starts_at).isoformat(),
        "closed_at": (sitting.closed_at or reception.ends_at).isoformat(),
        "sites": _sites(reception),
        "participants": _participants(sitting),
        "visits": [_visit(visit) for visit in visits if visit.state == VisitState.HEARD],
        "unheard": _unheard(reception, visits),
        "events": [_incident(row) for row in sitting.events.filter(kind__in=_INCIDENTS)],
        "copies": 2,
        "signers": _signers(reception),
    }


def _sites(reception: Reception) -> list[SiteRow]:
    return [
        {
            "name": booking.site.name,
            "address": booking.site.address,
            "role": booking.get_role_display(),
        }
        for booking in reception.bookings.select_related("site")
    ]


def _participants(sitting: Sitting) -> list[Participant]:
    """Chair, secretary, who looked after each site (from the papers they checked), who was added.

    Somebody added counts when the seat really was in a room of the sitting.
    """
    reception = sitting.reception
    hub = "điểm cầu trung tâm"
    people = [(reception.chair, "chủ trì", hub), (reception.secretary, "thư ký", hub)]
    rows = reception.appointments.filter(identity_check__isnull=False)
    for row in rows.select_related("identity_check__by", "booking__site"):
        person = (row.identity_check.by, "cán bộ điểm cầu", row.booking.site.name)
        if person not in people:
            people.append(person)
    came = sitting.participants.filter(seat__admissions__joined_at__isnull=False).distinct()
    for one in came.select_related("user", "seat__booking__site__agency__unit"):
        part = str(one.get_role_display())
        people.append((one.user, part[:1].lower() + part[1:], one.seat.name))
    return [
        {"name": str(user), "title": user.title, "part": part, "site": site}
        for user, part, site in people
    ]


def _visit(visit: Visit) -> MinutesVisit:
    filing = visit.appointment.filing
    entries = list(visit.entries.all())
    said = [entry.text for entry in entries if entry.kind == EntryKind.REQUEST]
    own = [entry.text for entry in entries if entry.kind == EntryKind.CITIZEN_OPINION]
    opinions: list[Opinion] = [
        {"speaker": entry.speaker, "text": entry.text}
        for entry in entries
        if entry.kind in {EntryKind.OPINION, EntryKind.NOTE}
    ]
    check = getattr(visit.appointment, "identity_check", None)
    return {
        "order": visit.number,
        "petitioner": person_with_speakers(filing),
        "group_size": filing.headcount,
        "site": visit.appointment.booking.site.name,
        "started_at": (visit.started_at or visit.called_at).isoformat(),
        "ended_at": (visit.ended_at or visit.called_at).isoformat(),
        "request": "\n".join(said) or _asked(filing),
        "papers": [check.papers] if check else [],
        "shown": [_shown(paper) for paper in visit.shown_papers.filter(began_at__isnull=False)],
        "opinions": opinions,
        "conclusions": _conclusions(visit),
        "citizen_opinion": "\n".join(own),
    }


def _shown(shown: ShownPaper) -> str:
    """What was on the screens: the paper by name and SHA-256, each page with its time."""
    until = f" đến {_clock(shown.ended_at)}" if shown.ended_at else ""
    when = f"từ {_clock(shown.began_at or shown.asked_at)}{until}"
    if shown.file is None:
        where = shown.seat.name if shown.seat else ""
        return f"{str(shown.get_kind_display()).lower()} của {where}, {when}"
    is_sealed = shown.visit.appointment.filing.identity_protected
    name = "một giấy tờ của hồ sơ" if is_sealed else f"«{shown.name}»"
    seen = [f"trang {page} lúc {_clock(at)}" for page, at in queries.pages_seen(shown)]
    if len(seen) > MOST_PAGES_TOLD:
        seen = [*seen[:MOST_PAGES_TOLD], "và các trang khác, ghi trong nhật ký buổi tiếp"]
    return f"{name} (SHA-256 {shown.sha256}), {when}: {', '.join(seen)}"


def _clock(moment: datetime) -> str:
    return date_format(moment.astimezone(clock.VIETNAM), "H:i:s")


def _asked(filing: Filing) -> str:
    """What the citizen asked in writing; of a denunciation only what it is about."""
    return ("" if filing.identity_protected else filing.request) or filing.shown_subject


def _conclusions(visit: Visit) -> list[ConclusionLine]:
    if not hasattr(visit, "conclusion"):
        return []
    return [
        {
            "text": item.text,
            "agency": item.agency.name if item.agency else "",
            "deadline": item.deadline.isoformat() if item.deadline else "",
        }
        for item in visit.conclusion.items.all()
    ]


def _unheard(reception: Reception, visits: list[Visit]) -> list[UnheardCitizen]:
    rows: list[UnheardCitizen] = [
        {
            "petitioner": visit.appointment.filing.shown_name,
            "reason": visit.refusal_reason or visit.get_state_display(),
        }
        for visit in visits
        if visit.state in {VisitState.ABSENT, VisitState.REFUSED}
    ]
    carried = CarryOver.objects.filter(appointment__reception=reception)
    rows += [
        {"petitioner": row.appointment.filing.shown_name, "reason": row.reason}
        for row in carried.select_related("appointment__filing__petitioner").order_by(
            "appointment__order"
        )
    ]
    return rows


_INCIDENTS = (
    "paused",
    "suspended",
    "resumed",
    "deliberation_started",
    "deliberation_ended",
    "alarm",
    "alarm_over",
)


def _incident(row: SittingEvent) -> str:
    when = _clock(row.at)
    words = {
        "paused": f"tạm dừng: {row.data.get('reason', '')}",
        "suspended": f"tạm ngừng vì kỹ thuật: {row.data.get('reason', '')}",
        "resumed": "tiếp tục",
        "deliberation_started": "hội ý riêng",
        "deliberation_ended": "hết hội ý riêng",
        "alarm": f"sự cố: {row.data.get('words', '')}",
        "alarm_over": "hết sự cố",
    }
    return f"{when}: {words[row.kind]}"


def _signers(reception: Reception) -> list[MinutesSigner]:
    return [
        {"role": "Người chủ trì", "note": _SIGN, "name": str(reception.chair)},
        {"role": "Thư ký", "note": _SIGN, "name": str(reception.secretary)},
    ]
