"""Reading agencies, sites, addresses and the calendar."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tiepdan.common.workdays import Calendar
from tiepdan.documents.contexts import Letterhead
from tiepdan.org import addresses
from tiepdan.org.models import (
    PROVINCIAL,
    AdministrativeUnit,
    Agency,
    AgencyKind,
    DayOff,
    FormerUnit,
    VideoSite,
)
from tiepdan.org.provinces import SINCE, province_named

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
    return AdministrativeUnit.objects.filter(valid_to=None).exclude(kind__in=PROVINCIAL)


def homes() -> QuerySet[AdministrativeUnit]:
    """Where a citizen may live: a commune of ours, or another province as a whole."""
    ours = communes().values("province_code")
    return AdministrativeUnit.objects.filter(valid_to=None).exclude(
        kind__in=PROVINCIAL, code__in=ours
    )


@dataclass(frozen=True)
class Whereabouts:
    """An address as today's map has it: what stands before the commune, which it may be.

    More than one unit when the commune was divided, or when the address can be read in two ways:
    somebody has to ask. None when the place is not in the tables. `former` is the old commune,
    which ceased to be on the day `until`.
    """

    detail: str
    units: list[AdministrativeUnit]
    former: str = ""
    until: date | None = None


def whereabouts(address: str, written_on: date | None = None) -> Whereabouts:
    """Where an address of an identity card lies today, by the resolutions in the table.

    An address with three levels (before 1 July 2025) may also read as one with two: the day on
    which it was written decides; not knowing it, every place found is left to be asked.
    """
    old, new = _three_levels(address), _two_levels(address)
    if not old or not new:
        return old or new or _another_province(address)
    if written_on and old.until:
        return old if written_on < old.until else new
    units = {unit.pk: unit for unit in [*old.units, *new.units]}
    return Whereabouts(old.detail, list(units.values()), old.former, old.until)


def _three_levels(address: str) -> Whereabouts | None:
    place = addresses.before_2025(address)
    if place is None:
        return None
    rows = list(FormerUnit.objects.filter(key=place.key).select_related("unit"))
    same_kind = [row for row in rows if addresses.kind_of(row.name) == place.kind]
    rows = same_kind or rows
    units = {row.unit_id: row.unit for row in rows if row.unit.valid_to is None}
    if not units:
        return None
    first = rows[0]
    return Whereabouts(place.detail, list(units.values()), str(first), first.changed_on)


def _two_levels(address: str) -> Whereabouts | None:
    place = addresses.since_2025(address)
    if place is None:
        return None
    province, _district, commune = place.key.split("/")
    codes = FormerUnit.objects.filter(key__startswith=f"{province}/").values("unit__province_code")
    found = [
        unit
        for unit in communes().filter(province_code__in=codes)
        if addresses.place_key("", "", unit.name) == f"//{commune}"
        and place.kind in {"", addresses.kind_of(unit.full_name)}
    ]
    return Whereabouts(place.detail, found) if found else None


def _another_province(address: str) -> Whereabouts:
    """An address that ends in another province, under its name of today or an earlier one."""
    detail, last = addresses.province_of(address)
    code, former = province_named(last)
    unit = homes().filter(code=code, kind__in=PROVINCIAL).first() if code else None
    if unit is None:
        return Whereabouts(address, [])
    return Whereabouts(detail, [unit], former, SINCE if former else None)


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
