"""What is written down while citizens are heard: minutes and conclusions."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import override

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.actions import draft_and_issue
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.org.models import Agency
from tiepdan.sittings import minutes_text, queries
from tiepdan.sittings.actions.events import CONTROL, append, locked
from tiepdan.sittings.models import (
    Conclusion,
    ConclusionItem,
    MinutesEntry,
    Sitting,
    Visit,
)
from tiepdan.sittings.permissions import require_may
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import EntryKind, SittingState, VisitState


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One point of a conclusion: who does what until when; both None when answered at once."""

    text: str
    agency: Agency | None
    deadline: date | None


@transaction.atomic
def write_entry(
    *,
    sitting: Sitting,
    visit: Visit | None,
    kind: str,
    speaker: str,
    text: str,
    by: User,
    moment: datetime | None = None,
    at: datetime | None = None,
) -> MinutesEntry:
    """Write a line of the minutes, of a turn or (`visit` None) of the plenary.

    `moment`: when it was said, as the secretary marked it; else now. Raises RuleRefusedError for
    an empty line, or once the minutes are signed.
    """
    at = at or clock.now()
    sitting = _written(sitting, by)
    _require_unsigned(sitting)
    if not text.strip() or kind not in EntryKind.values:
        raise RuleRefusedError("entry_empty", "Hãy ghi nội dung của dòng biên bản.")
    entry = MinutesEntry.objects.create(
        sitting=sitting, visit=visit, kind=kind, speaker=speaker.strip(), text=text.strip(),
        at=moment or at, by=by,
    )  # fmt: skip
    append(sitting, "entry", at=at, audience=CONTROL, number=visit.number if visit else 0)
    audit.record(verb="write_entry", on=entry, by=by, at=at, detail={"kind": kind})
    return entry


@transaction.atomic
def draft_point(*, visit: Visit, item: ItemDraft, by: User, at: datetime | None = None) -> Visit:
    """Add a point to the conclusion being composed, which the room sees before it is confirmed.

    Raises RuleRefusedError for an incomplete point or when the conclusion stands already.
    """
    at = at or clock.now()
    sitting, visit = _locked(visit, by)
    _require_open_conclusion(visit)
    _require_complete(item, at)
    visit.conclusion_draft = [*visit.conclusion_draft, _as_json(item)]
    return _keep_draft(sitting, visit, by, at)


@transaction.atomic
def drop_point(
    *, visit: Visit, index: int, by: User, text: str | None = None, at: datetime | None = None
) -> Visit:
    """Take a point out of the conclusion being composed; an unknown one changes nothing.

    `text`: what the page showed at that place. When another point stands there by now, because the
    button was pressed twice, nothing is dropped.
    """
    at = at or clock.now()
    sitting, visit = _locked(visit, by)
    _require_open_conclusion(visit)
    standing = [point["text"] for point in visit.conclusion_draft[index : index + 1]]
    if text is not None and [one.split() for one in standing] != [text.split()]:
        return visit
    visit.conclusion_draft = [
        point for place, point in enumerate(visit.conclusion_draft) if place != index
    ]
    return _keep_draft(sitting, visit, by, at)


@transaction.atomic
def record_conclusion(
    *,
    visit: Visit,
    items: Sequence[ItemDraft],
    by: User,
    shown: str | None = None,
    at: datetime | None = None,
) -> Conclusion:
    """The chair's conclusion of a turn, confirmed once and then only read (kết luận).

    `shown`: the `mark_of` the points on the page where it was confirmed.

    Raises RuleRefusedError without a point, for a directed point without body or deadline
    (law.md 6.7 no. 6), or when the turn was not heard or has its conclusion.
    """
    at = at or clock.now()
    sitting, visit = _locked(visit, by, Act.CONCLUDE)
    _require_open_conclusion(visit)
    if not items:
        raise RuleRefusedError("conclusion_empty", "Kết luận cần ít nhất một nội dung.")
    for item in items:
        _require_complete(item, at)
    drafted = visit.conclusion_draft
    seen = shown is None or shown == mark_of(items)
    if not seen or (drafted and drafted != [_as_json(item) for item in items]):
        raise RuleRefusedError(
            "conclusion_changed", "Kết luận vừa được sửa: hãy xem lại rồi xác nhận."
        )
    conclusion = Conclusion.objects.create(visit=visit, at=at, by=by)
    for order, item in enumerate(items, start=1):
        ConclusionItem.objects.create(
            conclusion=conclusion,
            order=order,
            text=item.text.strip(),
            agency=item.agency,
            deadline=item.deadline,
        )
    visit.conclusion_draft = []
    visit.save(update_fields=["conclusion_draft"])
    site = visit.appointment.booking.site.code
    append(sitting, "conclusion", at=at, audience=site, number=visit.number)
    detail = {"items": len(items), "number": visit.number}
    audit.record(verb="record_conclusion", on=conclusion, by=by, at=at, detail=detail)
    return conclusion


@override("vi")  # an official paper, whatever the reader speaks
@transaction.atomic
def sign_minutes(*, sitting: Sitting, by: User, at: datetime | None = None) -> Document:
    """Issue the minutes of a closed sitting (biên bản tiếp công dân); then they are only read.

    Raises RuleRefusedError before the sitting is closed or when they were signed.
    """
    at = at or clock.now()
    sitting = _written(sitting, by)
    _require_unsigned(sitting)
    if sitting.state != SittingState.CLOSED:
        raise RuleRefusedError("sitting_not_closed", "Hãy bế mạc buổi tiếp trước khi ký biên bản.")
    day = sitting.reception.starts_at.astimezone(clock.VIETNAM)
    sitting.minutes = draft_and_issue(
        kind=DocumentKind.MINUTES,
        issuer=sitting.reception.agency.code,
        title=f"Về việc tiếp công dân {sitting.reception.get_kind_display().lower()} "
        f"ngày {day:%d/%m/%Y}",
        context=minutes_text.context(sitting),
        by=by,
        at=at,
    )
    sitting.save(update_fields=["minutes"])
    append(sitting, "minutes_signed", at=at, audience=CONTROL)
    audit.record(verb="sign_minutes", on=sitting, by=by, at=at)
    return sitting.minutes


def points_of(visit: Visit) -> list[ItemDraft]:
    """The conclusion being composed, as points; their bodies are read in one query."""
    keys = [point["agency"] for point in visit.conclusion_draft if point["agency"]]
    bodies = {str(body.pk): body for body in Agency.objects.filter(pk__in=keys)}
    return [
        ItemDraft(
            text=point["text"],
            agency=bodies.get(point["agency"]),
            deadline=date.fromisoformat(point["deadline"]) if point["deadline"] else None,
        )
        for point in visit.conclusion_draft
    ]


def mark_of(items: Sequence[ItemDraft]) -> str:
    """A short mark of these points in this order: nobody confirms what they have not seen."""
    text = json.dumps([_as_json(item) for item in items], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _written(sitting: Sitting, by: User, act: Act = Act.WRITE_MINUTES) -> Sitting:
    """The locked sitting; refuses anybody who may not `act`."""
    sitting = locked(sitting)
    require_may(by, act, sitting)
    return sitting


def _locked(visit: Visit, by: User, act: Act = Act.WRITE_MINUTES) -> tuple[Sitting, Visit]:
    sitting = _written(visit.sitting, by, act)
    visit = queries.visits(sitting).get(pk=visit.pk)
    visit.sitting = sitting
    return sitting, visit


def _keep_draft(sitting: Sitting, visit: Visit, by: User, at: datetime) -> Visit:
    visit.save(update_fields=["conclusion_draft"])
    site = visit.appointment.booking.site.code
    append(sitting, "conclusion_draft", at=at, audience=site, number=visit.number)
    detail = {"points": len(visit.conclusion_draft)}
    audit.record(verb="draft_conclusion", on=visit, by=by, at=at, detail=detail)
    return visit


def _as_json(item: ItemDraft) -> dict[str, str]:
    return {
        "text": item.text.strip(),
        "agency": str(item.agency.pk) if item.agency else "",
        "deadline": item.deadline.isoformat() if item.deadline else "",
    }


def _require_unsigned(sitting: Sitting) -> None:
    if sitting.minutes_id:
        raise RuleRefusedError("minutes_signed", "Biên bản đã ký, không sửa được nữa.")


def _require_open_conclusion(visit: Visit) -> None:
    _require_unsigned(visit.sitting)
    heard = visit.state == VisitState.HEARD or (
        visit.state == VisitState.CALLED and visit.started_at
    )
    if not heard:
        raise RuleRefusedError("turn_not_heard", "Lượt này chưa bắt đầu hoặc không được tiếp.")
    if hasattr(visit, "conclusion"):
        raise RuleRefusedError("conclusion_stands", "Lượt này đã có kết luận.")


def _require_complete(item: ItemDraft, at: datetime) -> None:
    article = "TT 04/2021/TT-TTCP, Điều 9"
    if not item.text.strip():
        raise RuleRefusedError("point_empty", "Hãy ghi nội dung kết luận.")
    if (item.agency is None) != (item.deadline is None):
        raise RuleRefusedError(
            "point_incomplete", "Giao việc thì phải có cả cơ quan và thời hạn.", article
        )
    if item.deadline and item.deadline < at.astimezone(clock.VIETNAM).date():
        raise RuleRefusedError("deadline_past", "Thời hạn phải từ hôm nay trở đi.", article)
