"""Every province of today, so that somebody from another one has a place to live."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CITIES = {
    "01": "Hà Nội", "31": "Hải Phòng", "46": "Huế", "48": "Đà Nẵng", "79": "Hồ Chí Minh",
    "92": "Cần Thơ",
}  # fmt: skip
PROVINCES = {
    "04": "Cao Bằng", "08": "Tuyên Quang", "11": "Điện Biên", "12": "Lai Châu", "14": "Sơn La",
    "15": "Lào Cai", "19": "Thái Nguyên", "20": "Lạng Sơn", "22": "Quảng Ninh", "24": "Bắc Ninh",
    "25": "Phú Thọ", "33": "Hưng Yên", "37": "Ninh Bình", "38": "Thanh Hóa", "40": "Nghệ An",
    "42": "Hà Tĩnh", "44": "Quảng Trị", "51": "Quảng Ngãi", "52": "Gia Lai", "56": "Khánh Hòa",
    "66": "Đắk Lắk", "68": "Lâm Đồng", "75": "Đồng Nai", "80": "Tây Ninh", "82": "Đồng Tháp",
    "86": "Vĩnh Long", "91": "An Giang", "96": "Cà Mau",
}  # fmt: skip


def add(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """By their codes (QĐ 19/2025/QĐ-TTg); what is there stays."""
    units = apps.get_model("org", "AdministrativeUnit")
    for kind, names in (("city", CITIES), ("province", PROVINCES)):
        for code, name in names.items():
            units.objects.get_or_create(
                code=code,
                defaults={
                    "name": name,
                    "kind": kind,
                    "province_code": code,
                    "valid_from": date(2025, 7, 1),
                },
            )


class Migration(migrations.Migration):
    dependencies = [("org", "0006_province_kinds")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
