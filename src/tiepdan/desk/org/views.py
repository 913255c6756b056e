"""Sites and the official calendar, to read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tiepdan.common import clock
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.org.models import AgencyKind, DayOff
from tiepdan.org.queries import sites as all_sites


@official()
@require_GET
def sites(request: OfficialRequest) -> HttpResponse:
    """Every announced place with camera and screen; the hub first."""
    found = all_sites().order_by("name")
    communes = [site for site in found if site.agency.kind == AgencyKind.COMMUNE_COMMITTEE]
    others = [site for site in found if site.agency.kind != AgencyKind.COMMUNE_COMMITTEE]
    return render(request, "desk/sites.html", {"sites": [*others, *communes]})


@official()
@require_GET
def days_off(request: OfficialRequest) -> HttpResponse:
    """Days off and made-up days from this year on, each with its source."""
    year = clock.today().year
    return render(
        request, "desk/days_off.html", {"days": DayOff.objects.filter(day__year__gte=year)}
    )
