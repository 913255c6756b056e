"""Reading a Vietnamese address from its end: province, district, commune; pure.

Identity cards print the three levels of before 1 July 2025 or today's two, with the kind of a unit
(xã, huyện, tỉnh) or without, in full or shortened.
"""

import re
from dataclasses import dataclass

from tiepdan.common.folding import fold

_KINDS = (
    re.compile(r"^(xa|phuong|thi tran|dac khu|tt\.?|x\.|p\.)\s*(?=\S)"),
    re.compile(r"^(huyen|quan|thi xa|thanh pho|tp\.?|tx\.?|h\.|q\.)\s*(?=\S)"),
    re.compile(r"^(tinh|thanh pho|tp\.?|t\.)\s*(?=\S)"),
)
_SHORT = {"tt": "thi tran", "x": "xa", "p": "phuong"}
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of an address: what stands before the commune, and how to look it up.

    `district` is empty in today's two levels; `kind` is the folded kind of the commune when the
    address names it («xa», «phuong», «thi tran»).
    """

    detail: str
    commune: str
    district: str
    province: str
    kind: str

    @property
    def key(self) -> str:
        """The place as `place_key` makes it."""
        return place_key(self.province, self.district, self.commune)


def place_key(province: str, district: str, commune: str) -> str:
    """The place without marks, kinds of units or points: «lang son/trang dinh/dai dong»."""
    return "/".join((_bare(province, 2), _bare(district, 1), _bare(commune, 0)))


def bare_province(name: str) -> str:
    """A province's name without marks, kind or points: «TP. Hồ Chí Minh» is «ho chi minh»."""
    return _bare(name, 2)


def province_of(address: str) -> tuple[str, str]:
    """The address parted into what stands before its last part, and that one."""
    parts = _parts(address)
    return ", ".join(parts[:-1]), parts[-1] if parts else ""


def kind_of(commune: str) -> str:
    """The folded kind a commune's name begins with; empty when it names none."""
    found = _KINDS[0].match(fold(commune))
    word = found[1].rstrip(".") if found else ""
    return _SHORT.get(word, word)


def before_2025(address: str) -> Place | None:
    """The address read as commune, district, province; None when it has fewer parts."""
    parts = _parts(address)
    if len(parts) < 3:  # noqa: PLR2004 - the three levels
        return None
    *detail, commune, district, province = parts
    return Place(", ".join(detail), commune, district, province, kind_of(commune))


def since_2025(address: str) -> Place | None:
    """The address read as commune, province; None when it has fewer parts."""
    parts = _parts(address)
    if len(parts) < 2:  # noqa: PLR2004 - the two levels
        return None
    *detail, commune, province = parts
    return Place(", ".join(detail), commune, "", province, kind_of(commune))


def _parts(address: str) -> list[str]:
    return [" ".join(part.split()) for part in address.split(",") if part.strip()]


def _bare(name: str, level: int) -> str:
    letters = _KINDS[level].sub("", fold(name))
    words = _NOT_LETTERS.sub(" ", letters).split()
    return " ".join(word.lstrip("0") or word for word in words)
