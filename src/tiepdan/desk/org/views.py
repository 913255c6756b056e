"""Sites, to read, and the official calendar, which whoever plans receptions keeps."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.desk.conduct import finish, press, typed
from tiepdan.desk.guards import OfficialRequest, may, official
from tiepdan.desk.org.forms import DayOffForm, LineForm
from tiepdan.org.actions import declare_line, propose_holidays, remove_day_off, set_day_off
from tiepdan.org.models import AgencyKind, DayOff, VideoSite
from tiepdan.org.queries import sites as all_sites

DECLARERS = (Ability.PLAN, Ability.OPERATE)
"""Who may declare lines: the reception board and the operator."""


@official()
@require_GET
def sites(request: OfficialRequest) -> HttpResponse:
    """Every announced place with camera and screen; the hub first."""
    found = all_sites().order_by("name")
    communes = [site for site in found if site.agency.kind == AgencyKind.COMMUNE_COMMITTEE]
    others = [site for site in found if site.agency.kind != AgencyKind.COMMUNE_COMMITTEE]
    context = {"sites": [*others, *communes], "may_declare": may(request.user, *DECLARERS)}
    return render(request, "desk/sites.html", context)


@official(*DECLARERS)
def site_line(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Declare what a site's line takes: the plan of layouts and the site's cap follow from it."""
    found = get_object_or_404(VideoSite, pk=pk)
    told = {"up": found.up_kbps / 1000, "down": found.down_kbps / 1000}
    form, back = LineForm(typed(request), initial=told), reverse("desk:sites")
    if request.method == "POST" and form.is_valid():
        up, down = (round(form.cleaned_data[name] * 1000) for name in ("up", "down"))
        declare_line(site=found, up_kbps=up, down_kbps=down, by=request.user)
        return finish(request, form.key, back, _("Đã ghi đường truyền của điểm cầu."))
    context = {"title": _("Khai báo đường truyền"), "where": found.name, "back": back}
    return render(request, "desk/form_page.html", context | {"form": form, "press": _("Ghi")})


@official()
def days_off(request: OfficialRequest) -> HttpResponse:
    """Days off and made-up days from this year on, each with its source.

    Whoever plans receptions enters and corrects them; `?ngay=` opens one for correction.
    """
    may_edit = may(request.user, Ability.PLAN)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    days = DayOff.objects.filter(day__year__gte=clock.today().year)
    chosen = days.filter(pk__in=_asked(request)).first()
    form = DayOffForm(typed(request), initial=_as_typed(chosen) if chosen else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        set_day_off(
            day=data["day"],
            works=data["works"] == "yes",
            name=data["name"],
            source=data["source"],
            by=request.user,
        )
        return finish(request, form.key, reverse("desk:days_off"), _("Đã ghi vào bảng ngày nghỉ."))
    return render(
        request,
        "desk/days_off.html",
        {"days": days, "form": form, "may_edit": may_edit, "chosen": chosen},
    )


@official(Ability.PLAN)
@require_POST
def days_off_propose(request: OfficialRequest) -> HttpResponse:
    """Put the usual holidays of this and the next year into the table; what stands there stays."""
    year = clock.today().year
    return press(
        request,
        lambda: [propose_holidays(one, request.user) for one in (year, year + 1)],
        where=reverse("desk:days_off"),
        said=_("Đã bổ sung ngày nghỉ thường lệ của hai năm. Hãy đối chiếu với văn bản hằng năm."),
    )


@official(Ability.PLAN)
@require_POST
def day_off_remove(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Take a wrong day out of the table."""
    found = get_object_or_404(DayOff, pk=pk)
    return press(
        request,
        lambda: remove_day_off(day_off=found, by=request.user),
        where=reverse("desk:days_off"),
        said=_("Đã bỏ ngày {day} khỏi bảng.").format(day=f"{found.day:%d/%m/%Y}"),
    )


def _asked(request: OfficialRequest) -> list[UUID]:
    """The row that the address names; nothing for anything else."""
    try:
        return [UUID(request.GET["ngay"])]
    except (KeyError, ValueError):
        return []


def _as_typed(day: DayOff) -> dict[str, object]:
    works = "yes" if day.works else "no"
    return {"day": day.day, "works": works, "name": day.name, "source": day.source}
