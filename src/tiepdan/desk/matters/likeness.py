"""Who may have been here before, beside the counter form; never in its way."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.matters.leads import leads_of_person
from tiepdan.matters import queries
from tiepdan.matters.models import Filing
from tiepdan.matters.rules import Described, NotValidError, normalise_name, validate_phone
from tiepdan.org.queries import homes

MOST = 5
LAST_FILINGS = 3
LONGEST = 200
YEAR_DIGITS = 4


@official(Ability.REGISTER)
@require_GET
def filing_duplicates(request: OfficialRequest) -> HttpResponse:
    """Citizens who may be the one at the counter, why, and what they filed last."""
    typed = _described(request)
    people = queries.alike(typed, request.user)
    filed = queries.filings_of([one.person for one in people], request.user, LAST_FILINGS)
    return render(
        request,
        "desk/includes/duplicates.html",
        {
            "people": [(one, filed[one.person]) for one in people],
            "duplicates": _unlinked(typed, request.user),
            "leads": leads_of_person(request),
        },
    )


def _described(request: HttpRequest) -> Described:
    """What stands in the form so far."""
    told = {name: value[:LONGEST] for name, value in request.GET.items() if isinstance(value, str)}
    year = told.get("born", "").strip()[-YEAR_DIGITS:]
    key = _key(told.get("commune", ""))
    unit = homes().filter(pk=key).first() if key else None
    return Described(
        normalise_name(told.get("full_name", "")),
        "".join(told.get("id_number", "").split()),
        int(year) if year.isdecimal() and len(year) == YEAR_DIGITS else None,
        _phone(told.get("phone", "")),
        unit.full_name if unit else "",
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _phone(text: str) -> str:
    try:
        return validate_phone(text)
    except NotValidError:
        return ""


def _unlinked(typed: Described, user: User) -> list[Filing]:
    """Filings of the same name or number that belong to no known person yet."""
    same = Q(pk=None)
    if typed.id_number:
        same |= Q(petitioner__id_number=typed.id_number)
    if typed.full_name:
        same |= Q(petitioner__full_name__iexact=typed.full_name)
    mine = queries.filings_for(user).filter(same, petitioner__person=None, identity_protected=False)
    return list(mine.order_by("-received_at")[:MOST])
