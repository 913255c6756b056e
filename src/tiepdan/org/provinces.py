"""The 34 provincial units since 1 July 2025, and which earlier ones they took over; pure.

Codes: QĐ 19/2025/QĐ-TTg. Mergers: NQ 202/2025/QH15.
"""

from collections.abc import Mapping
from datetime import date

from tiepdan.org.addresses import bare_province

SINCE = date(2025, 7, 1)
CITIES: Mapping[str, str] = {
    "01": "Hà Nội", "31": "Hải Phòng", "46": "Huế", "48": "Đà Nẵng", "79": "Hồ Chí Minh",
    "92": "Cần Thơ",
}  # fmt: skip
PROVINCES: Mapping[str, str] = {
    "04": "Cao Bằng", "08": "Tuyên Quang", "11": "Điện Biên", "12": "Lai Châu", "14": "Sơn La",
    "15": "Lào Cai", "19": "Thái Nguyên", "20": "Lạng Sơn", "22": "Quảng Ninh", "24": "Bắc Ninh",
    "25": "Phú Thọ", "33": "Hưng Yên", "37": "Ninh Bình", "38": "Thanh Hóa", "40": "Nghệ An",
    "42": "Hà Tĩnh", "44": "Quảng Trị", "51": "Quảng Ngãi", "52": "Gia Lai", "56": "Khánh Hòa",
    "66": "Đắk Lắk", "68": "Lâm Đồng", "75": "Đồng Nai", "80": "Tây Ninh", "82": "Đồng Tháp",
    "86": "Vĩnh Long", "91": "An Giang", "96": "Cà Mau",
}  # fmt: skip
MERGED: Mapping[str, str] = {
    "Hà Giang": "08", "Yên Bái": "15", "Bắc Kạn": "19", "Bắc Giang": "24", "Vĩnh Phúc": "25",
    "Hòa Bình": "25", "Hải Dương": "31", "Thái Bình": "33", "Hà Nam": "37", "Nam Định": "37",
    "Quảng Bình": "44", "Thừa Thiên Huế": "46", "Quảng Nam": "48", "Kon Tum": "51",
    "Bình Định": "52", "Ninh Thuận": "56", "Phú Yên": "66", "Đắk Nông": "68", "Bình Thuận": "68",
    "Bình Phước": "75", "Bình Dương": "79", "Bà Rịa - Vũng Tàu": "79", "Long An": "80",
    "Tiền Giang": "82", "Bến Tre": "86", "Trà Vinh": "86", "Kiên Giang": "91", "Hậu Giang": "92",
    "Sóc Trăng": "92", "Bạc Liêu": "96",
}  # fmt: skip
"""Names that are no more, with the code of the unit they went to."""

_TODAY = {bare_province(name): code for code, name in {**CITIES, **PROVINCES}.items()}
_BEFORE = {bare_province(name): (code, name) for name, code in MERGED.items()}


def province_named(text: str) -> tuple[str, str]:
    """The code of the province a text names, and its former name when it has another one now.

    Both empty when it names none: «tỉnh Bắc Giang» is («24», «Bắc Giang»).
    """
    key = bare_province(text)
    if key in _TODAY:
        return _TODAY[key], ""
    return _BEFORE.get(key, ("", ""))
