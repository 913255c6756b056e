"""Addresses of before and after 1 July 2025, and where they lie today."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tiepdan.demo.province import commune_rows, former_rows
from tiepdan.org.actions import load_former_units
from tiepdan.org.addresses import before_2025, kind_of, place_key, since_2025
from tiepdan.org.models import PROVINCIAL, AdministrativeUnit, FormerUnit
from tiepdan.org.provinces import CITIES, MERGED, PROVINCES
from tiepdan.org.queries import communes, homes, whereabouts

OLD, NEW = date(2021, 5, 10), date(2026, 1, 15)


@pytest.fixture
def lang_son(db):
    """The 65 communes of today and the 200 of before."""
    AdministrativeUnit.objects.bulk_create(
        AdministrativeUnit(**row, province_code="20", valid_from=date(2025, 7, 1))
        for row in commune_rows()
    )
    load_former_units(former_rows())


@pytest.mark.parametrize(
    ("province", "district", "commune", "key"),
    [
        ("Tỉnh Lạng Sơn", "Huyện Tràng Định", "Xã Đại Đồng", "lang son/trang dinh/dai dong"),
        ("Lạng Sơn", "Tràng Định", "Đại Đồng", "lang son/trang dinh/dai dong"),
        ("Lạng Sơn", "TP. Lạng Sơn", "P. Tam Thanh", "lang son/lang son/tam thanh"),
        ("TP Hồ Chí Minh", "Quận 01", "Phường 01", "ho chi minh/1/1"),
    ],
)
def test_place_key(province, district, commune, key):
    """Kinds, marks, points and zeros should make no difference."""
    assert place_key(province, district, commune) == key


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Thị trấn Chi Lăng", "thi tran"), ("TT. Chi Lăng", "thi tran"), ("X. Yên Trạch", "xa"),
        ("Xuân Dương", ""), ("Phường Chi Lăng", "phuong"),
    ],
)  # fmt: skip
def test_kind_of_a_commune(name, kind):
    """A kind should be known in full and shortened, and never be seen in a name."""
    assert kind_of(name) == kind


def test_both_readings():
    """An address should be read from its end, in three levels and in two."""
    address = " Số 5,  thôn Nà Hoa , Đại Đồng, Tràng Định, Lạng Sơn"
    old, new = before_2025(address), since_2025(address)
    assert old
    assert new
    assert (old.detail, old.commune) == ("Số 5, thôn Nà Hoa", "Đại Đồng")
    assert (new.detail, new.commune) == ("Số 5, thôn Nà Hoa, Đại Đồng", "Tràng Định")
    assert before_2025("Lạng Sơn") is None
    assert since_2025("") is None


@pytest.mark.parametrize(
    ("address", "written_on", "units"),
    [
        ("Thôn 1, Hùng Sơn, Tràng Định, Lạng Sơn", OLD, ["Tràng Định"]),
        ("Thôn 1, Xã Chí Minh, Huyện Tràng Định, Tỉnh Lạng Sơn", OLD, ["Thất Khê"]),
        ("Thôn 1, Đại Đồng, Tràng Định, Lạng Sơn", OLD, ["Quốc Khánh", "Thất Khê"]),
        ("Khu 2, Bính Xá, Đình Lập, Lạng Sơn", OLD, ["Kiên Mộc", "Đình Lập"]),
        ("Khu 2, Thị trấn Đình Lập, Đình Lập, Lạng Sơn", OLD, ["Đình Lập"]),
        ("Thôn Đại Đồng, Tràng Định, Lạng Sơn", NEW, ["Tràng Định"]),
        ("Thôn 1, xã Hữu Lũng, tỉnh Lạng Sơn", NEW, ["Hữu Lũng"]),
        ("Thôn 1, phường Hữu Lũng, tỉnh Lạng Sơn", NEW, []),
        ("Đại Đồng, Tràng Định, Lạng Sơn", NEW, ["Tràng Định"]),
        ("Đại Đồng, Tràng Định, Lạng Sơn", OLD, ["Quốc Khánh", "Thất Khê"]),
        ("Đại Đồng, Tràng Định, Lạng Sơn", None, ["Quốc Khánh", "Thất Khê", "Tràng Định"]),
        ("Thôn 1, Đại Lãnh, Vạn Ninh, Khánh Hòa", OLD, ["Khánh Hòa"]),
        ("Thôn 1, Đại Lãnh, Vạn Ninh, Xứ Khác", OLD, []),
        ("Hồng Phong, Bình Gia, Lạng Sơn", OLD, ["Hồng Phong"]),
        ("Hồng Phong, Cao Lộc, Lạng Sơn", OLD, ["Đồng Đăng"]),
        ("", OLD, []),
    ],
)
@pytest.mark.usefixtures("lang_son")
def test_whereabouts(address, written_on, units):
    """A commune should lead to today's, to every part of a divided one, or to nothing."""
    assert sorted(unit.name for unit in whereabouts(address, written_on).units) == units


@pytest.mark.parametrize(
    ("address", "detail", "unit", "former"),
    [
        ("Thôn 3, xã Đồng Việt, tỉnh Bắc Ninh", "Thôn 3, xã Đồng Việt", "tỉnh Bắc Ninh", ""),
        ("Đồng Việt, Yên Dũng, Bắc Giang", "Đồng Việt, Yên Dũng", "tỉnh Bắc Ninh", "Bắc Giang"),
        ("12 phố Huế, TP. Hà Nội", "12 phố Huế", "thành phố Hà Nội", ""),
        ("Phường 2, TP Vũng Tàu, Bà Rịa - Vũng Tàu", "Phường 2, TP Vũng Tàu",
         "thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("lang_son")
def test_address_in_another_province(address, detail, unit, former):
    """An address elsewhere should lead to today's province, the rest stay as it was."""
    found = whereabouts(address)
    assert (found.detail, [one.full_name for one in found.units]) == (detail, [unit])
    assert found.former == former


@pytest.mark.usefixtures("lang_son")
def test_provinces_of_today():
    """All provinces but ours should be homes, and each earlier one have gone to one of them."""
    assert len(CITIES) + len(PROVINCES) == 34
    assert len(MERGED) == 30
    assert {*MERGED.values()} <= {*CITIES, *PROVINCES}
    kept = AdministrativeUnit.objects.filter(kind__in=PROVINCIAL).values_list("code", "name")
    assert dict(kept) == {**CITIES, **PROVINCES}
    elsewhere = homes().filter(kind__in=PROVINCIAL)
    assert elsewhere.count() == 33
    assert not elsewhere.filter(name="Lạng Sơn").exists()
    assert not communes().filter(kind__in=PROVINCIAL).exists()


@pytest.mark.usefixtures("lang_son")
def test_the_tables_cover_each_other():
    """Every old commune should have gone somewhere, and every new one come from somewhere."""
    assert FormerUnit.objects.values("district", "name").distinct().count() == 200
    assert FormerUnit.objects.values("unit").distinct().count() == 65
    in_july = FormerUnit.objects.filter(changed_on=date(2025, 7, 1))
    assert in_july.values("district", "name").distinct().count() == 194
    assert not FormerUnit.objects.filter(source="").exists()


@pytest.mark.usefixtures("lang_son")
def test_a_table_is_loaded_once(tmp_path):
    """The command should add what is new, nothing twice, and refuse what it cannot place."""
    table, said = tmp_path / "them.csv", StringIO()
    rows = [*former_rows()[:2], {**former_rows()[0], "name": "Xã Thử"}]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    call_command("load_former_units", str(table), stdout=said)
    call_command("load_former_units", str(table), stdout=said)
    assert said.getvalue().splitlines() == ["1 new rows.", "0 new rows."]
    table.write_text(table.read_text(encoding="utf-8").replace(rows[2]["unit"], "99999"))
    with pytest.raises(CommandError, match="99999"):
        call_command("load_former_units", str(table))
    with pytest.raises(CommandError, match="Not a table"):
        call_command("load_former_units", str(tmp_path / "none.csv"))


@pytest.mark.usefixtures("lang_son")
def test_a_corrected_table_replaces_the_old_one():
    """Rows that a corrected file no longer has should go, other provinces' stay."""
    other = {**former_rows()[0], "province": "Cao Bằng"}
    load_former_units([other])
    load_former_units(former_rows()[:3], replace=True)
    assert FormerUnit.objects.filter(province="Lạng Sơn").count() == 3
    assert FormerUnit.objects.filter(province="Cao Bằng").count() == 1
