"""Reading agencies, sites and the calendar."""

from django.db.models import QuerySet

from tiepdan.common.workdays import Calendar
from tiepdan.documents.contexts import Letterhead
from tiepdan.org.models import AdministrativeUnit, Agency, AgencyKind, DayOff, VideoSite

COMMITTEES = {AgencyKind.PROVINCE_COMMITTEE, AgencyKind.COMMUNE_COMMITTEE}


def calendar() -> Calendar:
    """The official calendar as it stands in the table; one query."""
    days = DayOff.objects.values_list("day", "works")
    return Calendar(
        days_off=frozenset(day for day, works in days if not works),
        made_up=frozenset(day for day, works in days if works),
    )


def province_committee() -> Agency:
    """UBND tỉnh; raises Agency.DoesNotExist before the province is set up."""
    return Agency.objects.get(kind=AgencyKind.PROVINCE_COMMITTEE)


def reception_board() -> Agency:
    """Ban Tiếp công dân of the province; raises Agency.DoesNotExist."""
    return Agency.objects.select_related("parent").get(kind=AgencyKind.RECEPTION_BOARD)


def communes() -> QuerySet[AdministrativeUnit]:
    """Every commune-level unit in being (xã, phường, đặc khu)."""
    return AdministrativeUnit.objects.filter(valid_to=None)


def sites() -> QuerySet[VideoSite]:
    """Every site with its agency and commune."""
    return VideoSite.objects.select_related("agency__unit")


def assignable_agencies() -> QuerySet[Agency]:
    """Bodies a conclusion may charge with a task: departments and commune committees."""
    return Agency.objects.filter(
        kind__in=[AgencyKind.DEPARTMENT, AgencyKind.COMMUNE_COMMITTEE]
    ).order_by("-kind", "name")


def letterhead(agency: Agency, unit_symbol: str = "") -> Letterhead:
    """Who issues a document, from where (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.2).

    A people's committee stands alone; any other body stands under the one it belongs to.
    """
    parent = None if agency.kind in COMMITTEES else agency.parent
    return {
        "parent_name": parent.name if parent else "",
        "issuer_name": agency.name,
        "issuer_symbol": agency.symbol,
        "unit_symbol": unit_symbol,
        "place_name": agency.place_name,
    }
