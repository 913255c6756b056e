"""Refused, not taken up, taken back, discontinued: each with the paper the citizen gets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.desk.conduct import DeskForm, done_before, finish, typed
from tiepdan.desk.documents.scope import documents_for
from tiepdan.desk.guards import OfficialRequest, may, official
from tiepdan.desk.matters.board import about_filing, filing_in_sight
from tiepdan.desk.matters.forms.board import (
    NotAcceptForm,
    ReasonForm,
    RefuseForm,
    TurnAwayForm,
)
from tiepdan.documents.kinds import DocumentKind
from tiepdan.matters.actions import (
    discontinue_filing,
    refuse_acceptance,
    refuse_reception,
    turn_away,
    withdraw_filing,
)


@dataclass(frozen=True, slots=True)
class Act:
    """One of them: whose it is, what the form asks, what is done with the answers."""

    abilities: tuple[Ability, ...]
    form: type[DeskForm]
    done: Callable[..., Any]
    title: str
    press: str
    said: str
    danger: bool = False


TURN_AWAY = Act(
    (Ability.REGISTER,), RefuseForm, refuse_reception,
    gettext_noop("Từ chối tiếp"), gettext_noop("Ban hành thông báo"),
    gettext_noop("Đã ban hành thông báo từ chối tiếp; đơn vẫn được xử lý."),
)  # fmt: skip
NOT_ACCEPT = Act(
    (Ability.DECIDE,), NotAcceptForm, refuse_acceptance,
    gettext_noop("Không thụ lý"), gettext_noop("Ban hành thông báo"),
    gettext_noop("Đã ban hành thông báo không thụ lý."),
)  # fmt: skip
DISCONTINUE = Act(
    (Ability.DECIDE,), ReasonForm, discontinue_filing,
    gettext_noop("Quyết định đình chỉ giải quyết"), gettext_noop("Ban hành quyết định"),
    gettext_noop("Đã ban hành quyết định đình chỉ giải quyết."),
)  # fmt: skip

WITHDRAW = Act(
    (Ability.REGISTER, Ability.CLASSIFY), ReasonForm, withdraw_filing,
    gettext_noop("Công dân rút đơn"), gettext_noop("Ghi việc rút đơn"),
    gettext_noop("Đã ghi việc rút đơn."), danger=True,
)  # fmt: skip


@official()
def filing_notice(request: OfficialRequest, pk: UUID, act: Act) -> HttpResponse:
    """Ask for the reasons; the press issues the paper."""
    if not may(request.user, *act.abilities):
        raise PermissionDenied
    found = filing_in_sight(request, pk)
    form = act.form(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: act.done(filing=found, by=request.user, **form.answers()),
        title=_(act.title),
        press=_(act.press),
        said=_(act.said),
        danger=act.danger,
    )


@official(Ability.REGISTER)
def turn_away_new(request: OfficialRequest) -> HttpResponse:
    """Somebody is refused before there is a filing: the press issues the notice."""
    form = TurnAwayForm(typed(request))
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        paper = form.attempt(
            lambda: turn_away(by=request.user, submission_key=form.key, **form.answers())
        )
        if paper:
            where = reverse("desk:turned_away", args=[paper.pk])
            return finish(request, form.key, where, _("Đã ban hành thông báo từ chối tiếp."))
    return render(
        request,
        "desk/form_page.html",
        {
            "form": form,
            "where": _("Đơn và vụ việc"),
            "title": _("Từ chối tiếp khi chưa có đơn"),
            "lead": _("Giải thích cho người đến, đưa thông báo, rồi báo cáo người phụ trách."),
            "press": _("Ban hành thông báo"),
            "back": reverse("desk:filings"),
        },
    )


@official(Ability.REGISTER)
@require_GET
def turned_away(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The notice to be printed and handed over."""
    papers = documents_for(request.user).filter(kind=DocumentKind.COUNTER_REFUSAL)
    return render(request, "desk/turned_away.html", {"paper": get_object_or_404(papers, pk=pk)})
