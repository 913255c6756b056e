"""What makes a filing acceptable, and what may be received online; pure."""

import re
import unicodedata
from collections.abc import Sequence

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.states import Channel, FilingKind, ReceptionForm

ID = re.compile(r"[0-9]{12}")
OLD_ID = re.compile(r"[0-9]{9}")
OLDEST_BIRTH_YEAR = 1900
CENTURY_DIGITS = "0123"
"""Fourth digit of a personal number: century and sex, up to those born before 2100."""


class NotValidError(RuleRefusedError, ValueError):
    """What was typed cannot be right; a form shows the message beside the field."""


def normalise_name(text: str) -> str:
    """A name or line of text in NFC, with single spaces: equal names compare equal."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text as searching sees it: small letters without marks, đ as d."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


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


def validate_phone(text: str) -> str:
    """A Vietnamese telephone number as digits, or nothing; raises NotValidError."""
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^(\+84|0084)", "0", digits)
    if digits and not re.fullmatch(r"0[0-9]{9,10}", digits):
        raise NotValidError("phone", "Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0.")
    return digits


def check_channel(channel: Channel, allowed: Sequence[str]) -> None:
    """Refuse a way of registering that the province does not admit (QĐ 2193, mục III.3.1a)."""
    if channel not in allowed:
        raise RuleRefusedError(
            "registration_channel",
            "Hình thức đăng ký này chưa được chấp nhận. Hãy hướng dẫn công dân trình bày bằng đơn.",
            "QĐ 2193/QĐ-UBND, mục III.3.1a",
        )


def check_headcount(headcount: int) -> None:
    """Refuse a group of nobody."""
    if headcount < 1:
        raise NotValidError("headcount", "Số người phải từ 1 trở lên.")


def is_large_group(headcount: int, threshold: int) -> bool:
    """Whether it is a «đoàn đông người» (Luật Tiếp công dân, Điều 2 khoản 4: from 5 persons)."""
    return headcount >= threshold


def most_representatives(
    headcount: int, *, group_from: int, few: int, more_from: int, more: int
) -> int | None:
    """How many may speak for a group, each a member of it; None when the law says nothing.

    From 5 persons one or two, from 10 at most five (NĐ 124/2020/NĐ-CP). Groups of two to four
    are not regulated: no representative may be demanded of them.
    """
    if headcount < group_from:
        return None
    return more if headcount >= more_from else few


def may_be_online(
    kind: FilingKind, *, consent: bool, denunciation_allowed: bool, consent_needed: bool = True
) -> RuleRefusedError | None:
    """Why a filing may not be received online, or None when it may.

    Complaints, recommendations and feedback only (QĐ 748/QĐ-TTCP, Điều 4), and only when the
    citizen agrees (QĐ 2193/QĐ-UBND, mục III.2.1).
    """
    if kind == FilingKind.DENUNCIATION and not denunciation_allowed:
        return RuleRefusedError(
            "denunciation_online",
            "Tố cáo không được tiếp theo hình thức trực tuyến, để giữ bí mật người tố cáo.",
            "QĐ 748/QĐ-TTCP, Điều 4",
        )
    if consent_needed and not consent:
        return RuleRefusedError(
            "online_needs_consent",
            "Công dân chưa đồng ý tiếp trực tuyến. Hãy ghi nhận sự đồng ý trước, hoặc đề xuất "
            "tiếp trực tiếp.",
            "QĐ 2193/QĐ-UBND, mục III.2.1",
        )
    return None


def form_in_force(proposed: ReceptionForm, *, consent: bool) -> ReceptionForm:
    """The form a citizen is received in now: consent may be taken back until the turn starts."""
    return proposed if consent else ReceptionForm.IN_PERSON


def needs_text(rule: str, text: str, message: str, article: str = "") -> str:
    """The normalised text; raises NotValidError with `message` when there is none."""
    stripped = unicodedata.normalize("NFC", text).strip()
    if not stripped:
        raise NotValidError(rule, message, article)
    return stripped
