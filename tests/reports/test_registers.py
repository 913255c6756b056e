"""Registers: who was received, what was filed, on screen, as a workbook, in print."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import cast as everyone
from tests.cast import AFTERNOON, MORNING
from tests.sittings.factories import opened
from tests.web.pages import signed_in
from tiepdan.audit.models import Entry
from tiepdan.matters.actions import handle_filing, register_denunciation
from tiepdan.matters.models import Filing
from tiepdan.matters.states import Channel, FilingKind, Outcome
from tiepdan.reports.queries import grid_01_tcd
from tiepdan.reports.register_book import HEAD_ROW, register_book
from tiepdan.reports.registers import (
    FILING_HEADS,
    RECEPTION_HEADS,
    filing_register,
    reception_register,
)
from tiepdan.sittings import actions

pytestmark = pytest.mark.django_db
DECEMBER = date(2026, 12, 1), date(2026, 12, 31)


def test_heads_are_the_forms():
    """The reception register should have the twelve columns of Mẫu 03."""
    assert len(RECEPTION_HEADS) == 12
    assert len(FILING_HEADS) == 14


def test_counter_and_turns_are_rows(cast):
    """Who came to the counter is a row of that body, who was heard one of the head's."""
    afternoon = opened(cast)
    actions.end_visit(visit=afternoon.started(1), by=cast.chair, at=AFTERNOON)
    counter = reception_register(cast.board, *DECEMBER)
    assert len(counter.rows) == Filing.objects.filter(received_at_agency=cast.board).count() == 3
    assert all(len(row) == 12 for row in counter.rows)
    heard = reception_register(cast.province, *DECEMBER)
    assert len(heard.rows) == 1
    assert "Lượt 1" in str(heard.rows[0][-1])
    grid = grid_01_tcd(cast.province, *DECEMBER)
    assert len(heard.rows) == grid[13], "as many rows as 01/TCD counts turns of the head"


def test_outcomes_stand_in_their_columns(cast):
    """Guided and transferred should stand in columns 9 and 10 with body and document."""
    guided = everyone.classified_filing(cast, 0, in_competence=False)
    moved = everyone.classified_filing(
        cast, 1, kind=FilingKind.FEEDBACK, in_competence=False, at=MORNING + timedelta(minutes=1)
    )
    for filing, outcome in ((guided, Outcome.GUIDED), (moved, Outcome.TRANSFERRED)):
        handle_filing(
            filing=filing, outcome=outcome, reasons=["x"], to_agency=cast.department,
            by=cast.officer, at=MORNING + timedelta(minutes=2),
        )  # fmt: skip
    rows = reception_register(cast.board, *DECEMBER).rows
    assert cast.department.name in str(rows[0][8])
    assert rows[0][9] == ""
    assert rows[1][8] == ""
    assert cast.department.name in str(rows[1][9])
    filed = filing_register(cast.board, *DECEMBER).rows
    assert "PHD" in str(filed[0][11])


def test_period_is_inclusive(cast):
    """The first and the last day should count, the days beside them not."""
    everyone.filing(cast)
    assert len(filing_register(cast.board, date(2026, 12, 1), date(2026, 12, 1)).rows) == 1
    assert not filing_register(cast.board, date(2026, 11, 1), date(2026, 11, 30)).rows


def test_denunciations_bear_their_number(cast):
    """A denunciation's row should have the pseudonym, and nothing else of its author."""
    register_denunciation(
        place=cast.commune_a.unit, subject="Nhận tiền", content="x", agency=cast.board,
        channel=Channel.IN_PERSON, by=cast.officer, at=MORNING,
    )  # fmt: skip
    everyone.classified_filing(cast, 0, kind=FilingKind.DENUNCIATION)
    name = Filing.objects.get(pseudonym=None).petitioner.full_name
    for made in (reception_register, filing_register):
        text = str(made(cast.board, *DECEMBER).rows)
        assert "TC-2026-0001" in text
        assert name not in text


def test_workbook_reckons_nothing(cast):
    """Formula-like text should stay text, days be days, heads repeat on each page."""
    everyone.filing(cast, subject='=HYPERLINK("http://x","y")')
    content = register_book(filing_register(cast.board, *DECEMBER), "SỔ", ["a", "b"])
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=HEAD_ROW + 2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert isinstance(sheet.cell(HEAD_ROW + 2, 2).value, datetime)
    assert sheet.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 1}"
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("which", ["tiep-cong-dan", "don"])
def test_pages(cast, which, django_assert_max_num_queries):
    """A register should be shown, printed whole and exported, each export logged."""
    for number in range(3):
        everyone.classified_filing(cast, number)
    client = signed_in(cast.officer)
    where = reverse("desk:register", args=[which])
    asked = f"?agency={cast.board.code}&starts_on=01/12/2026&ends_on=31/12/2026"
    with django_assert_max_num_queries(25):
        page = client.get(where + asked).content.decode()
    assert page.count("<tr>") == 4
    assert client.get(where + asked + "&in=1").status_code == 200
    answer = client.get(where + asked + "&xlsx=1")
    assert "spreadsheet" in answer["Content-Type"]
    assert Entry.objects.filter(verb="export_register").count() == 1
    wrong = client.get(where + "?agency=x&starts_on=31/12/2026&ends_on=01/12/2026")
    assert wrong.context["form"].errors


def test_scope(cast):
    """A commune should read its own registers only; who has no filings none."""
    where = reverse("desk:register", args=["don"])
    asked = f"?agency={cast.board.code}&starts_on=01/12/2026&ends_on=31/12/2026"
    everyone.filing(cast)
    page = signed_in(cast.clerk_a).get(where + asked)
    assert page.context["form"].errors
    assert not page.context["page"].object_list
    assert signed_in(cast.department_officer).get(where).status_code == 403
    assert signed_in(cast.clerk_a).get(reverse("desk:register", args=["x"])).status_code == 404
