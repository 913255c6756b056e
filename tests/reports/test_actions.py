"""Freezing a period."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl

from tests.reports.factories import held
from tests.scheduling.plans import refused
from tiepdan.audit.queries import entries_of
from tiepdan.documents import storage
from tiepdan.reports.actions import freeze_report
from tiepdan.reports.workbook import DATA_ROW

JANUARY = datetime(2027, 1, 4, 8, tzinfo=UTC)
DECEMBER = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31)}


def freeze(cast, **more):
    given = {"agency": cast.province, "by": cast.officer, "at": JANUARY} | DECEMBER | more
    return freeze_report(**given)


def test_frozen_figures_stay(cast):
    """A frozen report should keep its figures when the past changes."""
    sitting = held(cast, date(2026, 12, 15))
    sitting.turn(persons=5, at=cast.site_a)
    report = freeze(cast)
    sitting.turn()
    report.refresh_from_db()
    assert report.figures["grid"]["13"] == 1
    assert report.figures["grid"]["18"] == 5
    assert report.figures["online"]["received"] == 1
    assert report.figures["sites"][0]["site"] == "UBND xã Hữu Lũng"
    assert report.figures["warnings"] == []
    assert freeze(cast).figures["grid"]["13"] == 2


def test_workbook_lies_on_disk(cast):
    """The file should be whole, hashed, and hold the frozen figures."""
    held(cast, date(2026, 12, 15)).turn(persons=3)
    report = freeze(cast)
    assert storage.fingerprint(report.file) == report.sha256
    with storage.open_file(report.file) as file:
        sheet = openpyxl.load_workbook(BytesIO(file.read()))["01-TCD"]
    assert [sheet.cell(DATA_ROW + 1, column + 1).value for column in (1, 2, 12)] == [1, 3, 1]
    assert entries_of(report).get().facts["detail"]["sha256"] == report.sha256


def test_statutory_period_has_its_name(cast):
    """A report of a statutory quarter should be called so."""
    report = freeze(cast, starts_on=date(2026, 9, 15), ends_on=date(2026, 12, 14))
    with storage.open_file(report.file) as file:
        sheet = openpyxl.load_workbook(BytesIO(file.read()))["01-TCD"]
    assert sheet.cell(3, 1).value.startswith("Quý IV/2026")


def test_refusals(cast):
    """Nobody without the right, and no period that ends before it starts."""
    with refused("not_allowed"):
        freeze(cast, by=cast.clerk_a)
    with refused("period"):
        freeze(cast, ends_on=date(2026, 11, 1))
