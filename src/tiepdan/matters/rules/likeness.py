"""Whether two descriptions may be one human being, and why; pure."""

from dataclasses import dataclass, field

from tiepdan.common.folding import fold


@dataclass(frozen=True)
class Described:
    """What is known of somebody."""

    full_name: str
    id_number: str = ""
    birth_year: int | None = None
    phone: str = ""
    commune: str = ""


@dataclass(frozen=True)
class Likeness:
    """`certain`: the same number and name; `warning`: the number is another's. Reasons in words."""

    certain: bool = False
    warning: bool = False
    reasons: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is any reason to look."""
        return bool(self.reasons)


def compare_people(one: Described, other: Described) -> Likeness:
    """How alike two descriptions are; anything less than certain is for a person to decide.

    The same number under another name is a slip of the keyboard or somebody else's card.
    """
    same_name = fold(one.full_name) == fold(other.full_name)
    if one.id_number and one.id_number == other.id_number:
        if same_name:
            return Likeness(certain=True, reasons=["cùng số căn cước, cùng họ tên"])
        return Likeness(warning=True, reasons=["cùng số căn cước nhưng khác họ tên"])
    if one.id_number and other.id_number and not same_name:
        return _by_telephone(one, other)
    reasons = []
    if same_name:
        years = bool(one.birth_year) and one.birth_year == other.birth_year
        places = bool(one.commune) and one.commune == other.commune
        same = [word for word, holds in (("năm sinh", years), ("xã", places)) if holds]
        if same or not (one.birth_year or one.commune):
            reasons.append("cùng " + ", ".join(["họ tên", *same]))
    reasons += _by_telephone(one, other).reasons
    return Likeness(reasons=reasons)


def _by_telephone(one: Described, other: Described) -> Likeness:
    same = bool(one.phone) and one.phone == other.phone
    return Likeness(reasons=["cùng số điện thoại"] if same else [])
