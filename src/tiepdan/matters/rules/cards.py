"""What the QR code of an identity card says (thẻ căn cước công dân, thẻ căn cước); pure."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from tiepdan.common.folding import fold
from tiepdan.matters.rules.faults import NotValidError
from tiepdan.matters.rules.persons import normalise_name, validate_id_number, validate_name
from tiepdan.matters.states import Sex

FIELDS = 7
"""Number, old number, name, day of birth, sex, address, day of issue; newer cards add more."""

_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class Card:
    """An identity card as its QR code tells it; `birth_date` is None when only the year is known.

    The number of the older card and the parents' names are not kept: nobody needs them here.
    """

    id_number: str
    full_name: str
    birth_date: date | None
    birth_year: int | None
    sex: Sex | str
    address: str
    issued_on: date | None


def read_card(text: str) -> Card:
    """The card behind the text of its QR code; raises NotValidError when it is no such text.

    A scanner that types in a wrong character set spoils the letters: such a text is refused, since
    a wrong name on an official paper is worse than a name to be typed.
    """
    parts = [normalise_name(part) for part in text.split("|")]
    if len(parts) < FIELDS or not re.fullmatch(r"\d{12}", parts[0]):
        raise NotValidError("card", "Mã vừa quét không phải mã QR của thẻ căn cước.")
    number, _old, name, born, sex, address, issued, *_more = parts
    if "\ufffd" in text or "?" in name + address:
        raise NotValidError(
            "card", "Máy quét gửi sai dấu tiếng Việt: hãy quét bằng camera, hoặc gõ tay."
        )
    return Card(
        id_number=validate_id_number(number),
        full_name=validate_name(name),
        birth_date=_day(born),
        birth_year=int(born[4:]) if _DAY.fullmatch(born) else None,
        sex=_SEXES.get(fold(sex), ""),
        address=address,
        issued_on=_day(issued),
    )


def _day(text: str) -> date | None:
    """«05121958» as a day; None for what is no day, such as 00001958."""
    if found := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        with suppress(ValueError):
            return date(year, month, day)
    return None
