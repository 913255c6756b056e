"""Who may act for another (TT 04/2021/TT-TTCP, Điều 6); pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tiepdan.matters.states import Capacity, ProofPaper

# What each capacity is proven with; one of each group is needed.
PROOFS: Mapping[Capacity, tuple[frozenset[ProofPaper], ...]] = {
    Capacity.ORGANISATION_HEAD: (
        frozenset({ProofPaper.INTRODUCTION, ProofPaper.APPOINTMENT}),
        frozenset({ProofPaper.IDENTITY}),
    ),
    Capacity.STATUTORY: (
        frozenset({ProofPaper.KINSHIP, ProofPaper.GUARDIANSHIP}),
        frozenset({ProofPaper.IDENTITY}),
    ),
    Capacity.AUTHORISED: (
        frozenset({ProofPaper.AUTHORISATION}),
        frozenset({ProofPaper.IDENTITY}),
    ),
    Capacity.LAWYER: (
        frozenset({ProofPaper.LAWYER_CARD}),
        frozenset({ProofPaper.REQUEST}),
    ),
    Capacity.LEGAL_AID: (
        frozenset({ProofPaper.AID_CARD}),
        frozenset({ProofPaper.ASSIGNMENT}),
    ),
}


@dataclass(frozen=True)
class Shown:
    """What somebody shows who acts for another, on the day of looking."""

    capacity: Capacity
    papers: frozenset[ProofPaper]
    certified: bool = False
    paper_date: date | None = None
    valid_until: date | None = None
    scope: str = ""


def objections(
    shown: Shown, *, today: date, others_authorised: int, most_authorised: int
) -> list[str]:
    """Why the capacity is not lawful, in words; none when it is.

    `others_authorised`: how many hold an authorisation for the same content already; one content
    is not authorised to several (NĐ 124/2020/NĐ-CP, Điều 5 khoản 3).
    """
    found = list(_missing(shown.capacity, shown.papers))
    if shown.capacity == Capacity.AUTHORISED:
        if not shown.certified:
            found.append("Giấy ủy quyền chưa được công chứng hoặc chứng thực.")
        if not shown.scope.strip():
            found.append("Giấy ủy quyền không ghi rõ nội dung, phạm vi ủy quyền.")
        if others_authorised >= most_authorised:
            found.append("Nội dung này đã được ủy quyền cho người khác.")
    if shown.paper_date and shown.paper_date > today:
        found.append("Giấy tờ ghi ngày ở sau hôm nay.")
    if shown.valid_until and shown.valid_until < today:
        found.append("Giấy tờ đã hết thời hạn.")
    return found


def _missing(capacity: Capacity, papers: frozenset[ProofPaper]) -> Iterable[str]:
    for group in PROOFS[capacity]:
        if not group & papers:
            names = " hoặc ".join(sorted(str(paper.label).lower() for paper in group))
            yield f"Thiếu {names}."
