"""Limits of a filing on its page, and the pages that change them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.common.workdays import Calendar
from tiepdan.desk.clocks import Countdown, countdown
from tiepdan.desk.conduct import done_before, finish, press, typed
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.matters.forms.board import ExtensionForm, ReasonForm
from tiepdan.matters import permissions, queries
from tiepdan.matters.actions import (
    close_deadline,
    extend_deadline,
    resume_deadline,
    suspend_deadline,
    urge,
)
from tiepdan.matters.actions.deadlines import ENDED_BY_HAND
from tiepdan.matters.models import Deadline, DeadlineChange, Urging
from tiepdan.matters.queries import HANDLING
from tiepdan.matters.states import DeadlineChangeKind
from tiepdan.org.rulebook import rule

URGED = frozenset(ENDED_BY_HAND) - frozenset(HANDLING)
"""What another body owes: it is urged when it is late."""


@dataclass(frozen=True)
class Limit:
    """One limit as the page shows it; `acts` are the changes this official may make now."""

    deadline: Deadline
    clock: Countdown | None
    article: str
    acts: list[tuple[str, str]]
    changes: list[DeadlineChange]
    urgings: list[Urging]
    may_urge: bool = False


def limits_of(request: OfficialRequest, filing: Any, days: Calendar) -> list[Limit]:
    """Every limit of the filing, those that run first; the filing comes `with_signs`."""
    rows = list(filing.deadlines.all())
    if filing.has_history:
        prefetch_related_objects(rows, "changes__by", "urgings__letter")
    may_change, today = permissions.can_dispose(request.user, filing), clock.today()
    found = [
        Limit(
            row,
            countdown(row.due_on, today, days) if _runs(row) else None,
            rule(row.rule, row.started_on).article,
            _acts(row) if may_change else [],
            changes=list(row.changes.all()) if filing.has_history else [],
            urgings=list(row.urgings.all()) if filing.has_history else [],
            may_urge=may_change and _runs(row) and row.due_on < today and row.kind in URGED,
        )
        for row in rows
    ]
    return sorted(found, key=lambda limit: limit.deadline.ended_on is not None)


def _runs(deadline: Deadline) -> bool:
    return deadline.ended_on is None and deadline.suspended_on is None


def _acts(deadline: Deadline) -> list[tuple[str, str]]:
    if deadline.ended_on:
        return []
    if deadline.suspended_on:
        return [("tiep-tuc", _("Cho tiếp tục"))]
    acts = [("gia-han", _("Gia hạn")), ("tam-dung", _("Tạm dừng"))]
    if deadline.kind in ENDED_BY_HAND:
        acts += [("da-xong", _("Đã thực hiện")), ("khong-con", _("Không còn áp dụng"))]
    return acts


@official(Ability.PROPOSE)
def deadline_change(request: OfficialRequest, pk: UUID, act: str) -> HttpResponse:
    """Suspend, resume or extend, each with its reason."""
    if act not in CHANGES:
        raise Http404
    deadline = _deadline(request, pk)
    title, change = CHANGES[act]
    form = (ExtensionForm if act == "gia-han" else ReasonForm)(typed(request))
    where = reverse("desk:filing", args=[deadline.filing_id])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        told = {
            name: form.cleaned_data[name] for name in ("reason", "amount") if name in form.fields
        }
        if form.attempt(lambda: change(deadline=deadline, by=request.user, **told)):
            return finish(request, form.key, where, _("Đã ghi thay đổi thời hạn."))
    return render(
        request,
        "desk/form_page.html",
        {
            "form": form,
            "where": _("Đơn {code}").format(code=deadline.filing.tracking_code),
            "title": f"{_(title)}: {deadline.get_kind_display()}",
            "lead": deadline.filing.subject,
            "press": _(title),
            "back": where,
        },
    )


@official(Ability.PROPOSE)
@require_POST
def deadline_urge(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Issue the next urging letter to the overdue body."""
    deadline = _deadline(request, pk)
    return press(
        request,
        lambda: urge(deadline=deadline, by=request.user),
        where=reverse("desk:filing", args=[deadline.filing_id]),
        said=_("Đã ban hành công văn đôn đốc."),
    )


def _deadline(request: OfficialRequest, pk: UUID) -> Deadline:
    rows = Deadline.objects.select_related("filing", "responsible")
    return get_object_or_404(rows.filter(filing__in=queries.filings_for(request.user)), pk=pk)


CHANGES: dict[str, tuple[str, Callable[..., Deadline]]] = {
    "gia-han": ("Gia hạn", extend_deadline),
    "tam-dung": ("Tạm dừng", suspend_deadline),
    "tiep-tuc": ("Cho tiếp tục", resume_deadline),
    "da-xong": ("Đã thực hiện", partial(close_deadline, how=DeadlineChangeKind.MET)),
    "khong-con": ("Không còn áp dụng", partial(close_deadline, how=DeadlineChangeKind.DROPPED)),
}
"""The last part of the address: its title and its act."""
