"""What a person may be called, and their numbers; pure."""

import re
import unicodedata

from tiepdan.common.folding import fold
from tiepdan.matters.rules.faults import NotValidError

ID = re.compile(r"[0-9]{12}")
OLD_ID = re.compile(r"[0-9]{9}")
_COMMUNE = re.compile(r"\b(xa|phuong|dac khu|thi tran)\b")
OLDEST_BIRTH_YEAR = 1900
CENTURY_DIGITS = "0123"
"""Fourth digit of a personal number: century and sex, up to those born before 2100."""


def normalise_name(text: str) -> str:
    """A name or line of text in NFC, with single spaces: equal names compare equal."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def validate_name(text: str) -> str:
    """The normalised full name; raises NotValidError when it is empty or holds digits."""
    name = normalise_name(text)
    if len(name) < 2 or any(letter.isdigit() for letter in name):  # noqa: PLR2004 - «Y» is none
        raise NotValidError("full_name", "Hãy nhập đầy đủ họ và tên.")
    return name


def validate_id_number(text: str) -> str:
    """The 12 digits of a personal number (số định danh cá nhân, CCCD); shape only.

    There is no check digit, and the first three digits name a province of the old 63 (NĐ
    137/2015/NĐ-CP, Điều 13). Raises NotValidError; the old 9-digit card lost its validity at the
    end of 2024 (Luật Căn cước 26/2023/QH15, Điều 46).
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if OLD_ID.fullmatch(digits):
        raise NotValidError(
            "id_number",
            "Chứng minh nhân dân 9 số đã hết giá trị sử dụng. Hãy nhập số định danh cá nhân "
            "gồm 12 chữ số.",
            "Luật Căn cước 26/2023/QH15, Điều 46",
        )
    if not ID.fullmatch(digits):
        raise NotValidError(
            "id_number",
            "Số định danh cá nhân (CCCD) phải gồm đúng 12 chữ số, đã nhập {count}.",
            "Luật 136/2025/QH15",
            count=len(digits),
        )
    if digits[3] not in CENTURY_DIGITS or digits.startswith("000"):
        raise NotValidError(
            "id_number", "Số định danh cá nhân này không đúng cấu trúc. Hãy kiểm tra lại từng số."
        )
    return digits


def validate_birth_year(year: int | None, this_year: int) -> int | None:
    """The year when it is possible; raises NotValidError."""
    if year is not None and not OLDEST_BIRTH_YEAR <= year <= this_year:
        raise NotValidError(
            "birth_year",
            "Năm sinh phải từ {oldest} đến {latest}.",
            oldest=OLDEST_BIRTH_YEAR,
            latest=this_year,
        )
    return year


def check_far_address(text: str) -> None:
    """Refuse an address in another province without a commune: no table here knows it.

    Raises NotValidError.
    """
    if "," not in text and not _COMMUNE.search(fold(text)):
        raise NotValidError(
            "address", "Ở tỉnh khác: hãy ghi cả xã, phường vào địa chỉ, cách nhau bằng dấu phẩy."
        )


def validate_phone(text: str) -> str:
    """A Vietnamese telephone number as digits, or nothing; raises NotValidError."""
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^(\+84|0084)", "0", digits)
    if digits and not re.fullmatch(r"0[0-9]{9,10}", digits):
        raise NotValidError("phone", "Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0.")
    return digits
