"""Several persons with one content; pure."""

from collections.abc import Iterable

from tiepdan.matters.rules.faults import NotValidError


def is_large_group(headcount: int, threshold: int) -> bool:
    """Whether it is a «đoàn đông người» (Luật Tiếp công dân, Điều 2 khoản 4: from 5 persons)."""
    return headcount >= threshold


def check_listed_once(numbers: Iterable[str]) -> None:
    """Raise NotValidError when one personal number stands twice in a group's list."""
    known = [number for number in ("".join(one.split()) for one in numbers) if number]
    if len(known) != len(set(known)):
        raise NotValidError("members", "Có một số căn cước ghi hai lần trong danh sách.")


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


def check_representatives(chosen: int, most: int | None) -> None:
    """Refuse more representatives than the law allows; raises NotValidError.

    `most` is None for groups of two to four, of whom no representative may be demanded and any
    number may speak (NĐ 124/2020/NĐ-CP).
    """
    if most is not None and chosen > most:
        raise NotValidError(
            "members",
            "Đoàn này chỉ được cử nhiều nhất {most} người đại diện.",
            "NĐ 124/2020/NĐ-CP",
            most=most,
        )
