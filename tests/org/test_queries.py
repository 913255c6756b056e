"""Agencies, sites, letterheads."""

from datetime import date

from tiepdan.org import queries
from tiepdan.org.models import AdministrativeUnit, DayOff


def test_calendar_reads_the_table(db, django_assert_num_queries):
    """The calendar should hold the table's days off and made-up days, read in one query."""
    DayOff.objects.create(day=date(2026, 8, 31), works=False, name="Nghỉ", source="x")
    DayOff.objects.create(day=date(2026, 8, 22), works=True, name="Làm bù", source="x")
    with django_assert_num_queries(1):
        calendar = queries.calendar()
    assert not calendar.is_working(date(2026, 8, 31))
    assert calendar.is_working(date(2026, 8, 22))


def test_host_bodies(cast):
    """The committee and the board should be found by what they are."""
    assert queries.province_committee() == cast.province
    assert queries.reception_board() == cast.board


def test_communes_leave_out_abolished_units(cast):
    """A unit that has ended should not be offered."""
    AdministrativeUnit.objects.filter(name="Lộc Bình").update(valid_to=date(2026, 6, 30))
    assert [unit.name for unit in queries.communes()] == ["Bắc Sơn", "Hữu Lũng"]


def test_sites_without_query_per_row(cast, django_assert_num_queries):
    """Showing each site with its commune should take one query."""
    with django_assert_num_queries(1):
        shown = [f"{site} {site.agency.unit}" for site in queries.sites()]
    assert len(shown) == 4


def test_assignable_agencies(cast):
    """Departments and communes may be charged, the chairman's own committee may not."""
    bodies = set(queries.assignable_agencies())
    assert bodies == {cast.department, cast.other_department, *cast.communes}


def test_letterhead_of_a_committee(cast):
    """A people's committee should stand alone at the head of its documents."""
    head = queries.letterhead(cast.commune_a)
    assert (head["parent_name"], head["issuer_name"]) == ("", "Ủy ban nhân dân xã Hữu Lũng")
    assert (head["issuer_symbol"], head["place_name"]) == ("UBND", "Hữu Lũng")


def test_letterhead_of_the_board(cast):
    """The board should stand under the body it belongs to (NĐ 30/2020, Phụ lục I)."""
    head = queries.letterhead(cast.board, unit_symbol="TCD")
    assert head["parent_name"] == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert head["unit_symbol"] == "TCD"


def test_short_name(cast):
    """Lists should say UBND, as people do."""
    assert cast.commune_b.short_name == "UBND xã Bắc Sơn"
