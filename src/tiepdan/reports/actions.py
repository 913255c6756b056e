"""The only writer of frozen reports."""

from datetime import date, datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents import storage
from tiepdan.org.models import Agency
from tiepdan.reports import permissions, queries
from tiepdan.reports.models import PeriodicReport
from tiepdan.reports.rules import Period, month_period, report_periods
from tiepdan.reports.workbook import ReportData, write_workbook


def freeze_report(
    *, agency: Agency, starts_on: date, ends_on: date, by: User, at: datetime | None = None
) -> PeriodicReport:
    """Count, write the workbook and keep both as they are now (chốt số liệu).

    The file is written before the row: a crash in between leaves a file nobody names. Raises
    RuleRefusedError for a period that ends before it starts.
    """
    at = at or clock.now()
    if not permissions.can_freeze(by, agency):
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")
    if ends_on < starts_on:
        raise RuleRefusedError("period", "Ngày cuối kỳ phải sau ngày đầu kỳ.")
    data = _count(agency, starts_on, ends_on)
    stem = f"reports/{starts_on.isoformat()}/{agency.code}-{ends_on.isoformat()}"
    file = storage.write(stem, "xlsx", write_workbook(data, at))
    return _keep(agency, data, file, by, at)


def _count(agency: Agency, starts_on: date, ends_on: date) -> ReportData:
    grid = queries.grid_01_tcd(agency, starts_on, ends_on)
    return ReportData(
        agency=agency.name,
        period=_named(starts_on, ends_on),
        grid=grid,
        sites=queries.online_by_site(agency, starts_on, ends_on),
        totals=queries.online_figures(agency, starts_on, ends_on),
        warnings=queries.checks(grid),
    )


@transaction.atomic
def _keep(
    agency: Agency, data: ReportData, file: storage.StoredFile, by: User, at: datetime
) -> PeriodicReport:
    report = PeriodicReport.objects.create(
        agency=agency,
        starts_on=data.period.starts_on,
        ends_on=data.period.ends_on,
        figures={
            "grid": {str(column): figure for column, figure in data.grid.items()},
            "online": dict(data.totals),
            "sites": [{"site": row.site, **row.figures} for row in data.sites],
            "warnings": list(data.warnings),
        },
        query_version=queries.QUERY_VERSION,
        file=file.name,
        sha256=file.sha256,
        frozen_at=at,
        frozen_by=by,
    )
    record(verb="freeze_report", on=report, by=by, at=at, detail={"sha256": file.sha256})
    return report


def _named(starts_on: date, ends_on: date) -> Period:
    """The period by its own name, when it is a month or a statutory one."""
    known = [month_period(starts_on.year, starts_on.month), *report_periods(ends_on.year)]
    for period in known:
        if (period.starts_on, period.ends_on) == (starts_on, ends_on):
            return period
    return Period("Theo yêu cầu", starts_on, ends_on)
