"""Monthly reports: look at the figures, freeze them, take the workbook."""

from calendar import monthrange
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.desk.conduct import DeskForm, done_before, finish
from tiepdan.desk.documents.views import CONTENT_TYPES, send
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.reports.columns import ONLINE_WORDS, grid_rows
from tiepdan.org.queries import province_committee
from tiepdan.reports import queries
from tiepdan.reports.actions import freeze_report
from tiepdan.reports.models import PeriodicReport

MONTHS_SHOWN = 13
DECEMBER = 12


class MonthForm(DeskForm):
    """The month of a report: «2026-12»."""

    month = forms.RegexField(label=gettext_lazy("Tháng"), regex=r"^\d{4}-(0[1-9]|1[0-2])$")

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the month, both inclusive."""
        return period_of(self.cleaned_data["month"])


def period_of(month: str) -> tuple[date, date]:
    """First and last day of «2026-12», both inclusive."""
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


@official(Ability.SEE_REPORT)
@require_GET
def reports(request: OfficialRequest) -> HttpResponse:
    """A month's figures as they stand now, their checks, and the reports frozen so far."""
    this_month = f"{clock.today():%Y-%m}"
    chosen = MonthForm({"month": request.GET.get("thang", this_month)})
    month = chosen.cleaned_data["month"] if chosen.is_valid() else this_month
    starts_on, ends_on = period_of(month)
    agency = province_committee()
    grid = queries.grid_01_tcd(agency, starts_on, ends_on)
    online = queries.online_figures(agency, starts_on, ends_on)
    return render(
        request,
        "desk/reports.html",
        {
            "form": MonthForm(initial={"month": month}),
            "month": month,
            "months": _months(),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "unfinished": ends_on >= clock.today(),
            "rows": grid_rows(grid),
            "online": [(_(ONLINE_WORDS.get(name, name)), count) for name, count in online.items()],
            "faults": queries.checks(grid, _),
            "frozen": PeriodicReport.objects.select_related("frozen_by")[:24],
        },
    )


@official(Ability.SEE_REPORT)
@require_POST
def report_freeze(request: OfficialRequest) -> HttpResponse:
    """Freeze a month's figures and write the workbook."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        return redirect("desk:reports")
    if before := done_before(request, form.key):
        return redirect(before)
    starts_on, ends_on = form.period
    where = f"{reverse('desk:reports')}?thang={form.cleaned_data['month']}"
    freeze_report(
        agency=province_committee(), starts_on=starts_on, ends_on=ends_on, by=request.user
    )
    return finish(request, form.key, where, _("Đã chốt số liệu và lập bảng tính."))


@official(Ability.SEE_REPORT)
@require_GET
def report_file(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The workbook of a frozen report."""
    found = get_object_or_404(PeriodicReport, pk=pk)
    record(verb="download_report", on=found, by=request.user)
    name = f"01-TCD-{found.starts_on:%Y-%m}.xlsx"
    return send(f"documents/{found.file}", CONTENT_TYPES["xlsx"], name)


def _months() -> list[tuple[str, str]]:
    """The last thirteen months, newest first."""
    month, shown = clock.today().replace(day=1), []
    for _nth in range(MONTHS_SHOWN):
        shown.append((f"{month:%Y-%m}", _("Tháng {month}").format(month=f"{month:%m/%Y}")))
        month = (
            month.replace(year=month.year - 1, month=DECEMBER)
            if month.month == 1
            else month.replace(month=month.month - 1)
        )
    return shown
