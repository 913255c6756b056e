"""The papers of what is done with a filing: one for each outcome but the chairman's list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import override

from tiepdan.accounts.models import Role, User
from tiepdan.accounts.queries import people_with, signature_of
from tiepdan.common import clock
from tiepdan.documents.actions import draft_and_issue
from tiepdan.documents.contexts import Person
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters.letters import BASES, contact_of, person_of
from tiepdan.matters.models import Filing
from tiepdan.matters.states import FilingKind, Outcome
from tiepdan.org.models import Agency, AgencyKind
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
    Outcome.NOT_ACCEPTED: DocumentKind.NON_ACCEPTANCE,
}
BY_HEAD = frozenset(
    {DocumentKind.RECEPTION_REFUSAL, DocumentKind.DESTRUCTION, DocumentKind.DISCONTINUANCE}
)
TO_CITIZEN = frozenset({Outcome.GUIDED, Outcome.RETURNED, Outcome.REFUSED, Outcome.NOT_ACCEPTED})
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
    DocumentKind.COUNTER_REFUSAL: "Từ chối tiếp công dân",
    DocumentKind.NON_ACCEPTANCE: "Không thụ lý đơn",
    DocumentKind.WITHDRAWAL_RECORD: "Công dân rút đơn",
    DocumentKind.DISCONTINUANCE: "Đình chỉ giải quyết đơn do công dân rút đơn",
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
    bases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class About:
    """Whose and which filing a paper is about, or would have been."""

    person: Person
    on: date
    abstract: str
    kind: str = ""


def issue_outcome(
    *, filing: Filing, outcome: Outcome, words: Words, by: User, at: datetime
) -> Document:
    """The paper of an outcome (TT 04/2021/TT-TTCP, Mẫu 01, 04, 06, 08, 10; TT 05/2021/TT-TTCP)."""
    kind = KIND_OF[outcome]
    if outcome == Outcome.TRANSFERRED and filing.identity_protected:
        kind = DocumentKind.DENUNCIATION_TRANSFER
    to = [citizen_of(filing)] if outcome in TO_CITIZEN else [words.body or HEAD]
    to = [words.sender] if words.sender else to
    return issue_handling(filing=filing, kind=kind, to=to, words=words, by=by, at=at)


def citizen_of(filing: Filing) -> str:
    """The citizen as a letter is addressed: name and address, of a denunciation the pseudonym."""
    person = person_of(filing)
    return ", ".join(part for part in (person["name"], person["address"]) if part)


def issue_urging_letter(
    *, filing: Filing, body: Agency, due_on: date, number: int, by: User, at: datetime
) -> Document:
    """Công văn đôn đốc (TT 04/2021/TT-TTCP, Mẫu 09): the `number`-th one to an overdue body."""
    again = [f"Đây là lần đôn đốc thứ {number}."] if number > 1 else []
    words = Words(reasons=again, body=body.name, due_on=due_on)
    return issue_handling(
        filing=filing, kind=DocumentKind.URGING, to=[body.name], words=words, by=by, at=at
    )


def issue_handling(
    *,
    filing: Filing,
    kind: DocumentKind,
    to: list[str],
    words: Words,
    by: User,
    at: datetime,
    issuer: Agency | None = None,
    signer: User | None = None,
) -> Document:
    """One of these papers, signed by who has the power, numbered and issued."""
    with override("vi"):
        about = About(
            person_of(filing), clock.day_of(filing.received_at), filing.shown_subject,
            _kind_of(filing),
        )  # fmt: skip
    return issue_about(
        about, kind=kind, to=to, words=words, by=by, at=at, issuer=issuer, signer=signer
    )


@override("vi")
def issue_about(
    about: About,
    *,
    kind: DocumentKind,
    to: list[str],
    words: Words,
    by: User,
    at: datetime,
    issuer: Agency | None = None,
    signer: User | None = None,
    key: UUID | None = None,
) -> Document:
    """The same of somebody of whom there is no filing; IntegrityError when `key` has its paper."""
    if issuer is None:
        issuer = province_committee() if kind in BY_HEAD else reception_board()
    role = Role.CHAIR if issuer.kind == AgencyKind.PROVINCE_COMMITTEE else Role.BOARD_HEAD
    signer = signer or people_with(role, issuer).first() or by
    context: HandlingContext = {
        "letterhead": letterhead(issuer),
        "signature": signature_of(signer),
        "recipients": _recipients(to),
        "archive": "VT, BTCD",
        "addressees": to,
        "petitioner": about.person,
        "filed_on": about.on.isoformat(),
        "filing_kind": about.kind,
        "abstract": about.abstract,
        "bases": _bases(kind, words),
        "reasons": _lines(words.reasons),
        "guidance": _lines(words.guidance),
        "body": words.body,
        "papers": _lines(words.papers),
        "due_on": words.due_on.isoformat() if words.due_on else "",
        "contact": contact_of(reception_board()),
    }
    return draft_and_issue(
        kind=kind, issuer=issuer.code, title=TITLES[kind], context=context, by=by, at=at, key=key
    )


def _recipients(to: list[str]) -> list[str]:
    """Whom it is addressed to, else the citizen; and the head, to whom it is reported."""
    return ["Như trên" if to else "Công dân", f"{HEAD} (để báo cáo)"]


def _bases(kind: DocumentKind, words: Words) -> list[str]:
    """The acts it rests on; a letter says «Căn cứ» once, in its sentence."""
    bases = [*words.bases] or HANDLING_BASES
    return bases if kind == DocumentKind.FILING_RETURN else [f"Căn cứ {base}" for base in bases]


def _kind_of(filing: Filing) -> str:
    """What it is by its content; a citizen may be refused or change their mind before that."""
    found = filing.classifications.last()
    return FilingKind(found.kind).label.lower() if found else ""


def _lines(texts: Sequence[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]
