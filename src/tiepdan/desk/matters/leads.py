"""Leads: who telephoned or wrote an e-mail, and was guided to a written petition."""

from contextlib import suppress
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.common.codes import normalise_code
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.desk.conduct import done_before, finish, typed
from tiepdan.desk.guards import OfficialRequest, agencies_of, official
from tiepdan.desk.matters.forms.leads import FilingCodeForm, LeadForm
from tiepdan.matters import queries
from tiepdan.matters.actions import link_lead, record_lead
from tiepdan.matters.models import Filing, Lead
from tiepdan.matters.rules import guidance_lines
from tiepdan.matters.states import Channel
from tiepdan.org import rulebook
from tiepdan.org.models import Agency

PAGE = 25
MOST = 3
LONGEST = 200


@official(Ability.REGISTER)
@require_GET
def leads(request: OfficialRequest) -> HttpResponse:
    """Everybody who asked, newest first; those whose filing has not come can be seen alone."""
    found, waiting = queries.leads_for(request.user), "waiting" in request.GET
    if waiting:
        found = found.filter(filing=None)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/leads.html", {"page": page, "waiting": waiting})


@official(Ability.REGISTER)
def lead_new(request: OfficialRequest) -> HttpResponse:
    """Write one down; what to tell them stands in the form from the beginning."""
    agency = agencies_of(request.user, Ability.REGISTER)[0]
    form = LeadForm(typed(request), initial={"guidance": "\n".join(script(agency))})
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        lead = form.attempt(lambda: record_lead(agency=agency, by=request.user, **form.details()))
        if lead:
            where = reverse("desk:lead", args=[lead.pk])
            return finish(request, form.key, where, _("Đã ghi đầu mối."))
    return render(request, "desk/lead_new.html", {"form": form})


@official(Ability.REGISTER)
def lead(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """One lead, its guidance to be read out or printed, and the filing when it has come."""
    found = _lead(request, pk)
    form = FilingCodeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        code = normalise_code(form.cleaned_data["code"])
        filing = queries.filings_for(request.user).filter(tracking_code=code).first()
        if filing is None:
            form.add_error("code", _("Không có đơn nào mang mã này trong phạm vi của bạn."))
        elif form.attempt(lambda: link_lead(lead=found, filing=filing, by=request.user)):
            return finish(request, form.key, request.path, _("Đã nối với đơn."))
    return render(request, "desk/lead.html", {"lead": found, "form": form})


def leads_of_person(request: OfficialRequest) -> list[Lead]:
    """Who asked before, beside the counter form, to be tied to the filing that comes now."""
    name, phone = (request.GET.get(asked, "")[:LONGEST] for asked in ("full_name", "phone"))
    return list(queries.waiting_leads(request.user, full_name=name, phone=phone)[:MOST])


def lead_of(request: OfficialRequest) -> Lead | None:
    """The lead a counter form was opened from (`?dau-moi=`) or that was ticked in it."""
    try:
        key = UUID(request.POST.get("lead") or request.GET.get("dau-moi", ""))
    except ValueError:
        return None
    return queries.leads_for(request.user).filter(pk=key, filing=None).first()


def initial_of(lead: Lead | None) -> dict[str, str]:
    """What a lead tells of the person who now comes with the filing."""
    if lead is None:
        return {}
    return {"full_name": lead.full_name, "phone": lead.phone, "content": lead.about}


def link_to(request: OfficialRequest, lead: Lead | None, filing: Filing) -> None:
    """Tie the lead to the filing that came of it; the filing stands whatever became of the lead."""
    if lead is not None:
        with suppress(RuleRefusedError):
            link_lead(lead=lead, filing=filing, by=request.user)


def script(agency: Agency) -> list[str]:
    """What to tell a caller today, at this agency."""
    channels = rulebook.texts("registration_channels", clock.today())
    return guidance_lines(
        place=agency.name,
        address=agency.address,
        phone=agency.phone,
        by_letter=Channel.LETTER in channels,
    )


def _lead(request: OfficialRequest, pk: UUID) -> Lead:
    return get_object_or_404(queries.leads_for(request.user), pk=pk)
