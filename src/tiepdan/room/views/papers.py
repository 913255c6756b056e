"""Papers of the case on the screens of a turn: shown, turned, pointed at, looked at."""

from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts.models import User
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.models import Document
from tiepdan.documents.pages import page_file
from tiepdan.matters.models import Attachment
from tiepdan.room.views.access import (
    OfficialRequest,
    allow,
    by_script,
    holds,
    number_of,
    row_or_404,
    seat_or_404,
    signed_in,
    sitting_or_404,
)
from tiepdan.room.views.stream import Feed
from tiepdan.sittings import actions, queries, reconcile
from tiepdan.sittings.jobs import draw_pages
from tiepdan.sittings.models import Seat, ShownPaper, Sitting, Visit
from tiepdan.sittings.models.papers import name_of
from tiepdan.sittings.permissions import Person, takes_part

PAGES = {"room:chair", "room:secretary"}
WEAK_KBPS = 600
"""Declared line below which a site is sent the grey page: speech and a small picture take half."""


def panel(user: Person, sitting: Sitting) -> dict[str, Any]:
    """What the part «Trình chiếu giấy tờ» shows."""
    visit = queries.running_visit(sitting)
    if not (visit and visit.started_at and queries.may_show_papers(user, visit)):
        return {"case_papers": None, "shown_paper": None}
    shown = queries.shown_paper(sitting)
    last = visit.shown_papers.last()
    return {
        "case_papers": [
            (words, name, [(paper.pk, name_of(paper)) for paper in rows])
            for words, name, rows in _groups(visit)
        ],
        "shown_paper": shown,
        "unreadable_paper": last.name if last and last.is_unreadable else "",
    }


def _groups(visit: Visit) -> list[tuple[str, str, QuerySet[Any]]]:
    """What may be shown: in words, as the form names it, the rows."""
    found = [
        (_("Giấy tờ đã nộp"), "paper", queries.papers(visit)),
        (_("Văn bản đã ban hành"), "document", queries.documents(visit)),
    ]
    return [(words, name, rows) for words, name, rows in found if rows]


@require_safe
@never_cache
@signed_in
def state(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """What is on the screens now, for whoever sees it; for others of the sitting nothing is."""
    found = sitting_or_404(sitting)
    allow(takes_part(request.user, found))
    shown = queries.shown_paper(found)
    if shown is None or shown.file is None or not shown.began_at or not _sees(request, shown):
        return JsonResponse({"showing": ""})
    return JsonResponse(_told(request.user, shown))


@require_safe
@never_cache
@signed_in
def page(request: OfficialRequest, sitting: UUID, showing: UUID, number: int) -> HttpResponse:
    """The picture of a page of what is shown, for those of its turn while it is.

    404 for anything that is not shown now; 202 while the page is not drawn yet.
    """
    found = sitting_or_404(sitting)
    allow(takes_part(request.user, found))
    shown = queries.shown_paper(found)
    if shown is None or shown.pk != showing or shown.began_at is None or not _sees(request, shown):
        raise Http404
    if not 1 <= number <= (shown.pages or 0):
        raise Http404
    file = page_file(queries.pages_folder(shown), number, light="nhe" in request.GET)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return HttpResponse(status=202, headers={"Retry-After": "1"})
    return HttpResponse(content, content_type="image/webp")


@require_POST
@signed_in
def act(request: OfficialRequest, sitting: UUID, act: str) -> HttpResponse:
    """Show, turn, point or hide; a script gets 204, or the words of a refusal to be shown."""
    found = sitting_or_404(sitting)
    visit = queries.running_visit(found)
    allow(visit is not None and queries.may_show_papers(request.user, visit))
    if act not in ACTS:
        raise Http404
    refusal = ""
    try:
        ACTS[act](request, found)
    except RuleRefusedError as error:
        refusal = error.message
    if act in ENGINE_ACTS:
        reconcile.apply(found)
    back = request.POST.get("back", "")
    if back in PAGES and not by_script(request):
        return redirect(back, sitting=sitting)
    return HttpResponse(refusal, status=200) if refusal else HttpResponse(status=204)


def _sees(request: HttpRequest, shown: ShownPaper) -> bool:
    return queries.may_see_papers(request.user, request.session.session_key, shown.visit)


def _told(user: User, shown: ShownPaper) -> dict[str, Any]:
    sitting = shown.visit.sitting
    address = reverse("room:paper_page", args=[sitting.pk, shown.pk, 0])
    return {
        "showing": str(shown.pk),
        "name": shown.name,
        "page": shown.page,
        "pages": shown.pages,
        "layout": sitting.layout,
        "address": address.removesuffix("0/"),
        "query": "?nhe" if _is_weak(user, sitting) else "",
    }


def _is_weak(user: User, sitting: Sitting) -> bool:
    """Whether the site this person sits at has a line for light pages only."""
    rows = Seat.objects.filter(sitting=sitting, holder=user).select_related("booking__site")
    return any(seat.site and seat.site.down_kbps < WEAK_KBPS for seat in rows)


def _show(request: OfficialRequest, sitting: Sitting) -> None:
    visit = queries.running_visit(sitting)
    if visit is None:
        raise RuleRefusedError("no_turn", "Chỉ trình chiếu được trong một lượt đã bắt đầu.")
    shown = actions.show_paper(visit=visit, paper=_paper(request, visit), by=request.user)
    draw_pages.enqueue(str(shown.pk))


def _paper(request: HttpRequest, visit: Visit) -> Attachment | Document:
    """What was pressed, of one of the groups."""
    if issued := request.POST.get("document"):
        return row_or_404(queries.documents(visit), issued)
    return row_or_404(queries.papers(visit), request.POST.get("paper"))


def _share(request: OfficialRequest, sitting: Sitting) -> None:
    """From the very page that holds the seat: its browser sends the picture."""
    visit = queries.running_visit(sitting)
    seat = seat_or_404(sitting.pk, request.POST.get("seat", ""))
    allow(visit is not None and holds(request, seat))
    if visit:
        kind = request.POST.get("kind", "")
        actions.share_picture(visit=visit, seat=seat, kind=kind, by=request.user)


def _turn(request: OfficialRequest, sitting: Sitting) -> None:
    page = number_of(request.POST.get("page", ""))
    actions.turn_page(shown=_shown(request, sitting), page=page, by=request.user)


def _point(request: OfficialRequest, sitting: Sitting) -> None:
    shown = _shown(request, sitting)
    where = [_part_of(request.POST.get(name, "")) for name in ("x", "y")]
    told = {"showing": str(shown.pk), "x": where[0], "y": where[1]}
    Feed.point(sitting.pk, queries.viewing_seats(sitting), told)


def _part_of(text: str) -> float | None:
    """A coordinate from 0 to 1; None: nobody points any more."""
    with suppress(ValueError):
        value = float(text)
        return round(min(1.0, max(0.0, value)), 3) if isfinite(value) else None
    return None


def _hide(request: OfficialRequest, sitting: Sitting) -> None:
    actions.hide_paper(sitting=sitting, by=request.user)


def _shown(request: HttpRequest, sitting: Sitting) -> ShownPaper:
    shown = queries.shown_paper(sitting)
    if shown is None or str(shown.pk) != request.POST.get("showing"):
        raise RuleRefusedError("not_shown", "Giấy tờ này không còn được trình chiếu.")
    return shown


ACTS: dict[str, Callable[[OfficialRequest, Sitting], None]] = {
    "chieu": _show,
    "chia-se": _share,
    "lat": _turn,
    "chi": _point,
    "thoi": _hide,
}
"""What the showing part may ask for; the last part of the address."""

ENGINE_ACTS = {"chieu", "chia-se", "thoi"}
"""Those that give a seat the right to send one more picture, or take it."""

urls = [
    path("<uuid:sitting>/giay-to/", state, name="paper_state"),
    path("<uuid:sitting>/giay-to/<slug:act>/", act, name="paper_act"),
    path("<uuid:sitting>/giay-to/<uuid:showing>/<int:number>/", page, name="paper_page"),
]
