"""What a template may fill in, field by field, in the words of who edits it in Word; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from tiepdan.documents.kinds import KindOfDocument


@dataclass(frozen=True)
class Field:
    """One field: as it is written in Word, what it means, and the fields of each of its rows."""

    written: str
    meaning: str
    rows: tuple["Field", ...] = ()


def fields_of(kind: KindOfDocument) -> list[Field]:
    """Every field of the kind, those all kinds have first."""
    made = MADE | CODE if "tracking_url" in kind.needs else MADE
    shown = [Field(f"{{{{ {name} }}}}", meaning) for name, meaning in made.items()]
    return shown + list(_fields(kind.context, ""))


def _fields(context: Any, before: str) -> Iterator[Field]:
    """Fields of a TypedDict; of a TypedDict within it with a dot, of a list's rows apart."""
    for name, hint in get_type_hints(context).items():
        if is_typeddict(hint):
            yield from _fields(hint, f"{before}{name}.")
            continue
        meaning = meaning_of(context, name)
        if get_origin(hint) is list:
            row = get_args(hint)[0]
            rows = tuple(_fields(row, "x.")) if is_typeddict(row) else ()
            yield Field(f"{{%p for x in {before}{name} %}} … {{%p endfor %}}", meaning, rows)
        else:
            yield Field(f"{{{{ {before}{name} }}}}", meaning)


def meaning_of(context: Any, name: str) -> str:
    """What a field means; one name may mean something of its own in one place."""
    return MEANINGS.get(f"{context.__name__}.{name}") or MEANINGS[name]


FILTERS: Mapping[str, str] = {
    "ngay": "ngày viết số: 15/12/2026",
    "ngay_dai": "ngày viết chữ: ngày 15 tháng 12 năm 2026",
    "gio": "giờ: 14 giờ 00 phút",
    "gio_ngay": "giờ và ngày viết chữ",
    "so": "số có ít nhất hai chữ số: 05",
    "dong": "tách đoạn văn thành từng dòng, dùng với for",
    "cau": "thêm dấu chấm ở cuối câu",
    "dau_cau": "viết hoa chữ đầu",
}
MADE: dict[str, str] = {
    "title": "trích yếu của văn bản",
    "number_text": "số, ký hiệu; để chỗ trống khi còn là dự thảo",
    "date_text": "ngày ban hành viết chữ; để chỗ trống khi còn là dự thảo",
    "draft": "đúng khi còn là dự thảo; dùng với {%p if draft %}",
    "issuer_lines": "tên cơ quan ban hành, đã chia dòng",
    "parent_lines": "tên cơ quan chủ quản, đã chia dòng",
}
CODE: dict[str, str] = {
    "qr": "mã QR dẫn đến trang tra cứu",
    "tracking_site": "địa chỉ trang tra cứu",
}
MEANINGS: Mapping[str, str] = {
    "parent_name": "cơ quan chủ quản trực tiếp; trống nếu là ủy ban nhân dân",
    "issuer_name": "cơ quan ban hành",
    "issuer_symbol": "chữ viết tắt của cơ quan trong ký hiệu",
    "unit_symbol": "chữ viết tắt của đơn vị soạn thảo, chỉ ở công văn",
    "place_name": "địa danh trước ngày tháng",
    "authority": "quyền hạn người ký: TM., KT., TL.",
    "position": "chức vụ người ký",
    "Signature.name": "họ tên người ký",
    "recipients": "nơi nhận, từng dòng",
    "archive": "phần sau chữ «Lưu:»",
    "Person.name": "họ tên công dân; với đơn tố cáo chỉ là ký hiệu",
    "identity_number": "số định danh, căn cước, hộ chiếu",
    "address": "địa chỉ",
    "phone": "số điện thoại",
    "PaperItem.name": "tên giấy tờ",
    "PaperItem.copies": "số bản",
    "PaperItem.note": "bản chính hay bản sao",
    "received_at": "thời điểm tiếp nhận",
    "place": "nơi tiếp nhận, nơi tổ chức",
    "officer_name": "họ tên người tiếp nhận",
    "officer_title": "chức vụ người tiếp nhận",
    "group_size": "số người; 1 là một người",
    "filing_kind": "loại đơn: khiếu nại, tố cáo, kiến nghị, phản ánh",
    "channel": "cách nộp: trực tiếp, gửi đơn",
    "abstract": "tóm tắt nội dung",
    "wishes_online": "đúng khi công dân đồng ý tiếp trực tuyến; dùng với {%p if %}",
    "papers": "giấy tờ, tài liệu kèm theo",
    "shown": "giấy tờ đã trình chiếu: tên, mã SHA-256, từng trang và giờ",
    "tracking_code": "mã tra cứu",
    "check_digits": "mã kiểm tra, chỉ đưa cho công dân",
    "tracking_url": "địa chỉ trong mã QR",
    "addressees": "kính gửi, từng dòng",
    "filed_on": "ngày nhận đơn",
    "bases": "căn cứ, từng dòng, không có dấu chấm phẩy",
    "reasons": "lý do, mỗi đoạn một dòng",
    "guidance": "hướng dẫn, mỗi đoạn một dòng",
    "contact": "thông tin liên hệ",
    "order": "số thứ tự",
    "petitioner": "công dân được nêu tên trong văn bản",
    "site": "điểm cầu",
    "chair": "người chủ trì",
    "starts_at": "thời điểm bắt đầu",
    "ends_at": "thời điểm kết thúc",
    "InvitationContext.sites": "các điểm cầu thành phần, từng dòng",
    "sites": "các điểm cầu",
    "matters": "các vụ việc",
    "requests": "việc cần chuẩn bị, từng dòng",
    "receiver": "người tiếp công dân",
    "online": "đúng khi tiếp trực tuyến; dùng với {%p if %}",
    "appears_at": "thời điểm công dân có mặt",
    "site_name": "tên nơi tiếp, điểm cầu",
    "site_address": "địa chỉ nơi tiếp",
    "bring": "giấy tờ cần mang theo, từng dòng",
    "support": "hỗ trợ nơi tiếp bố trí: phiên dịch, xe lăn, từng mục",
    "mode": "hình thức tiếp: trực tiếp, trực tuyến",
    "reason": "lý do",
    "reply": "số công văn đã trả lời; trống nếu chưa có",
    "reception_on": "ngày tiếp công dân",
    "registered": "số đơn đăng ký trong kỳ",
    "proposed": "danh sách đề xuất tiếp",
    "declined": "danh sách không đề xuất",
    "SiteRow.name": "tên điểm cầu",
    "SiteRow.role": "vai trò: trung tâm, thành phần",
    "participants": "thành phần tham dự",
    "content": "dự kiến nội dung tiếp",
    "notes": "lưu ý, từng dòng",
    "Participant.name": "họ tên người tham dự",
    "Participant.title": "chức vụ người tham dự",
    "part": "vai trò trong buổi tiếp",
    "speaker": "người phát biểu",
    "text": "nội dung",
    "agency": "cơ quan thực hiện; trống nếu không giao",
    "deadline": "thời hạn; trống nếu không có",
    "started_at": "lúc bắt đầu",
    "ended_at": "lúc kết thúc",
    "request": "nội dung, yêu cầu của công dân",
    "opinions": "ý kiến các cơ quan",
    "conclusions": "kết luận",
    "citizen_opinion": "ý kiến của người được tiếp",
    "MinutesSigner.role": "tư cách người ký biên bản",
    "MinutesSigner.note": "dòng «(Ký, ghi rõ họ tên)»",
    "MinutesSigner.name": "họ tên người ký biên bản",
    "opened_at": "lúc mở đầu buổi tiếp",
    "closed_at": "lúc kết thúc buổi tiếp",
    "visits": "các lượt tiếp",
    "unheard": "công dân chưa được tiếp",
    "events": "sự cố, tạm dừng, kèm giờ",
    "copies": "số bản biên bản",
    "signers": "những người ký biên bản",
    "held_on": "ngày tổ chức",
    "results": "kết quả từng lượt",
    "closing": "yêu cầu chung ở cuối, từng dòng",
    "body": "cơ quan có thẩm quyền, cơ quan nhận đơn",
    "due_on": "thời hạn đã qua, hoặc ngày hết hạn lưu; trống nếu không có",
}
"""By field name, or by «TypedDict.name» where a name means something of its own."""
