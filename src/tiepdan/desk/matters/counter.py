"""The counter: taking in a request, reading identity cards, handing out the receipt."""

from typing import Any
from uuid import UUID

import segno
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.audit.actions import record
from tiepdan.desk.conduct import done_before, finish, refusal_words, typed
from tiepdan.desk.documents.views import send_to_read
from tiepdan.desk.guards import OfficialRequest, agencies_of, official
from tiepdan.desk.matters.forms.counter import LONGEST_ADDRESS, LONGEST_PRINTED, CounterForm
from tiepdan.desk.matters.leads import initial_of, lead_of, link_to
from tiepdan.desk.matters.receipts import show_digits_once
from tiepdan.matters import queries
from tiepdan.matters.actions import Registered, register_filing
from tiepdan.matters.letters import tracking_url
from tiepdan.matters.models import Filing
from tiepdan.matters.rules import Card, NotValidError, read_card
from tiepdan.org.queries import Whereabouts, whereabouts

LONGEST_CARD = 1000
"""Letters: what a QR code of a card can hold at most, with room."""


@csp_update({"script-src": ["'wasm-unsafe-eval'"]})  # type: ignore[arg-type] # knows HttpRequest only
@official(Ability.REGISTER)
def filing_new(request: OfficialRequest) -> HttpResponse:
    """The counter form; a second press of the same page gives the same receipt.

    The page's script sends it with fetch and asks for JSON: it is told where the receipt is. The
    reader of QR codes is WebAssembly, which the policy allows here only.
    """
    lead = lead_of(request)
    form = CounterForm(
        typed(request), request.FILES or None, user=request.user, initial=initial_of(lead)
    )
    if request.method == "POST" and form.is_valid():
        where = done_before(request, form.key)
        if not where and (registered := _register(request, form)):
            link_to(request, lead, registered.filing)
            where = reverse("desk:filing_receipt", args=[registered.filing.pk])
            finish(request, form.key, where)
        if where:
            wants_json = request.headers.get("Accept") == "application/json"
            return JsonResponse({"where": where}) if wants_json else redirect(where)
    return render(request, "desk/filing_new.html", {"form": form})


def _register(request: OfficialRequest, form: CounterForm) -> Registered | None:
    """Take it in; the fresh check digits wait in the session for the receipt's page."""
    data = form.cleaned_data
    registered = form.attempt(
        lambda: register_filing(
            person=form.person(),
            channel=data["channel"],
            subject=data["subject"],
            content=data["content"],
            request=data["request"],
            headcount=data["headcount"],
            uploads=data["attachments"],
            consents_online=data["consent"] == "yes",
            consent_manner=data["consent_manner"],
            needs=data["needs"],
            language=data["language"],
            agency=agencies_of(request.user, Ability.REGISTER)[0],
            submission_key=form.key,
            by=request.user,
            at=form.received_at(),
        )
    )
    show_digits_once(request, registered)
    return registered


@official(Ability.REGISTER)
@require_POST
def card_read(request: OfficialRequest) -> HttpResponse:
    """What fills the form from a card's QR code: `fields`, today's `communes`, a `note`.

    Sent in the body, never in the address, and written down nowhere.
    """
    try:
        card = read_card(request.POST.get("card", "")[:LONGEST_CARD])
    except NotValidError as fault:
        return JsonResponse({"note": refusal_words(fault)}, status=422)
    place = whereabouts(card.address, card.issued_on)
    units = sorted(place.units, key=lambda unit: unit.name)
    return JsonResponse(
        {
            "fields": _fields(card, place),
            "communes": [{"value": str(unit.pk), "text": unit.full_name} for unit in units],
            "note": _note(place),
        }
    )


def _fields(card: Card, place: Whereabouts) -> dict[str, Any]:
    born = f"{card.birth_date:%d/%m/%Y}" if card.birth_date else card.birth_year or ""
    return {
        "full_name": card.full_name,
        "id_number": card.id_number,
        "born": str(born),
        "sex": card.sex,
        "address": place.detail[:LONGEST_ADDRESS],
        "printed_address": card.address[:LONGEST_PRINTED],
    }


def _note(place: Whereabouts) -> str:
    """What the clerk has to know of the commune."""
    if not place.units:
        return _("Không có trong bảng đối chiếu: hãy chọn xã, phường hiện nay của công dân.")
    if place.units[0].is_province:
        return _elsewhere(place)
    if len(place.units) > 1 and place.former:
        return _("{former} đã được chia. Hỏi công dân: nay thuộc xã nào?").format(
            former=place.former
        )
    if len(place.units) > 1:
        return _("Địa chỉ đọc được theo nhiều cách. Hỏi công dân: nay thuộc xã nào?")
    if place.former:
        return _("Trên thẻ: {former}. Nay là {unit}.").format(
            former=place.former, unit=place.units[0].full_name
        )
    return ""


def _elsewhere(place: Whereabouts) -> str:
    """The address lies outside this province: only its province is known here."""
    unit = place.units[0].full_name
    if place.former:
        return _(
            "Địa chỉ ngoài tỉnh: {former}, nay là {unit}. Hỏi tên xã, phường hiện nay."
        ).format(former=place.former, unit=unit)
    return _("Địa chỉ ngoài tỉnh: {unit}. Xem lại xã, phường trong ô địa chỉ.").format(unit=unit)


@official(Ability.REGISTER)
@require_GET
def filing_receipt(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """What the citizen takes home; the check digits are shown this once."""
    filing = get_object_or_404(queries.filings_for(request.user), pk=pk)
    digits = show_digits_once(request, filing=filing)
    code = segno.make(tracking_url(filing), error="m", micro=False)
    return render(
        request,
        "desk/filing_receipt.html",
        {
            "filing": filing,
            "digits": digits,
            "address": f"{settings.PUBLIC_URL}{reverse('portal:track')}",
            "qr": code.svg_data_uri(scale=4, border=2, light="white"),
        },
    )


@official(Ability.REGISTER)
@require_GET
def receipt_paper(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The part of the receipt's page that shows the PDF, or asks again soon while there is none."""
    filing = _with_receipt(request, pk)
    return render(request, "desk/includes/receipt_paper.html", {"filing": filing})


@official(Ability.REGISTER)
@require_GET
def receipt_pdf(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The receipt's PDF to be read and printed in the page; who opened it is logged."""
    document = _with_receipt(request, pk).receipt
    if document is None or not document.is_rendered:
        return render(request, "desk/not_ready.html", {"document": document}, status=202)
    record(verb="download_document", on=document, by=request.user, detail={"form": "pdf"})
    return send_to_read(document)


def _with_receipt(request: OfficialRequest, pk: UUID) -> Filing:
    return get_object_or_404(queries.filings_for(request.user), pk=pk, receipt__isnull=False)
