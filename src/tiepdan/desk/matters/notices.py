"""Refused at the counter, not taken up, discontinued: each with the paper the citizen gets."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tiepdan.accounts.permissions import Ability
from tiepdan.desk.conduct import typed
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.matters.board import about_filing, filing_in_sight
from tiepdan.desk.matters.forms.board import NotAcceptForm, ReasonForm, RefuseForm
from tiepdan.matters.actions import discontinue_filing, refuse_acceptance, refuse_reception


@official(Ability.REGISTER)
def filing_turn_away(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Whoever sits at the counter does not receive the citizen this time, and says why."""
    found = filing_in_sight(request, pk)
    form = RefuseForm(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: refuse_reception(
            filing=found,
            ground=form.cleaned_data["ground"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        title=_("Từ chối tiếp"),
        press=_("Ban hành thông báo"),
        said=_("Đã ban hành thông báo từ chối tiếp; đơn vẫn được xử lý."),
    )


@official(Ability.DECIDE)
def filing_not_accept(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The head does not take the filing up; the citizen is told why."""
    found = filing_in_sight(request, pk)
    form = NotAcceptForm(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: refuse_acceptance(
            filing=found, reasons=form.cleaned_data["reasons"], by=request.user
        ),
        title=_("Không thụ lý"),
        press=_("Ban hành thông báo"),
        said=_("Đã ban hành thông báo không thụ lý."),
    )


@official(Ability.DECIDE)
def filing_discontinue(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """What was taken up and then taken back is ended by a decision."""
    found = filing_in_sight(request, pk)
    form = ReasonForm(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: discontinue_filing(
            filing=found, reason=form.cleaned_data["reason"], by=request.user
        ),
        title=_("Quyết định đình chỉ giải quyết"),
        press=_("Ban hành quyết định"),
        said=_("Đã ban hành quyết định đình chỉ giải quyết."),
    )
