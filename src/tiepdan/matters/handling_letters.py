"""The papers of what is done with a filing: one for each outcome but the chairman's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import override

from tiepdan.accounts.models import Role, User
from tiepdan.accounts.queries import people_with, signature_of
from tiepdan.common import clock
from tiepdan.documents.actions import draft_and_issue
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters.letters import BASES, contact_of, person_of
from tiepdan.matters.models import Filing
from tiepdan.matters.queries import latest_classification
from tiepdan.matters.states import FilingKind, Outcome
from tiepdan.org.models import Agency
from tiepdan.org.queries import letterhead, province_committee, reception_board

if TYPE_CHECKING:
    from tiepdan.documents.contexts import HandlingContext

HANDLING_BASES = [*BASES, "Thông tư số 05/2021/TT-TTCP ngày 01 tháng 10 năm 2021"]
HEAD = "Chủ tịch Ủy ban nhân dân tỉnh"
KIND_OF: Mapping[Outcome, DocumentKind] = {
    Outcome.ACCEPTANCE: DocumentKind.ACCEPTANCE_PROPOSAL,
    Outcome.GUIDED: DocumentKind.GUIDANCE,
    Outcome.TRANSFERRED: DocumentKind.TRANSFER,
    Outcome.RETURNED: DocumentKind.FILING_RETURN,
    Outcome.SHELVED: DocumentKind.SHELVING,
    Outcome.REFUSED: DocumentKind.RECEPTION_REFUSAL,
}
TITLES: Mapping[DocumentKind, str] = {
    DocumentKind.ACCEPTANCE_PROPOSAL: "Đề xuất thụ lý đơn",
    DocumentKind.GUIDANCE: "Hướng dẫn gửi đơn đến cơ quan có thẩm quyền",
    DocumentKind.TRANSFER: "Chuyển đơn kiến nghị, phản ánh",
    DocumentKind.DENUNCIATION_TRANSFER: "Chuyển đơn tố cáo",
    DocumentKind.FILING_RETURN: "Trả lại đơn",
    DocumentKind.SHELVING: "Đề xuất lưu đơn không đủ điều kiện xử lý",
    DocumentKind.RECEPTION_REFUSAL: "Từ chối tiếp công dân",
    DocumentKind.URGING: "Đôn đốc giải quyết đơn của công dân",
    DocumentKind.DESTRUCTION: "Tiêu hủy đơn đã hết thời hạn lưu",
}


@dataclass(frozen=True)
class Words:
    """What an official adds to such a paper; lists are paragraphs."""

    reasons: Sequence[str]
    guidance: Sequence[str] = ()
    body: str = ""
    papers: Sequence[str] = ()
    due_on: date | None = None
    sender: str = ""


def issue_outcome(
    *, filing: Filing, outcome: Outcome, words: Words, by: User, at: datetime
) -> Document:
    """The paper of an outcome (TT 04/2021/TT-TTCP, Mẫu 01, 04, 06, 08, 10; TT 05/2021/TT-TTCP)."""
    kind = KIND_OF[outcome]
    if outcome == Outcome.TRANSFERRED and filing.identity_protected:
        kind = DocumentKind.DENUNCIATION_TRANSFER
    to_citizen = outcome in {Outcome.GUIDED, Outcome.RETURNED, Outcome.REFUSED}
    person = person_of(filing)
    citizen = f"{person['name']}, {person['address']}" if person["address"] else person["name"]
    to = [citizen] if to_citizen else [words.body or HEAD]
    to = [words.sender] if words.sender else to
    return issue_handling(filing=filing, kind=kind, to=to, words=words, by=by, at=at)


def issue_urging_letter(
    *, filing: Filing, body: Agency, due_on: date, number: int, by: User, at: datetime
) -> Document:
    """Công văn đôn đốc (TT 04/2021/TT-TTCP, Mẫu 09): the `number`-th one to an overdue body."""
    again = [f"Đây là lần đôn đốc thứ {number}."] if number > 1 else []
    words = Words(reasons=again, body=body.name, due_on=due_on)
    return issue_handling(
        filing=filing, kind=DocumentKind.URGING, to=[body.name], words=words, by=by, at=at
    )


@override("vi")
def issue_handling(
    *, filing: Filing, kind: DocumentKind, to: list[str], words: Words, by: User, at: datetime
) -> Document:
    """One of these papers, signed by who has the power, numbered and issued."""
    by_head = kind in {DocumentKind.RECEPTION_REFUSAL, DocumentKind.DESTRUCTION}
    issuer = province_committee() if by_head else reception_board()
    role = Role.CHAIR if by_head else Role.BOARD_HEAD
    context: HandlingContext = {
        "letterhead": letterhead(issuer),
        "signature": signature_of(people_with(role, issuer).first() or by),
        "recipients": ["Như trên", f"{HEAD} (để báo cáo)"],
        "archive": "VT, BTCD",
        "addressees": to,
        "petitioner": person_of(filing),
        "filed_on": clock.day_of(filing.received_at).isoformat(),
        "filing_kind": FilingKind(latest_classification(filing).kind).label.lower(),
        "abstract": filing.shown_subject,
        "bases": HANDLING_BASES,
        "reasons": _lines(words.reasons),
        "guidance": _lines(words.guidance),
        "body": words.body,
        "papers": _lines(words.papers),
        "due_on": words.due_on.isoformat() if words.due_on else "",
        "contact": contact_of(reception_board()),
    }
    return draft_and_issue(
        kind=kind, issuer=issuer.code, title=TITLES[kind], context=context, by=by, at=at
    )


def _lines(texts: Sequence[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]
