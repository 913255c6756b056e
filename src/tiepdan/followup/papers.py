"""What the result notice says."""

from django.utils.translation import override

from tiepdan.accounts.queries import signature_of
from tiepdan.documents import contexts
from tiepdan.org.queries import letterhead
from tiepdan.scheduling import papers
from tiepdan.scheduling.queries import held_on
from tiepdan.scheduling.states import SiteRole
from tiepdan.sittings.models import Conclusion, ConclusionItem, Visit
from tiepdan.sittings.states import EntryKind

CLOSING = (
    "Giao Ban Tiếp công dân theo dõi, đôn đốc việc thực hiện, báo cáo Chủ tịch Ủy ban nhân dân tỉnh"
)


@override("vi")
def notice_title(visit: Visit) -> str:
    """Trích yếu of the notice."""
    reception = visit.sitting.reception
    return (
        f"Kết quả tiếp công dân {reception.get_kind_display().lower()} ngày "
        f"{held_on(reception):%d/%m/%Y} của Chủ tịch {reception.agency.name}"
    )


@override("vi")
def result_notice(visit: Visit, conclusion: Conclusion) -> contexts.ResultNoticeContext:
    """One citizen's turn: content, opinions, conclusions (TT 04/2021/TT-TTCP, Điều 9 to 11)."""
    reception, filing = visit.sitting.reception, visit.appointment.filing
    items = list(conclusion.items.select_related("agency"))
    bodies = list(dict.fromkeys(item.agency.name for item in items if item.agency))
    return {
        "letterhead": letterhead(reception.agency, "TCD"),
        "signature": signature_of(reception.chair),
        "recipients": [*bodies, "Công dân được tiếp"],
        "archive": papers.ARCHIVE,
        "bases": papers.bases(held_on(reception)),
        "chair": papers.chair_line(reception),
        "held_on": held_on(reception).isoformat(),
        "place": papers.place(reception),
        "mode": "trực tuyến" if is_online(visit) else "trực tiếp",
        "participants": bodies,
        "results": [
            {
                "order": visit.number,
                "petitioner": _petitioner(visit),
                "address": str(filing.petitioner.commune),
                "abstract": filing.shown_subject,
                "opinions": [
                    {"speaker": entry.speaker, "text": entry.text}
                    for entry in visit.entries.filter(kind=EntryKind.OPINION)
                ],
                "conclusions": [_line(item) for item in items],
            }
        ],
        "closing": [CLOSING],
    }


def is_online(visit: Visit) -> bool:
    """Whether the citizen sat at another site than the chair."""
    return visit.appointment.booking.role == SiteRole.BRANCH


def _petitioner(visit: Visit) -> str:
    filing = visit.appointment.filing
    group = f" (đoàn {filing.headcount:02d} người)" if filing.headcount > 1 else ""
    return f"{filing.shown_name}{group}"


def _line(item: ConclusionItem) -> contexts.ConclusionLine:
    return {
        "text": item.text,
        "agency": item.agency.name if item.agency else "",
        "deadline": item.deadline.isoformat() if item.deadline else "",
    }
