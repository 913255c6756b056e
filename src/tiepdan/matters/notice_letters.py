"""The papers of refusals, of what is not taken up, of what a citizen takes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tiepdan.accounts.models import User
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters.handling_letters import About, Words, citizen_of, issue_about, issue_handling
from tiepdan.matters.models import Filing
from tiepdan.matters.queries import latest_classification
from tiepdan.matters.states import FilingKind, RefusalGround
from tiepdan.org.models import Agency

RECEPTION_LAW = "Luật Tiếp công dân số 42/2013/QH13, sửa đổi, bổ sung bởi Luật số 136/2025/QH15"
GROUNDS: Mapping[RefusalGround, str] = {
    RefusalGround.INCAPABLE: (
        "Người đến trong tình trạng không làm chủ được hành vi (khoản 1 Điều 9 Luật Tiếp công dân)."
    ),
    RefusalGround.DISORDER: (
        "Người đến có hành vi đe dọa, xúc phạm hoặc vi phạm nội quy nơi tiếp công dân (khoản 2 "
        "Điều 9 Luật Tiếp công dân)."
    ),
    RefusalGround.OTHER: (
        "Trường hợp khác theo quy định của pháp luật (khoản 4 Điều 9 Luật Tiếp công dân)."
    ),
}
LAWS: Mapping[FilingKind, str] = {
    FilingKind.COMPLAINT: "Luật Khiếu nại số 02/2011/QH13, sửa đổi, bổ sung bởi Luật số "
    "136/2025/QH15",
    FilingKind.DENUNCIATION: "Luật Tố cáo số 25/2018/QH14, sửa đổi, bổ sung bởi Luật số "
    "136/2025/QH15",
}


def issue_refusal(
    *,
    filing: Filing,
    ground: RefusalGround,
    reason: str,
    issuer: Agency,
    by: User,
    at: datetime,
) -> Document:
    """Thông báo từ chối tiếp: by ground 3 TT 04/2021/TT-TTCP, Mẫu 01; else the same with its words.

    Luật Tiếp công dân, Điều 9: the reason is explained and reported to who is in charge.
    """
    settled = ground == RefusalGround.SETTLED
    kind = DocumentKind.RECEPTION_REFUSAL if settled else DocumentKind.COUNTER_REFUSAL
    return issue_handling(
        filing=filing,
        kind=kind,
        to=[citizen_of(filing)],
        words=Words([reason] if settled else [GROUNDS[ground], reason], bases=[RECEPTION_LAW]),
        by=by,
        at=at,
        issuer=issuer,
        signer=by,
    )


def issue_door_refusal(
    *,
    about: About,
    ground: RefusalGround,
    reason: str,
    issuer: Agency,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Document:
    """The same notice for somebody who is turned away before there is a filing.

    Raises IntegrityError when `key` has its notice.
    """
    to = [", ".join(part for part in (about.person["name"], about.person["address"]) if part)]
    return issue_about(
        about, kind=DocumentKind.COUNTER_REFUSAL, to=to,
        words=Words([GROUNDS[ground], reason], bases=[RECEPTION_LAW]), by=by, at=at,
        issuer=issuer, signer=by, key=key,
    )  # fmt: skip


def issue_non_acceptance(
    *,
    filing: Filing,
    reasons: Sequence[str],
    by: User,
    at: datetime,
    issuer: Agency,
    guidance: Sequence[str] = (),
) -> Document:
    """Thông báo không thụ lý, nêu rõ lý do (Luật Khiếu nại, Điều 27; Luật Tố cáo, Điều 24)."""
    words = Words(reasons, guidance, bases=_laws_of(filing))
    return issue_handling(
        filing=filing, kind=DocumentKind.NON_ACCEPTANCE, to=[citizen_of(filing)], words=words,
        by=by, at=at, issuer=issuer,
    )  # fmt: skip


def issue_withdrawal_record(
    *, filing: Filing, reason: str, issuer: Agency, by: User, at: datetime
) -> Document:
    """Biên bản ghi nhận việc rút đơn, which the citizen signs (Luật Khiếu nại, Điều 10)."""
    return issue_handling(
        filing=filing, kind=DocumentKind.WITHDRAWAL_RECORD, to=[],
        words=Words([reason], bases=[RECEPTION_LAW]), by=by, at=at, issuer=issuer, signer=by,
    )  # fmt: skip


def issue_discontinuance(*, filing: Filing, reason: str, by: User, at: datetime) -> Document:
    """Quyết định đình chỉ giải quyết of what was taken up and is taken back."""
    words = Words([reason], bases=_laws_of(filing))
    return issue_handling(
        filing=filing, kind=DocumentKind.DISCONTINUANCE, to=[], words=words, by=by, at=at
    )


def _laws_of(filing: Filing) -> list[str]:
    kind = FilingKind(latest_classification(filing).kind)
    return [LAWS[kind]] if kind in LAWS else [RECEPTION_LAW]
