"""The kinds of documents, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_type_hints

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tiepdan.documents import contexts


class DocumentKind(TextChoices):
    """What a document is (loại văn bản)."""

    RECEIPT = "receipt", _("Giấy biên nhận")
    REASONED_REPLY = "reasoned_reply", _("Công văn trả lời")
    INVITATION = "invitation", _("Giấy mời")
    CITIZEN_APPOINTMENT = "citizen_appointment", _("Phiếu hẹn")
    PROPOSAL_LIST = "proposal_list", _("Tờ trình danh sách")
    SCHEDULE_NOTICE = "schedule_notice", _("Thông báo lịch tiếp công dân")
    MINUTES = "minutes", _("Biên bản tiếp công dân")
    RESULT_NOTICE = "result_notice", _("Thông báo kết quả tiếp công dân")
    GUIDANCE = "guidance", _("Phiếu hướng dẫn")
    DENUNCIATION_TRANSFER = "denunciation_transfer", _("Phiếu chuyển đơn tố cáo")
    TRANSFER = "transfer", _("Phiếu chuyển đơn kiến nghị, phản ánh")
    FILING_RETURN = "filing_return", _("Công văn trả lại đơn")
    ACCEPTANCE_PROPOSAL = "acceptance_proposal", _("Phiếu đề xuất thụ lý đơn")
    SHELVING = "shelving", _("Phiếu đề xuất lưu đơn")
    RECEPTION_REFUSAL = "reception_refusal", _("Thông báo từ chối tiếp công dân")
    URGING = "urging", _("Công văn đôn đốc giải quyết")
    DESTRUCTION = "destruction", _("Quyết định tiêu hủy đơn")
    COUNTER_REFUSAL = "counter_refusal", _("Thông báo từ chối tiếp (khoản 1, 2, 4)")
    NON_ACCEPTANCE = "non_acceptance", _("Thông báo không thụ lý đơn")
    WITHDRAWAL_RECORD = "withdrawal_record", _("Biên bản rút đơn")
    DISCONTINUANCE = "discontinuance", _("Quyết định đình chỉ giải quyết")


LETTER = "CV"
"""Công văn: the one type without a name and with V/v instead (NĐ 30/2020, Phụ lục I, mục II.5)."""


@dataclass(frozen=True)
class KindOfDocument:
    """One kind: its type name in capitals, its type code, its template and its legal source.

    `type_code` stands in the symbol and names the number series: two kinds of notices share the
    series TB, as the register of the văn thư does.
    """

    code: DocumentKind
    type_name: str
    type_code: str
    context: type
    source: str

    @property
    def needs(self) -> frozenset[str]:
        """What a context of this kind must hold."""
        return frozenset(get_type_hints(self.context))

    @property
    def template(self) -> str:
        """The file under `templates_docx/`."""
        return f"{self.code.value}.docx"

    def symbol(self, letterhead: contexts.Letterhead) -> str:
        """The part after the slash: TB-UBND; UBND-TCD for letters (NĐ 30/2020, Phụ lục I, 3)."""
        issuer, unit = letterhead["issuer_symbol"], letterhead["unit_symbol"]
        parts = [issuer, unit] if self.type_code == LETTER else [self.type_code, issuer]
        return "-".join(part for part in parts if part)


_TYPES = "NĐ 30/2020/NĐ-CP, Phụ lục III"
_UNCHECKED = " (số mẫu chưa đối chiếu Công báo)"
"""Of TT 04/2021 only Mẫu 03 is certain; the other numbers follow the order of known templates."""
KINDS: Mapping[str, KindOfDocument] = {
    kind.code.value: kind
    for kind in [
        KindOfDocument(
            DocumentKind.RECEIPT, "GIẤY BIÊN NHẬN", "GBN", contexts.ReceiptContext,
            f"TT 04/2021/TT-TTCP, Mẫu 02{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.REASONED_REPLY, "", LETTER, contexts.ReasonedReplyContext,
            "QĐ 2193/QĐ-UBND của Lạng Sơn, mục III.3.1b",
        ),
        KindOfDocument(
            DocumentKind.INVITATION, "GIẤY MỜI", "GM", contexts.InvitationContext, _TYPES,
        ),
        KindOfDocument(
            DocumentKind.CITIZEN_APPOINTMENT, "PHIẾU HẸN", "PH",
            contexts.CitizenAppointmentContext, f"TT 04/2021/TT-TTCP, Mẫu 05{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.PROPOSAL_LIST, "TỜ TRÌNH", "TTr", contexts.ProposalListContext, _TYPES,
        ),
        KindOfDocument(
            DocumentKind.SCHEDULE_NOTICE, "THÔNG BÁO", "TB", contexts.ScheduleNoticeContext,
            "Luật Tiếp công dân 42/2013/QH13, Điều 24",
        ),
        KindOfDocument(
            DocumentKind.MINUTES, "BIÊN BẢN", "BB", contexts.MinutesContext,
            "Mẫu biên bản về việc tiếp công dân (không có trong TT 04/2021/TT-TTCP)",
        ),
        KindOfDocument(
            DocumentKind.RESULT_NOTICE, "THÔNG BÁO", "TB", contexts.ResultNoticeContext,
            "TT 04/2021/TT-TTCP, Điều 9 đến Điều 11",
        ),
        KindOfDocument(
            DocumentKind.GUIDANCE, "PHIẾU HƯỚNG DẪN", "PHD", contexts.HandlingContext,
            f"TT 04/2021/TT-TTCP, Mẫu 06; TT 05/2021/TT-TTCP, Mẫu 08{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.DENUNCIATION_TRANSFER, "PHIẾU CHUYỂN ĐƠN TỐ CÁO", "PC",
            contexts.HandlingContext,
            f"TT 04/2021/TT-TTCP, Mẫu 08; TT 05/2021/TT-TTCP, Mẫu 05{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.TRANSFER, "PHIẾU CHUYỂN ĐƠN", "PC", contexts.HandlingContext,
            f"TT 04/2021/TT-TTCP, Mẫu 10; TT 05/2021/TT-TTCP, Mẫu 06 và 07{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.FILING_RETURN, "", LETTER, contexts.HandlingContext,
            f"TT 05/2021/TT-TTCP, Mẫu 03 và 04{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.ACCEPTANCE_PROPOSAL, "PHIẾU ĐỀ XUẤT THỤ LÝ ĐƠN", "PĐX",
            contexts.HandlingContext,
            f"TT 04/2021/TT-TTCP, Mẫu 04; TT 05/2021/TT-TTCP, Mẫu 01{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.SHELVING, "PHIẾU ĐỀ XUẤT LƯU ĐƠN", "PĐX", contexts.HandlingContext,
            "TT 05/2021/TT-TTCP, Điều 28",
        ),
        KindOfDocument(
            DocumentKind.RECEPTION_REFUSAL, "THÔNG BÁO", "TB", contexts.HandlingContext,
            f"TT 04/2021/TT-TTCP, Mẫu 01{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.URGING, "", LETTER, contexts.HandlingContext,
            f"TT 04/2021/TT-TTCP, Mẫu 09{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.DESTRUCTION, "QUYẾT ĐỊNH", "QĐ", contexts.HandlingContext,
            "TT 05/2021/TT-TTCP, Điều 28",
        ),
        KindOfDocument(
            DocumentKind.COUNTER_REFUSAL, "THÔNG BÁO", "TB", contexts.HandlingContext,
            "Luật Tiếp công dân 42/2013/QH13, Điều 9; TT 04/2021/TT-TTCP, Điều 4",
        ),
        KindOfDocument(
            DocumentKind.NON_ACCEPTANCE, "THÔNG BÁO", "TB", contexts.HandlingContext,
            "Luật Khiếu nại, Điều 27; Luật Tố cáo, Điều 24; "
            f"TT 05/2021/TT-TTCP, Mẫu 02{_UNCHECKED}",
        ),
        KindOfDocument(
            DocumentKind.WITHDRAWAL_RECORD, "BIÊN BẢN", "BB", contexts.HandlingContext,
            "Luật Khiếu nại, Điều 10; Luật Tố cáo, Điều 33",
        ),
        KindOfDocument(
            DocumentKind.DISCONTINUANCE, "QUYẾT ĐỊNH", "QĐ", contexts.HandlingContext,
            "Luật Khiếu nại, Điều 10; Luật Tố cáo, Điều 33",
        ),
    ]
}  # fmt: skip


def kind_of(code: str) -> KindOfDocument:
    """The kind by its code; raises KeyError for an unknown one."""
    return KINDS[code]


def number_text(number: int, symbol: str) -> str:
    """Số và ký hiệu: `05/TB-UBND`; below ten with a leading zero (NĐ 30/2020, Phụ lục I, 3)."""
    return f"{number:02d}/{symbol}"
