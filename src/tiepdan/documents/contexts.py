"""What each kind of document says: the typed context a caller fills in.

Everything is JSON: it is stored with the document and hashed when it is issued. Days are ISO
8601 («2026-12-15»), moments ISO 8601 with offset («2026-12-15T14:00:00+07:00»): the templates
write them the Vietnamese way. Plain text only, line breaks are kept. An empty string or list
leaves its line out. The document's title (trích yếu) is not part of it: it is a field.
"""

from typing import TypeAlias, TypedDict

Day: TypeAlias = str
"""ISO 8601 date: `day.isoformat()`."""

Moment: TypeAlias = str
"""ISO 8601 date and time with offset: `moment.isoformat()`; written in Vietnam's time."""


class Letterhead(TypedDict):
    """Who issues the document, from where (cơ quan ban hành, địa danh)."""

    parent_name: str  # cơ quan chủ quản trực tiếp; "" for a people's committee
    issuer_name: str  # «Ủy ban nhân dân tỉnh Lạng Sơn»; printed in capitals
    issuer_symbol: str  # «UBND», after the slash: 05/TB-UBND
    unit_symbol: str  # «TCD», drafting unit, only in letters: 12/UBND-TCD
    place_name: str  # «Lạng Sơn», before the date


class Signature(TypedDict):
    """Who signs, with which authority (quyền hạn, chức vụ, họ tên người ký)."""

    authority: list[str]  # printed lines: ["TM. Ủy ban nhân dân"], ["KT. Chủ tịch"] or []
    position: str  # «Chủ tịch»
    name: str  # without titles


class Common(TypedDict):
    """What every kind has."""

    letterhead: Letterhead
    signature: Signature
    recipients: list[str]  # nơi nhận, without dash and semicolon
    archive: str  # «VT, BTCD» after «Lưu:»


class Person(TypedDict):
    """A citizen as the document names them (nhân thân); leave out what must stay secret."""

    name: str
    identity_number: str  # số định danh, CCCD, hộ chiếu
    address: str
    phone: str


class PaperItem(TypedDict):
    """One handed-over paper (tài liệu, bằng chứng)."""

    name: str
    copies: int
    note: str  # «bản sao», «bản chính»


class ReceiptContext(Common):
    """RECEIPT: giấy biên nhận đăng ký tiếp công dân, with tracking code and QR (Mẫu 02)."""

    received_at: Moment
    place: str  # nơi tiếp nhận
    officer_name: str
    officer_title: str
    petitioner: Person
    group_size: int  # 1 for one person
    filing_kind: str  # «Khiếu nại», as shown
    channel: str  # «Trực tiếp», «Gửi đơn»
    abstract: str  # nội dung
    wishes_online: bool  # công dân đồng ý hình thức trực tuyến
    papers: list[PaperItem]
    tracking_code: str
    check_digits: str  # second factor of the look-up
    tracking_url: str  # goes into the QR


class ReasonedReplyContext(Common):
    """REASONED_REPLY: công văn trả lời, hướng dẫn công dân, nêu rõ lý do (QĐ 2193, III.3.1b)."""

    addressees: list[str]  # Kính gửi: the citizen, with address
    petitioner: Person
    filed_on: Day
    abstract: str
    bases: list[str]  # căn cứ, without semicolon
    reasons: list[str]  # one paragraph each
    guidance: list[str]  # what the citizen can do, one paragraph each
    contact: str


class InvitedMatter(TypedDict):
    """A matter a body is invited to (vụ việc)."""

    order: int
    petitioner: str  # «ông Nguyễn Văn A» or «công dân (bảo vệ danh tính)»
    abstract: str
    site: str  # điểm cầu


class InvitationContext(Common):
    """INVITATION: giấy mời to bodies."""

    addressees: list[str]  # Kính gửi; also «Như trên» in the recipients
    chair: str  # «Đồng chí …, Chủ tịch UBND tỉnh»
    starts_at: Moment
    ends_at: Moment
    place: str  # điểm cầu trung tâm
    sites: list[str]  # điểm cầu thành phần
    matters: list[InvitedMatter]
    requests: list[str]  # what to prepare, one paragraph each
    contact: str


class CitizenAppointmentContext(Common):
    """CITIZEN_APPOINTMENT: phiếu hẹn, thời gian và địa điểm tiếp công dân (Mẫu 05)."""

    petitioner: Person
    group_size: int
    abstract: str
    receiver: str  # «Chủ tịch Ủy ban nhân dân tỉnh»
    online: bool
    appears_at: Moment
    site_name: str
    site_address: str
    order: int  # số thứ tự; 0 leaves it out
    bring: list[str]  # giấy tờ cần mang
    support: list[str]  # hỗ trợ điểm cầu bố trí: phiên dịch, xe lăn
    contact: str
    tracking_code: str
    tracking_url: str


class ProposedRow(TypedDict):
    """A citizen proposed to be received (đề xuất tiếp)."""

    order: int
    petitioner: str
    address: str
    group_size: int
    filing_kind: str
    abstract: str
    mode: str  # «Trực tuyến», «Trực tiếp»
    site: str


class DeclinedRow(TypedDict):
    """A request not proposed, with its reason (không đề xuất)."""

    order: int
    petitioner: str
    address: str
    abstract: str
    reason: str
    reply: str  # number of the reply letter; "" if not issued yet


class ProposalListContext(Common):
    """PROPOSAL_LIST: tờ trình kèm danh sách công dân đăng ký gặp."""

    addressees: list[str]
    bases: list[str]
    reception_on: Day
    receiver: str  # «Chủ tịch Ủy ban nhân dân tỉnh»
    registered: int  # number of requests in the period
    proposed: list[ProposedRow]
    declined: list[DeclinedRow]


class SiteRow(TypedDict):
    """A place of the reception (điểm cầu)."""

    name: str
    address: str
    role: str  # «Điểm cầu trung tâm», «Điểm cầu thành phần»


class ScheduleNoticeContext(Common):
    """SCHEDULE_NOTICE: thông báo lịch tiếp công dân (Luật Tiếp công dân, Điều 24)."""

    bases: list[str]
    receiver: str
    participants: list[str]  # thành phần dự tiếp
    starts_at: Moment
    ends_at: Moment
    mode: str  # «trực tiếp kết hợp trực tuyến»
    sites: list[SiteRow]
    content: str  # dự kiến nội dung tiếp
    notes: list[str]
    contact: str


class Participant(TypedDict):
    """Who took part (thành phần tham dự)."""

    name: str
    title: str
    part: str  # «Chủ trì», «Thư ký», «Đại diện cơ quan»
    site: str


class Opinion(TypedDict):
    """What somebody said (ý kiến)."""

    speaker: str
    text: str


class ConclusionLine(TypedDict):
    """One conclusion (kết luận): who does what until when."""

    text: str
    agency: str  # "" when nobody is charged
    deadline: Day  # "" when none


class MinutesVisit(TypedDict):
    """One citizen's turn (lượt tiếp)."""

    order: int
    petitioner: Person
    group_size: int
    site: str
    started_at: Moment
    ended_at: Moment
    request: str  # nội dung, yêu cầu của công dân
    papers: list[str]
    shown: list[str]  # what was on the screens, with pages and times
    opinions: list[Opinion]
    conclusions: list[ConclusionLine]
    citizen_opinion: str  # ý kiến của người được tiếp


class UnheardCitizen(TypedDict):
    """Somebody called or expected but not heard (chưa được tiếp)."""

    petitioner: str
    reason: str  # «hết giờ, chuyển kỳ sau, giữ nguyên thứ tự»


class MinutesSigner(TypedDict):
    """A signature at the end of the minutes."""

    role: str  # «Người chủ trì»
    note: str  # «(Ký, ghi rõ họ tên)», «(Ký hoặc điểm chỉ)»
    name: str


class MinutesContext(Common):
    """MINUTES: biên bản tiếp công dân: thành phần, nội dung, kết quả.

    One visit or a whole sitting. `signature` is not printed: `signers` are, two in a row.
    """

    place: str
    mode: str
    opened_at: Moment
    closed_at: Moment
    sites: list[SiteRow]
    participants: list[Participant]
    visits: list[MinutesVisit]
    unheard: list[UnheardCitizen]
    events: list[str]  # sự cố, tạm dừng; with times
    copies: int  # «lập thành 02 bản»
    signers: list[MinutesSigner]


class ResultItem(TypedDict):
    """The result of one turn."""

    order: int
    petitioner: str
    address: str
    abstract: str
    opinions: list[Opinion]
    conclusions: list[ConclusionLine]


class ResultNoticeContext(Common):
    """RESULT_NOTICE: thông báo kết quả, kết luận tiếp công dân (TT 04/2021/TT-TTCP, Điều 9-11).

    One citizen or a whole reception.
    """

    bases: list[str]
    chair: str  # «đồng chí …, Chủ tịch Ủy ban nhân dân tỉnh»
    held_on: Day
    place: str
    mode: str
    participants: list[str]  # bodies that took part
    results: list[ResultItem]
    closing: list[str]  # general requests at the end, one paragraph each


class HandlingContext(Common):
    """What is done with a filing: guided, transferred, returned, shelved, refused, urged.

    One context for the papers of TT 04/2021 (Mẫu 01, 04, 06, 08, 09, 10) and TT 05/2021; what a
    kind does not need stays empty. A denunciation's petitioner bears a pseudonym only.
    """

    addressees: list[str]  # Kính gửi
    petitioner: Person
    filed_on: Day
    filing_kind: str  # «Khiếu nại»
    abstract: str
    bases: list[str]  # căn cứ, without semicolon
    reasons: list[str]  # one paragraph each
    guidance: list[str]  # what the citizen can do, one paragraph each
    body: str  # cơ quan có thẩm quyền, cơ quan nhận
    papers: list[str]  # handed on, given back, or the evidence of a refusal
    due_on: Day  # the limit that has passed (urging); ""
    contact: str


Context: TypeAlias = (
    ReceiptContext
    | ReasonedReplyContext
    | InvitationContext
    | CitizenAppointmentContext
    | ProposalListContext
    | ScheduleNoticeContext
    | MinutesContext
    | ResultNoticeContext
    | HandlingContext
)
"""Any document's context; `kinds.py` says which belongs to which kind."""
