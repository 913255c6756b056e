"""Filings: the list, the counter, one filing with what may be done about it now."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.workdays import Calendar
from tiepdan.desk.clocks import Countdown, countdown
from tiepdan.desk.documents.scope import documents_of_filing
from tiepdan.desk.documents.views import send
from tiepdan.desk.guards import OfficialRequest, may, official
from tiepdan.desk.matters.board import outcomes_of
from tiepdan.desk.matters.deadlines import limits_of
from tiepdan.desk.matters.search import typed_text
from tiepdan.desk.matters.timeline import timeline_of
from tiepdan.matters import queries
from tiepdan.matters.actions import must_be_sealed
from tiepdan.matters.models import Attachment, Destruction, Filing
from tiepdan.matters.states import FilingKind, FilingState, ScanState
from tiepdan.org.queries import calendar
from tiepdan.scheduling.queries import appointment_of

PAGE = 25
MOST_COUNTED = 1000
"""Filings that match a search and have pages: counting all may take seconds."""
ATTACHMENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@official(Ability.SEE_FILINGS)
@require_GET
def filings(request: OfficialRequest) -> HttpResponse:
    """Every filing in the official's scope, newest first; searched and filtered."""
    text, state = typed_text(request), request.GET.get("state", "")
    chosen = Q(state=state) if state in FilingState.values else Q()
    hits = queries.Hits([])
    if text:
        only = Filing.objects.filter(chosen) if chosen else None
        hits = queries.newest_hits(text, request.user, MOST_COUNTED + 1, only)
        page = Paginator[Any](hits.keys[:MOST_COUNTED], PAGE).get_page(request.GET.get("page"))
        rows = queries.in_this_order(list(page.object_list), request.user)
        page.object_list = queries.exact_first(text, rows)
    else:
        found = queries.filings_for(request.user).filter(chosen).order_by("-received_at")
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/filings.html",
        {
            "page": page,
            "text": text,
            "state": state,
            "overflows": len(hits.keys) > MOST_COUNTED,
            "most": MOST_COUNTED,
            "partial": hits.partial,
            "states": FilingState.choices,
            "may_register": may(request.user, Ability.REGISTER),
            "may_submit": may(request.user, Ability.PROPOSE),
        },
    )


@official(Ability.SEE_FILINGS)
@require_GET
def filing(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """One filing: as received at the left, everything that happened at the right."""
    found: Any = get_object_or_404(queries.with_signs(queries.filings_for(request.user)), pk=pk)
    days = calendar()
    disposition = getattr(found, "disposition", None)
    decision = getattr(disposition, "decision", None)
    papers = list(documents_of_filing(found))
    return render(
        request,
        "desk/filing.html",
        {
            "filing": found,
            "classification": queries.newest_classification(found),
            "consent": queries.latest_consent(found),
            "disposition": disposition,
            "decision": decision,
            "appointment": appointment_of(found) if disposition else None,
            "countdown": reply_clock(found, days),
            "papers": papers,
            "attachments": queries.papers_of(found) if found.has_papers else [],
            "companions": found.representations.all() if found.has_companions else [],
            "members": found.members.all() if found.has_members else [],
            "acts": timeline_of(found, [disposition] if disposition else []),
            "outcomes": outcomes_of(request, found),
            "limits": limits_of(request, found, days),
            "next": _next_step(request, found),
            "may": _allowed(request, found),
        },
    )


@official(Ability.SEE_FILINGS)
@require_GET
def attachment_file(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """A paper of a filing in the official's scope, as a download; who took it is logged."""
    found = get_object_or_404(
        Attachment.objects.filter(filing__in=queries.filings_for(request.user)), pk=pk
    )
    if Destruction.objects.filter(disposition__filing=found.filing_id).exists():
        messages.error(request, _("Giấy tờ của đơn này đã tiêu hủy theo quyết định."))
        return redirect("desk:filing", found.filing_id)
    if found.scan == ScanState.INFECTED:
        messages.error(request, _("Tệp này có mã độc nên không tải về được."))
        return redirect("desk:filing", found.filing_id)
    record(
        verb="download_attachment",
        on=found.filing,
        by=request.user,
        detail={"attachment": str(found.pk)},
    )
    return send(f"documents/{found.stored_name}", ATTACHMENT_TYPES[found.kind], found.name)


def reply_clock(found: Filing, days: Calendar) -> Countdown | None:
    """Until when the board must have proposed the filing or answered it.

    None once it has, and while the limit stands still.
    """
    waiting = found.state in {FilingState.RECEIVED, FilingState.CLASSIFIED}
    if not waiting or queries.reply_stands_still(found):
        return None
    return countdown(queries.reply_due(found), clock.today(), days)


def _next_step(request: OfficialRequest, found: Filing) -> tuple[str, str] | None:
    """The one filled button: its words and its page; None when this official has none."""
    user = request.user
    if found.state == FilingState.RECEIVED and may(user, Ability.CLASSIFY):
        return _("Phân loại đơn này"), reverse("desk:filing_classify", args=[found.pk])
    if must_be_sealed(found) and may(user, Ability.CLASSIFY):
        return _("Niêm phong danh tính người tố cáo"), reverse("desk:filing_seal", args=[found.pk])
    if found.state == FilingState.CLASSIFIED and may(user, Ability.PROPOSE):
        return _("Đề xuất Chủ tịch tiếp"), reverse("desk:filing_propose", args=[found.pk])
    if found.state == FilingState.DISPOSED and may(user, Ability.DECIDE, Ability.REFUSE):
        return _heads_step(user, found)
    if may(user, Ability.DECIDE) and queries.to_discontinue(found):
        return _("Đình chỉ giải quyết"), reverse("desk:filing_discontinue", args=[found.pk])
    return None


def _heads_step(user: User, found: Filing) -> tuple[str, str] | None:
    """What is left for the head once the board has dealt with a filing."""
    disposition, one = found.disposition, queries.filings().filter(pk=found.pk)
    if may(user, Ability.DECIDE):
        if disposition.outcome == "proposed" and not hasattr(disposition, "decision"):
            return _("Xem và duyệt"), reverse("desk:decide", args=[disposition.pk])
        if queries.awaiting_acceptance(one):
            return _("Thụ lý giải quyết"), reverse("desk:filing_accept", args=[found.pk])
    if may(user, Ability.REFUSE) and queries.shelved_long_enough(one, clock.today()):
        return _("Quyết định tiêu hủy"), reverse("desk:filing_destroy", args=[found.pk])
    return None


def _allowed(request: OfficialRequest, found: Filing) -> dict[str, bool]:
    """The quieter acts possible now; those that are not are absent from the page."""
    user, state = request.user, found.state
    live = state != FilingState.WITHDRAWN
    return {
        "reclassify": state == FilingState.CLASSIFIED and may(user, Ability.CLASSIFY),
        "companions": live and not found.identity_protected and may(user, Ability.REGISTER),
        "compare": state in {FilingState.RECEIVED, FilingState.CLASSIFIED}
        and may(user, Ability.CLASSIFY),
        "split": state == FilingState.CLASSIFIED
        and may(user, Ability.PROPOSE)
        and queries.latest_classification(found).kind == FilingKind.MIXED,
        "decline": state == FilingState.CLASSIFIED and may(user, Ability.PROPOSE),
        "consent": live and may(user, Ability.REGISTER),
        "papers": live and not found.identity_protected and may(user, Ability.REGISTER),
        "turn_away": live and may(user, Ability.REGISTER),
        "not_accept": may(user, Ability.DECIDE)
        and queries.awaiting_acceptance(queries.filings().filter(pk=found.pk)).exists(),
        "withdraw": live and may(user, Ability.REGISTER, Ability.CLASSIFY),
    }
