"""What may be done with a filing, by what it is and whose it is to settle; pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.states import (
    Competence,
    FilingKind,
    MissingCondition,
    Outcome,
    SettledBefore,
)

_TT05 = "TT 05/2021/TT-TTCP"
_ARTICLES: Mapping[Outcome, str] = {
    Outcome.PROPOSED: "QĐ 2193/QĐ-UBND, mục III.3.1b",
    Outcome.DECLINED: "QĐ 2193/QĐ-UBND, mục III.3.1b",
    Outcome.ACCEPTANCE: "Luật Khiếu nại, Điều 27; Luật Tố cáo, Điều 29",
    Outcome.GUIDED: f"{_TT05} (hướng dẫn chỉ thực hiện một lần)",
    Outcome.TRANSFERRED: "Luật Tố cáo, Điều 24; " + _TT05,
    Outcome.RETURNED: f"{_TT05} (trả lại đơn)",
    Outcome.SHELVED: f"{_TT05}, Điều 28",
    Outcome.REFUSED: "Luật Tiếp công dân, Điều 9 khoản 3",
    Outcome.SPLIT: f"{_TT05}, Điều 6 khoản 1 điểm d",
    Outcome.NOT_ACCEPTED: "Luật Khiếu nại, Điều 11 và 27; Luật Tố cáo, Điều 24 và 29",
}
CHAIRS = frozenset({Competence.OWN, Competence.SUBORDINATE})
"""What the chairman settles or directs."""
_FINAL = frozenset({SettledBefore.SECOND, SettledBefore.COURT})
"""After which no complaint is taken up again (Luật Khiếu nại, Điều 11)."""


@dataclass(frozen=True)
class Facts:
    """What the board found a filing to be; `handled_before`: guided or transferred already."""

    kind: FilingKind
    competence: Competence
    missing: Sequence[MissingCondition] = ()
    handled_before: bool = False
    settled_before: SettledBefore = SettledBefore.NO


def article_of(outcome: Outcome) -> str:
    """The article an outcome rests on."""
    return _ARTICLES[outcome]


def admitted(facts: Facts) -> frozenset[Outcome]:
    """The outcomes the law admits for such a filing (TT 05/2021/TT-TTCP; QĐ 2193/QĐ-UBND).

    Each filing here asks to meet the chairman, so the reasoned reply is always possible.
    """
    return frozenset(outcome for outcome in Outcome if why_not(outcome, facts) is None)


def why_not(outcome: Outcome, facts: Facts) -> RuleRefusedError | None:
    """What forbids the outcome, with its article; None when it is admitted."""
    object_to = _OBJECTIONS.get(outcome)
    words = object_to(facts) if object_to else ""
    return RuleRefusedError("outcome", words, _ARTICLES[outcome]) if words else None


def _not_proposable(facts: Facts) -> str:
    if facts.competence in CHAIRS:
        return ""
    return (
        "Vụ việc không thuộc thẩm quyền giải quyết hoặc chỉ đạo giải quyết của Chủ tịch: "
        "hãy trả lời, hướng dẫn công dân bằng văn bản."
    )


def _not_acceptable(facts: Facts) -> str:
    if facts.kind not in {FilingKind.COMPLAINT, FilingKind.DENUNCIATION}:
        return "Chỉ thụ lý khiếu nại, tố cáo; kiến nghị, phản ánh thì xem xét, giao giải quyết."
    if facts.competence != Competence.OWN:
        return "Chỉ đề xuất thụ lý đơn thuộc thẩm quyền giải quyết của Chủ tịch."
    return "Đơn chưa đủ điều kiện thụ lý." if facts.missing else ""


def _not_deniable(facts: Facts) -> str:
    if facts.kind not in {FilingKind.COMPLAINT, FilingKind.DENUNCIATION}:
        return "Chỉ thông báo không thụ lý đối với khiếu nại, tố cáo."
    if facts.competence != Competence.OWN:
        return "Đơn không thuộc thẩm quyền thì hướng dẫn hoặc chuyển đơn."
    if facts.missing or facts.handled_before or facts.settled_before in _FINAL:
        return ""
    return "Đơn thuộc thẩm quyền và đủ điều kiện thì đề xuất thụ lý; người đứng đầu quyết định."


def _not_guidable(facts: Facts) -> str:
    if facts.handled_before:
        return "Cùng nội dung này đã được hướng dẫn; việc hướng dẫn chỉ thực hiện một lần."
    if facts.kind == FilingKind.DENUNCIATION:
        return "Tố cáo không thuộc thẩm quyền thì chuyển đơn, không hướng dẫn."
    if facts.competence in CHAIRS and not facts.missing and facts.kind != FilingKind.MIXED:
        return "Đơn thuộc thẩm quyền và đủ điều kiện, không phải hướng dẫn."
    return ""


def _not_transferable(facts: Facts) -> str:
    if facts.kind in {FilingKind.COMPLAINT, FilingKind.MIXED}:
        return "Khiếu nại không thuộc thẩm quyền thì hướng dẫn công dân, không chuyển đơn."
    if facts.handled_before:
        return "Cùng nội dung này đã được chuyển; việc chuyển đơn chỉ thực hiện một lần."
    if facts.competence in CHAIRS:
        return "Đơn thuộc thẩm quyền, không chuyển đi."
    return "Đơn không đủ điều kiện thì lưu đơn." if facts.missing else ""


def _not_returnable(facts: Facts) -> str:
    if facts.competence in CHAIRS and not facts.missing:
        return "Đơn thuộc thẩm quyền và đủ điều kiện, không có căn cứ trả lại."
    return ""


def _not_shelvable(facts: Facts) -> str:
    if facts.missing or facts.handled_before:
        return ""
    return "Chỉ lưu đơn không đủ điều kiện, hoặc đã được xử lý về cùng nội dung."


def _not_refusable(facts: Facts) -> str:
    if facts.settled_before != SettledBefore.NO:
        return ""
    return "Chỉ từ chối tiếp vụ việc đã được giải quyết đúng, đã rà soát và thông báo."


def _not_divisible(facts: Facts) -> str:
    return "" if facts.kind == FilingKind.MIXED else "Chỉ tách đơn có nhiều nội dung khác nhau."


_OBJECTIONS: Mapping[Outcome, Callable[[Facts], str]] = {
    Outcome.PROPOSED: _not_proposable,
    Outcome.ACCEPTANCE: _not_acceptable,
    Outcome.GUIDED: _not_guidable,
    Outcome.TRANSFERRED: _not_transferable,
    Outcome.RETURNED: _not_returnable,
    Outcome.SHELVED: _not_shelvable,
    Outcome.REFUSED: _not_refusable,
    Outcome.SPLIT: _not_divisible,
    Outcome.NOT_ACCEPTED: _not_deniable,
}
