"""The papers of intake: the receipt and the reasoned reply."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext_noop, override

from tiepdan.accounts.models import Role, User
from tiepdan.accounts.queries import people_with, signature_of
from tiepdan.common import clock
from tiepdan.documents.actions import draft_and_issue
from tiepdan.documents.contexts import PaperItem, Person, ReasonedReplyContext, ReceiptContext
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters.models import Filing
from tiepdan.matters.rules import needs_text
from tiepdan.org.models import Agency
from tiepdan.org.queries import letterhead, reception_board

UNCLASSIFIED = "Đề nghị được Chủ tịch tiếp, chờ phân loại"
BASES = ["Luật Tiếp công dân số 42/2013/QH13, sửa đổi, bổ sung bởi Luật số 136/2025/QH15"]


def tracking_url(filing: Filing) -> str:
    """Where the citizen follows the filing; stands in the receipt's QR code."""
    return f"{settings.PUBLIC_URL}/tra-cuu/?{urlencode({'ma': filing.tracking_code})}"


def person_of(filing: Filing) -> Person:
    """The citizen as documents name them: of a denunciation the pseudonym and nothing else.

    Luật Tố cáo 25/2018/QH14, Điều 56.
    """
    if filing.identity_protected:
        return {"name": filing.shown_name, "identity_number": "", "address": "", "phone": ""}
    petitioner = filing.petitioner
    return {
        "name": petitioner.full_name,
        "identity_number": petitioner.id_number,
        "address": f"{petitioner.address}, {petitioner.commune.full_name}",
        "phone": petitioner.phone,
    }


def person_with_speakers(filing: Filing) -> Person:
    """The citizen with whoever may speak for them: «…, người đại diện: …».

    For papers that call somebody or tell who was heard (TT 04/2021/TT-TTCP, Điều 6).
    """
    person, speakers = person_of(filing), filing.speakers
    if speakers:
        person["name"] += f", người đại diện: {', '.join(speakers)}"
    return person


def contact_of(agency: Agency) -> str:
    """Whom to ask: «Ban Tiếp công dân tỉnh, điện thoại …»."""
    return f"{agency.name}, điện thoại {agency.phone}" if agency.phone else agency.name


@override("vi")
def issue_receipt(
    *, filing: Filing, digits: str, online: bool, papers: list[PaperItem]
) -> Document:
    """Giấy biên nhận (TT 04/2021/TT-TTCP, Mẫu 02) with tracking code and check digits."""
    return draft_and_issue(
        kind=DocumentKind.RECEIPT,
        issuer=filing.received_at_agency.code,
        title=f"Tiếp nhận đăng ký tiếp công dân, mã {filing.tracking_code}",
        context=receipt_context(filing=filing, digits=digits, online=online, papers=papers),
        by=_receiver(filing),
        at=filing.received_at,
    )


def receipt_context(
    *, filing: Filing, digits: str, online: bool, papers: list[PaperItem]
) -> ReceiptContext:
    """What the receipt says; of a denunciation the pseudonym and nothing of its author."""
    agency, by = filing.received_at_agency, _receiver(filing)
    return {
        "letterhead": letterhead(agency),
        "signature": signature_of(by),
        "recipients": ["Công dân", "Ban Tiếp công dân tỉnh"],
        "archive": "VT",
        "received_at": filing.received_at.isoformat(),
        "place": agency.name,
        "officer_name": by.full_name,
        "officer_title": by.title,
        "petitioner": person_of(filing),
        "group_size": filing.headcount,
        "filing_kind": UNCLASSIFIED,
        "channel": filing.get_channel_display(),
        "abstract": filing.shown_subject,
        "wishes_online": online,
        "papers": papers,
        "tracking_code": filing.tracking_code,
        "check_digits": digits,
        "tracking_url": tracking_url(filing),
    }


def _receiver(filing: Filing) -> User:
    """Who took it in; for what was registered online the board's head signs."""
    by = filing.received_by or people_with(Role.BOARD_HEAD, reception_board()).first()
    if by is None:
        raise LookupError("nobody may sign for what was registered online")
    return by


@override("vi")
def issue_reply(
    *,
    filing: Filing,
    reasons: Sequence[str],
    guidance: Sequence[str],
    by: User,
    at: datetime,
) -> Document:
    """Công văn trả lời, hướng dẫn công dân, nêu rõ lý do (QĐ 2193/QĐ-UBND, mục III.3.1b).

    Signed by the board's head, or by `by` when the post is empty. Raises NotValidError when no
    reason is given.
    """
    stated = [reason.strip() for reason in reasons if reason.strip()]
    needs_text(
        "reasoned_reply",
        " ".join(stated),
        gettext_noop("Hãy nêu lý do: công dân phải được trả lời bằng văn bản, nêu rõ lý do."),
        "QĐ 2193/QĐ-UBND, mục III.3.1b",
    )
    board = reception_board()
    person = person_of(filing)
    context: ReasonedReplyContext = {
        "letterhead": letterhead(board),
        "signature": signature_of(people_with(Role.BOARD_HEAD, board).first() or by),
        "recipients": ["Như trên", "Chủ tịch Ủy ban nhân dân tỉnh (để báo cáo)"],
        "archive": "VT, BTCD",
        "addressees": [", ".join(part for part in (person["name"], person["address"]) if part)],
        "petitioner": person,
        "filed_on": clock.day_of(filing.received_at).isoformat(),
        "abstract": filing.shown_subject,
        "bases": BASES,
        "reasons": stated,
        "guidance": [step.strip() for step in guidance if step.strip()],
        "contact": contact_of(board),
    }
    return draft_and_issue(
        kind=DocumentKind.REASONED_REPLY,
        issuer=board.code,
        title="Trả lời đề nghị được Chủ tịch Ủy ban nhân dân tỉnh tiếp",
        context=context,
        by=by,
        at=at,
    )
