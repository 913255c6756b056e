"""Papers on the screens of a turn: shown, turned, shared by a camera, taken away (trình chiếu).

The picture on the wall is no evidence: the sitting's log is. It has the file's SHA-256, the page
and the moment, and neither name nor content; the row has who showed it.
"""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.models import Document
from tiepdan.documents.pages import pages_ready
from tiepdan.matters.models import Attachment
from tiepdan.sittings import permissions, queries
from tiepdan.sittings.actions.events import CONTROL, append, locked, require_open
from tiepdan.sittings.actions.stage import arrange
from tiepdan.sittings.models import Seat, ShownPaper, Sitting, Visit
from tiepdan.sittings.states import Layout, ShownKind, VisitState
from tiepdan.video.port import Source

_NOTHING: dict[str, str | int] = {"showing": "", "page": 0, "pages": 0}


@transaction.atomic
def show_paper(
    *, visit: Visit, paper: Attachment | Document, by: User, at: datetime | None = None
) -> ShownPaper:
    """Put a paper of the case on the screens of its turn, in place of what was there.

    Its pages are drawn first, by the job `draw_pages`; those drawn before in this turn are there
    at once. Raises RuleRefusedError unless the turn has started and the paper may be shown.
    """
    at = at or clock.now()
    sitting, visit = _running(visit, by)
    shown = _prepared(visit, paper)
    _end(sitting, at)
    shown.by, shown.asked_at = by, at
    shown.save()
    append(
        sitting,
        "paper_asked",
        at=at,
        audience=CONTROL,
        showing=str(shown.pk),
        sha256=shown.sha256,
    )
    count = pages_ready(queries.pages_folder(shown))
    if count:
        _begin(sitting, shown, count, at)
    audit.record(verb="show_paper", on=visit, by=by, at=at, detail={"sha256": shown.sha256})
    return shown


@transaction.atomic
def share_picture(
    *, visit: Visit, seat: Seat, kind: str, by: User, at: datetime | None = None
) -> ShownPaper:
    """Let a seat of the turn send its screen, or a camera that looks at a paper, to all in it.

    The right to send it comes and goes with this row (`queries.may_send`). Raises RuleRefusedError
    for a seat that is not in the turn's room or may not speak, and in a denunciation's turn.
    """
    at = at or clock.now()
    sitting, visit = _running(visit, by)
    if visit.appointment.filing.identity_protected:
        raise _refusal(visit)
    if kind not in {ShownKind.SCREEN, ShownKind.CAMERA}:
        raise RuleRefusedError("unknown_kind", "Không trình chiếu được loại này.")
    if seat.code not in queries.viewing_seats(sitting):
        raise RuleRefusedError("not_in_room", "Điểm cầu này không ở trong phòng của lượt.")
    seat = queries.seats(sitting).get(pk=seat.pk)
    if Source.AUDIO not in queries.may_send(seat, sitting):
        raise RuleRefusedError("silenced", "Điểm cầu này đang bị tắt micro nên chưa chiếu được.")
    _end(sitting, at)
    shown = ShownPaper.objects.create(
        visit=visit, kind=kind, seat=seat, by=by, asked_at=at, began_at=at, layout=_layout(sitting)
    )
    append(
        sitting,
        "picture_shared",
        at=at,
        audience=CONTROL,
        showing=str(shown.pk),
        number=visit.number,
        what=kind,
        seat=seat.code,
    )
    arrange(sitting, Layout.DOCUMENT, at)
    audit.record(
        verb="share_picture", on=visit, by=by, at=at, detail={"kind": kind, "seat": seat.code}
    )
    return shown


@transaction.atomic
def begin_showing(*, shown: ShownPaper, pages: int, at: datetime | None = None) -> ShownPaper:
    """The first page is drawn: it is on the screens, unless it was taken away meanwhile."""
    sitting, shown = _locked(shown)
    if shown.ended_at is None and shown.began_at is None:
        _begin(sitting, shown, pages, at or clock.now())
    return shown


@transaction.atomic
def note_unreadable(*, shown: ShownPaper, at: datetime | None = None) -> ShownPaper:
    """The paper cannot be drawn: whoever wanted to show it is told."""
    at = at or clock.now()
    sitting, shown = _locked(shown)
    if shown.began_at is None and shown.ended_at is None:
        shown.is_unreadable, shown.ended_at = True, at
        shown.save(update_fields=["is_unreadable", "ended_at"])
        append(
            sitting,
            "paper_unreadable",
            at=at,
            audience=CONTROL,
            showing=str(shown.pk),
            sha256=shown.sha256,
        )
    return shown


@transaction.atomic
def turn_page(*, shown: ShownPaper, page: int, by: User, at: datetime | None = None) -> ShownPaper:
    """Show another page on every screen (lật trang). The sitting's log is the record of it.

    Raises RuleRefusedError when the paper is not shown any more or has no such page.
    """
    at = at or clock.now()
    sitting, shown = _locked(shown)
    permissions.require(queries.may_show_papers(by, shown.visit))
    if shown.ended_at or shown.began_at is None or shown.pages is None:
        raise RuleRefusedError("not_shown", "Giấy tờ này không còn được trình chiếu.")
    if not 1 <= page <= shown.pages:
        raise RuleRefusedError(
            "no_such_page", "Giấy tờ này chỉ có {pages} trang.", pages=shown.pages
        )
    if page != shown.page:
        shown.page = page
        shown.save(update_fields=["page"])
        append(sitting, "paper_turned", at=at, audience=CONTROL, showing=str(shown.pk), page=page)
        _tell(sitting, _told(shown), at)
    return shown


@transaction.atomic
def hide_paper(*, sitting: Sitting, by: User, at: datetime | None = None) -> Sitting:
    """Take what is shown from every screen; does nothing when nothing is."""
    at = at or clock.now()
    sitting = locked(sitting)
    shown = queries.shown_paper(sitting)
    if shown:
        permissions.require(queries.may_show_papers(by, shown.visit))
        _end(sitting, at)
        audit.record(
            verb="hide_paper", on=shown.visit, by=by, at=at, detail={"sha256": shown.sha256}
        )
    return sitting


def end_showing(sitting: Sitting, at: datetime) -> None:
    """The turn is over or interrupted: its paper leaves the screens. The caller has the lock."""
    _end(sitting, at)


def end_lost_picture(sitting: Sitting, at: datetime) -> None:
    """What a seat shares ends when the seat left the room, or is heard no more, and stays ended.

    Its page has stopped the picture by then: the right must not come back without a press.
    """
    shown = queries.shown_paper(sitting)
    if shown is None or shown.seat is None:
        return
    is_inside = shown.seat.code in queries.viewing_seats(sitting)
    if not is_inside or Source.PAPER not in queries.may_send(shown.seat, sitting):
        _end(sitting, at)


def _running(visit: Visit, by: User) -> tuple[Sitting, Visit]:
    sitting = locked(visit.sitting)
    visit = Visit.objects.select_related("appointment__filing").get(pk=visit.pk)
    visit.sitting = sitting
    permissions.require(queries.may_show_papers(by, visit))
    require_open(sitting)
    if visit.state != VisitState.CALLED or visit.started_at is None:
        raise RuleRefusedError("no_turn", "Chỉ trình chiếu được trong một lượt đã bắt đầu.")
    return sitting, visit


def _prepared(visit: Visit, paper: Attachment | Document) -> ShownPaper:
    """The row of a paper that may be shown in this turn; not stored yet."""
    if isinstance(paper, Document):
        issued = queries.documents(visit).filter(pk=paper.pk).first()
        if issued:
            return ShownPaper(visit=visit, document=issued, sha256=issued.pdf_sha256)
    else:
        handed_in = queries.papers(visit).filter(pk=paper.pk).first()
        if handed_in:
            return ShownPaper(visit=visit, attachment=handed_in, sha256=handed_in.sha256)
    raise _refusal(visit)


def _refusal(visit: Visit) -> RuleRefusedError:
    if visit.appointment.filing.identity_protected:
        return RuleRefusedError(
            "sealed", "Giấy tờ của đơn tố cáo không được trình chiếu.", "Luật Tố cáo, Điều 56"
        )
    return RuleRefusedError("no_such_paper", "Giấy tờ này không có trong hồ sơ hoặc không mở được.")


def _locked(shown: ShownPaper) -> tuple[Sitting, ShownPaper]:
    sitting = locked(Visit.objects.select_related("sitting").get(pk=shown.visit_id).sitting)
    fresh = ShownPaper.objects.select_related("visit", "attachment", "document").get(pk=shown.pk)
    fresh.visit.sitting = sitting
    return sitting, fresh


def _begin(sitting: Sitting, shown: ShownPaper, pages: int, at: datetime) -> None:
    shown.pages, shown.page, shown.began_at = pages, 1, at
    shown.layout = _layout(sitting)
    shown.save()
    append(
        sitting,
        "paper_shown",
        at=at,
        audience=CONTROL,
        showing=str(shown.pk),
        number=shown.visit.number,
        sha256=shown.sha256,
        page=1,
        pages=pages,
    )
    _tell(sitting, _told(shown), at)
    arrange(sitting, Layout.DOCUMENT, at)


def _layout(sitting: Sitting) -> str:
    """What the screens go back to afterwards."""
    return sitting.layout if sitting.layout != Layout.DOCUMENT else Layout.SPEAKER


def _end(sitting: Sitting, at: datetime) -> ShownPaper | None:
    shown = queries.shown_paper(sitting)
    if shown is None:
        return None
    shown.ended_at = at
    shown.save(update_fields=["ended_at"])
    append(sitting, "paper_hidden", at=at, audience=CONTROL, showing=str(shown.pk))
    if shown.began_at:
        _tell(sitting, _NOTHING, at)
        if sitting.layout == Layout.DOCUMENT:
            arrange(sitting, shown.layout, at)
    return shown


def _told(shown: ShownPaper) -> dict[str, str | int]:
    return {"showing": str(shown.pk), "page": shown.page, "pages": shown.pages or 0}


def _tell(sitting: Sitting, told: dict[str, str | int], at: datetime) -> None:
    """Each seat of the turn's room and nobody else: a row has one audience."""
    for code in queries.viewing_seats(sitting):
        append(sitting, "paper", at=at, audience=code, **told)
