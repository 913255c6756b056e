"""What happened to a filing, in words, from the log of acts."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from tiepdan.audit.models import Entry, type_of
from tiepdan.matters.models import Filing

VERBS = {
    "register_filing": "Tiếp nhận đơn",
    "attach_file": "Nhận giấy tờ kèm theo",
    "download_attachment": "Tải giấy tờ kèm theo",
    "record_consent": "Ghi ý kiến về hình thức trực tuyến",
    "classify_filing": "Phân loại",
    "propose_filing": "Đề xuất Chủ tịch tiếp",
    "decline_filing": "Không đề xuất, trả lời bằng văn bản",
    "decide": "Chủ tịch quyết định",
    "withdraw_filing": "Công dân rút đơn",
    "place_appointments": "Xếp lượt tiếp",
    "place_appointment": "Xếp lượt tiếp",
    "carry_over": "Chuyển kỳ sau",
    "draft_document": "Soạn văn bản",
    "approve_document": "Duyệt văn bản",
    "issue_document": "Ban hành văn bản",
    "download_document": "Tải văn bản",
    "call_next": "Gọi vào lượt tiếp",
    "check_identity": "Kiểm tra giấy tờ tùy thân",
    "end_visit": "Kết thúc lượt tiếp",
    "mark_absent": "Công dân vắng mặt",
    "refuse_visit": "Từ chối tiếp",
    "record_conclusion": "Ghi kết luận",
}


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
        Act(entry.at, _words(entry), str(entry.by) if entry.by else "Hệ thống") for entry in entries
    ]


def _words(entry: Entry) -> str:
    words = VERBS.get(entry.verb, entry.verb.replace("_", " "))
    title = entry.detail.get("title")
    number = entry.detail.get("number")
    return words + (f": {title}" if title else "") + (f" ({number})" if number else "")
