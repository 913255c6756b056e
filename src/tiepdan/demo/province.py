"""Lạng Sơn as it is since 1 July 2025: units, bodies, rooms with cameras."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from tiepdan.matters.rules import fold
from tiepdan.org.actions import load_former_units
from tiepdan.org.models import AdministrativeUnit, Agency, AgencyKind, VideoSite

PROVINCE_CODE = "20"
PROVINCE_NAME = "Lạng Sơn"
NEW_MAP_FROM = date(2025, 7, 1)
HUB = "hub"
PHONE = "0205 3000 000"
"""An invented number."""

DEPARTMENTS = {
    "vp-ubnd": ("Văn phòng Ủy ban nhân dân tỉnh", "VP"),
    "so-nnmt": ("Sở Nông nghiệp và Môi trường", "SNNMT"),
    "so-xd": ("Sở Xây dựng", "SXD"),
    "so-tc": ("Sở Tài chính", "STC"),
    "so-nv": ("Sở Nội vụ", "SNV"),
    "so-tp": ("Sở Tư pháp", "STP"),
    "so-ct": ("Sở Công Thương", "SCT"),
    "so-gddt": ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    "so-yt": ("Sở Y tế", "SYT"),
    "so-khcn": ("Sở Khoa học và Công nghệ", "SKHCN"),
    "thanh-tra": ("Thanh tra tỉnh", "TTr"),
    "cong-an": ("Công an tỉnh", "CAT"),
}


@cache
def commune_rows() -> tuple[dict[str, str], ...]:
    """Code, kind and name of every commune-level unit, from the official list."""
    return _table("lang-son.csv")


def former_rows() -> tuple[dict[str, str], ...]:
    """Where the communes of before 1 July 2025 went."""
    return _table("lang-son-former.csv")


def _table(name: str) -> tuple[dict[str, str], ...]:
    path = Path(__file__).parent / "provinces" / name
    with path.open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


def slug(name: str) -> str:
    """A commune's name as its site is called: «Hữu Lũng» is `huu-lung`."""
    return fold(name).replace(" ", "-")


def make_province() -> None:
    """Create all units, bodies and sites."""
    units = AdministrativeUnit.objects.bulk_create(
        AdministrativeUnit(**row, province_code=PROVINCE_CODE, valid_from=NEW_MAP_FROM)
        for row in commune_rows()
    )
    codes = {unit.code for unit in units}
    load_former_units(row for row in former_rows() if row["unit"] in codes)
    province = _agency(
        "ubnd-tinh", f"Ủy ban nhân dân tỉnh {PROVINCE_NAME}", AgencyKind.PROVINCE_COMMITTEE, "UBND"
    )
    for code, (name, symbol) in DEPARTMENTS.items():
        _agency(code, name, AgencyKind.DEPARTMENT, symbol, province)
    office = Agency.objects.get(code="vp-ubnd")
    board = _agency("ban-tcd", "Ban Tiếp công dân tỉnh", AgencyKind.RECEPTION_BOARD, "BTCD", office)
    committees = Agency.objects.bulk_create(_committee(unit, province) for unit in units)
    VideoSite.objects.create(
        code=HUB,
        name="Trụ sở Tiếp công dân tỉnh",
        agency=board,
        address="Phòng tiếp công dân, tầng 1",
        phone=PHONE,
        down_kbps=30_000,
        up_kbps=30_000,
    )
    VideoSite.objects.bulk_create(_site(committee) for committee in committees)


def _agency(
    code: str, name: str, kind: AgencyKind, symbol: str, parent: Agency | None = None
) -> Agency:
    return Agency.objects.create(
        code=code,
        name=name,
        kind=kind,
        symbol=symbol,
        place_name=PROVINCE_NAME,
        phone=PHONE,
        parent=parent,
    )


def _committee(unit: AdministrativeUnit, province: Agency) -> Agency:
    return Agency(
        code=f"xa-{slug(unit.name)}",
        name=f"Ủy ban nhân dân {unit.full_name}",
        kind=AgencyKind.COMMUNE_COMMITTEE,
        symbol="UBND",
        place_name=unit.name,
        address=f"Trụ sở UBND {unit.full_name}",
        phone=PHONE,
        parent=province,
        unit=unit,
    )


def _site(committee: Agency) -> VideoSite:
    return VideoSite(
        code=committee.code.removeprefix("xa-"),
        name=committee.short_name,
        agency=committee,
        address="Phòng họp trực tuyến, tầng 1",
        phone=PHONE,
    )
