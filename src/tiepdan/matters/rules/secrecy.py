"""Words that would tell who denounced; pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tiepdan.common.folding import fold
from tiepdan.matters.rules.faults import NotValidError

_LONG_NUMBER = re.compile(r"(?<!\d)(?:\d[ .\-]?){9,12}(?!\d)")
BLACK = "█████"
_TITLES = frozenset(
    {"ong", "ba", "anh", "chi", "em", "co", "chu", "bac", "cu", "chau", "di", "thim", "mo"}
)
"""What stands before a name when somebody is called by it, without marks."""


def check_anonymous(field: str, text: str) -> None:
    """Refuse a text that holds what looks like a personal number or a telephone number.

    A denouncer's identity is not entered (Luật Tố cáo 25/2018/QH14, Điều 8).
    """
    if _LONG_NUMBER.search(text):
        raise NotValidError(
            field,
            "Nội dung có dãy số giống số căn cước hoặc số điện thoại: danh tính người tố cáo chỉ "
            "ghi trong sổ niêm phong.",
            "Luật Tố cáo 25/2018/QH14, Điều 8 và Điều 56",
        )


def check_without(field: str, text: str, secrets: Sequence[str]) -> None:
    """Refuse a text in which one of the secrets still stands, with or without marks."""
    folded = fold(text)
    if any(fold(secret) in folded for secret in secrets if secret.strip()):
        raise NotValidError(
            field,
            "Nội dung còn họ tên, số hoặc địa chỉ của người tố cáo: hãy bỏ đi rồi lưu.",
            "Luật Tố cáo 25/2018/QH14, Điều 8 và Điều 56",
        )
    if _called(text, secrets):
        raise NotValidError(
            field,
            "Nội dung còn gọi tên người tố cáo («{called}»): hãy bỏ đi. Nếu là người khác, hãy ghi "
            "đủ họ và tên người đó.",
            "Luật Tố cáo 25/2018/QH14, Điều 8 và Điều 56",
            called=text[slice(*_called(text, secrets)[0])],
        )


def blackened(text: str, secrets: Sequence[str]) -> str:
    """The text with each secret blotted out; marks, letters' case and spaces do not matter."""
    wanted = [[fold(word) for word, _start, _end in _words(secret)] for secret in secrets]
    words = _words(text)
    folded = [fold(word) for word, _start, _end in words]
    spans = [
        (words[at][1], words[at + len(secret) - 1][2])
        for secret in wanted
        if secret
        for at in range(len(folded) - len(secret) + 1)
        if folded[at : at + len(secret)] == secret
    ]
    spans = [*spans, *(one for one in _called(text, secrets) if not _overlaps(one, spans))]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + BLACK + text[end:]
    return text


def _called(text: str, secrets: Sequence[str]) -> list[tuple[int, int]]:
    """Where somebody is called by the last word of a name: «bà Yến», «ba Yen», not «bà yên»."""
    given = {fold(one.split()[-1]) for one in secrets if len(one.split()) > 1}
    words = _words(text)
    return [
        (title[1], name[2])
        for title, name in pairwise(words)
        if fold(title[0]) in _TITLES and fold(name[0]) in given and name[0][0].isupper()
    ]


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _words(text: str) -> list[tuple[str, int, int]]:
    """Each word or number with where it begins and ends."""
    return [(found[0], found.start(), found.end()) for found in re.finditer(r"\w+", text)]
