"""What happened to a filing, in words, from the log of acts."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiepdan.audit.models import Entry, type_of
from tiepdan.matters.models import Filing
from tiepdan.matters.states import NoticeKind

VERBS = {
    "register_filing": gettext_noop("Tiếp nhận đơn"),
    "attach_file": gettext_noop("Nhận giấy tờ kèm theo"),
    "download_attachment": gettext_noop("Tải giấy tờ kèm theo"),
    "find_infected_file": gettext_noop("Phát hiện mã độc trong giấy tờ kèm theo"),
    "record_consent": gettext_noop("Ghi ý kiến về hình thức trực tuyến"),
    "classify_filing": gettext_noop("Phân loại"),
    "propose_filing": gettext_noop("Đề xuất Chủ tịch tiếp"),
    "decline_filing": gettext_noop("Không đề xuất, trả lời bằng văn bản"),
    "handle_filing": gettext_noop("Xử lý đơn"),
    "destroy_filing": gettext_noop("Quyết định tiêu hủy đơn đã lưu"),
    "accept_filing": gettext_noop("Thụ lý giải quyết"),
    "seal_identity": gettext_noop("Niêm phong danh tính người tố cáo"),
    "redact_document": gettext_noop("Lập lại văn bản không còn danh tính"),
    "compare_filings": gettext_noop("So với đơn khác"),
    "split_filing": gettext_noop("Tách đơn"),
    "add_representation": gettext_noop("Ghi người đại diện"),
    "end_representation": gettext_noop("Chấm dứt đại diện"),
    "list_members": gettext_noop("Ghi danh sách đoàn"),
    "note_needs": gettext_noop("Ghi nhu cầu hỗ trợ"),
    "change_deadline": gettext_noop("Thay đổi thời hạn"),
    "urge": gettext_noop("Đôn đốc"),
    "decide": gettext_noop("Chủ tịch quyết định"),
    "withdraw_filing": gettext_noop("Công dân rút đơn"),
    "notify_citizen": gettext_noop("Thông báo cho công dân"),
    "place_appointments": gettext_noop("Xếp lượt tiếp"),
    "place_appointment": gettext_noop("Xếp lượt tiếp"),
    "carry_over": gettext_noop("Chuyển kỳ sau"),
    "draft_document": gettext_noop("Soạn văn bản"),
    "approve_document": gettext_noop("Duyệt văn bản"),
    "issue_document": gettext_noop("Ban hành văn bản"),
    "download_document": gettext_noop("Tải văn bản"),
    "call_next": gettext_noop("Gọi vào lượt tiếp"),
    "check_identity": gettext_noop("Kiểm tra giấy tờ tùy thân"),
    "end_visit": gettext_noop("Kết thúc lượt tiếp"),
    "mark_absent": gettext_noop("Công dân vắng mặt"),
    "refuse_visit": gettext_noop("Từ chối tiếp"),
    "record_conclusion": gettext_noop("Ghi kết luận"),
}


_NOTICES = {str(value): label for value, label in NoticeKind.choices}


@dataclass(frozen=True)
class Act:
    """One line of a timeline."""

    at: datetime
    what: str
    who: str


def timeline_of(filing: Filing, also: list[models.Model]) -> list[Act]:
    """The acts on the filing and on what belongs to it, newest first."""
    wanted = Q()
    for thing in [filing, *also]:
        wanted |= Q(on_type=type_of(thing), on_id=str(thing.pk))
    entries = Entry.objects.filter(wanted).select_related("by").order_by("-sequence")
    return [
        Act(entry.at, _words(entry), str(entry.by) if entry.by else _nobody(entry))
        for entry in entries
    ]


def _nobody(entry: Entry) -> str:
    """Who acted where no official did: the citizen, or the product by itself."""
    by_citizen = entry.verb in {"register_filing", "attach_file"}
    return _("Công dân, qua mạng") if by_citizen else _("Hệ thống")


def _words(entry: Entry) -> str:
    words = _(VERBS[entry.verb]) if entry.verb in VERBS else entry.verb.replace("_", " ")
    words = str(_NOTICES.get(str(entry.detail.get("notice")), words))
    title = entry.detail.get("title")
    number = entry.detail.get("number")
    return words + (f": {title}" if title else "") + (f" ({number})" if number else "")
