"""The life of a filing and the words the law uses for it; pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FilingState(TextChoices):
    """Where a filing (đơn) stands; what happened to it is in its disposition."""

    RECEIVED = "received", _("Đã tiếp nhận")
    CLASSIFIED = "classified", _("Đã phân loại")
    DISPOSED = "disposed", _("Đã xử lý")
    WITHDRAWN = "withdrawn", _("Đã rút")


FILING_TRANSITIONS: dict[tuple[FilingState, str], FilingState] = {
    (FilingState.RECEIVED, "classify"): FilingState.CLASSIFIED,
    (FilingState.CLASSIFIED, "classify"): FilingState.CLASSIFIED,
    (FilingState.CLASSIFIED, "dispose"): FilingState.DISPOSED,
    (FilingState.RECEIVED, "withdraw"): FilingState.WITHDRAWN,
    (FilingState.CLASSIFIED, "withdraw"): FilingState.WITHDRAWN,
    (FilingState.DISPOSED, "withdraw"): FilingState.WITHDRAWN,
}


class FilingKind(TextChoices):
    """Kinds of filings by content (TT 05/2021/TT-TTCP, Điều 6)."""

    COMPLAINT = "complaint", _("Khiếu nại")
    DENUNCIATION = "denunciation", _("Tố cáo")
    RECOMMENDATION = "recommendation", _("Kiến nghị")
    FEEDBACK = "feedback", _("Phản ánh")
    MIXED = "mixed", _("Nhiều nội dung khác nhau")


class Channel(TextChoices):
    """How a filing came (hình thức đăng ký); which count is the rule `registration_channels`."""

    IN_PERSON = "in_person", _("Trực tiếp")
    LETTER = "letter", _("Gửi đơn")
    COMMUNE = "commune", _("Qua Ủy ban nhân dân cấp xã")
    ONLINE = "online", _("Trực tuyến")


class LeadChannel(TextChoices):
    """How somebody asked who has yet to file (QĐ 2193/QĐ-UBND, mục III.3.1a)."""

    TELEPHONE = "telephone", _("Điện thoại")
    EMAIL = "email", _("Thư điện tử")


class Sex(TextChoices):
    """As the identity card prints it (giới tính)."""

    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class Need(TextChoices):
    """What somebody needs at the site to be heard (hỗ trợ tại điểm cầu)."""

    INTERPRETER = "interpreter", _("Người phiên dịch tiếng dân tộc")
    SIGN_LANGUAGE = "sign_language", _("Người phiên dịch ngôn ngữ ký hiệu")
    WHEELCHAIR = "wheelchair", _("Lối đi và chỗ cho xe lăn")
    HEARING = "hearing", _("Nghe kém: loa to, chữ trên màn hình")
    COMPUTER_HELP = "computer_help", _("Cần người giúp dùng máy")


class Capacity(TextChoices):
    """In whose right somebody comes for another (tư cách): TT 04/2021/TT-TTCP, Điều 6."""

    ORGANISATION_HEAD = "organisation_head", _("Người đại diện theo pháp luật của tổ chức")
    STATUTORY = "statutory", _("Người đại diện theo pháp luật của cá nhân")
    AUTHORISED = "authorised", _("Người được ủy quyền")
    LAWYER = "lawyer", _("Luật sư")
    LEGAL_AID = "legal_aid", _("Trợ giúp viên pháp lý")


class ProofPaper(TextChoices):
    """What a capacity is proven with (giấy tờ chứng minh tư cách): TT 04/2021/TT-TTCP, Điều 6."""

    IDENTITY = "identity", _("Giấy tờ tùy thân")
    INTRODUCTION = "introduction", _("Giấy giới thiệu")
    APPOINTMENT = "appointment", _("Quyết định bổ nhiệm, giấy đăng ký hoạt động")
    KINSHIP = "kinship", _("Giấy khai sinh, giấy tờ về quan hệ gia đình")
    GUARDIANSHIP = "guardianship", _("Quyết định cử người giám hộ")
    AUTHORISATION = "authorisation", _("Giấy ủy quyền")
    LAWYER_CARD = "lawyer_card", _("Thẻ luật sư")
    REQUEST = "request", _("Giấy yêu cầu của người khiếu nại")
    AID_CARD = "aid_card", _("Thẻ trợ giúp viên pháp lý")
    ASSIGNMENT = "assignment", _("Quyết định phân công trợ giúp pháp lý")


class SubjectField(TextChoices):
    """Fields of subject (lĩnh vực): the columns of forms 02/XLD to 04/XLD, TT 02/2021/TT-TTCP."""

    POLICY = "policy", _("Hành chính: chế độ, chính sách")
    LAND = "land", _("Hành chính: đất đai, nhà cửa")
    CIVIL_SERVICE = "civil_service", _("Hành chính: công chức, công vụ")
    OTHER_ADMINISTRATIVE = "other_administrative", _("Hành chính: lĩnh vực khác")
    CORRUPTION = "corruption", _("Tham nhũng")
    JUDICIAL = "judicial", _("Tư pháp")
    PARTY = "party", _("Đảng, đoàn thể")
    OTHER = "other", _("Lĩnh vực khác")


class Competence(TextChoices):
    """Whose it is to settle (thẩm quyền); the first two the chairman settles or directs."""

    OWN = "own", _("Chủ tịch UBND tỉnh giải quyết")
    SUBORDINATE = "subordinate", _("Cơ quan cấp dưới giải quyết, Chủ tịch chỉ đạo")
    OTHER_BODY = "other_body", _("Cơ quan hành chính khác")
    JUDICIAL = "judicial", _("Tòa án, viện kiểm sát, cơ quan điều tra, thi hành án")
    PARTY = "party", _("Cơ quan Đảng, Mặt trận, đoàn thể")


class SettledBefore(TextChoices):
    """How far the matter was settled before (tình trạng giải quyết): forms 01/XLD, 02/XLD."""

    NO = "no", _("Chưa giải quyết")
    FIRST = "first", _("Đã giải quyết lần đầu")
    SECOND = "second", _("Đã giải quyết lần hai")
    COURT = "court", _("Đã có bản án của Tòa án")


class MissingCondition(TextChoices):
    """Why a filing may not be handled (không đủ điều kiện): TT 05/2021/TT-TTCP, Điều 6 khoản 2."""

    NOT_VIETNAMESE = "not_vietnamese", _("Không viết bằng tiếng Việt, không có bản dịch công chứng")
    NO_DATE = "no_date", _("Không ghi ngày, tháng, năm")
    NO_NAME_OR_ADDRESS = "no_name_or_address", _("Không rõ họ tên, địa chỉ người gửi")
    NO_SIGNATURE = "no_signature", _("Không có chữ ký hoặc điểm chỉ")
    NO_RESPONDENT = "no_respondent", _("Không rõ người bị khiếu nại, bị tố cáo")
    NO_CONTENT = "no_content", _("Không rõ nội dung, lý do, yêu cầu")
    NO_CONTACT = "no_contact", _("Tố cáo không rõ cách thức liên hệ")
    HANDLED_BEFORE = "handled_before", _("Đã được hướng dẫn, trả lời hoặc chuyển về cùng nội dung")
    SENT_TO_MANY = "sent_to_many", _("Gửi nhiều nơi, trong đó có cơ quan có thẩm quyền")
    ILLEGIBLE = "illegible", _("Rách nát, tẩy xóa, không đọc được")


class ExtraordinaryGround(TextChoices):
    """The only two grounds of an unscheduled reception: Luật Tiếp công dân, Điều 18 khoản 3."""

    A = "a", _("a) Vụ việc gay gắt, phức tạp, nhiều người, nhiều cơ quan hoặc ý kiến khác nhau")
    B = "b", _("b) Không chỉ đạo kịp thời có thể gây hậu quả nghiêm trọng")


class Outcome(TextChoices):
    """What was done with a filing that asks to meet the chairman (hướng xử lý)."""

    PROPOSED = "proposed", _("Đề xuất Chủ tịch tiếp")
    DECLINED = "declined", _("Không đề xuất, trả lời bằng văn bản")
    ACCEPTANCE = "acceptance", _("Đề xuất thụ lý")
    GUIDED = "guided", _("Hướng dẫn công dân")
    TRANSFERRED = "transferred", _("Chuyển đơn")
    RETURNED = "returned", _("Trả lại đơn")
    SHELVED = "shelved", _("Lưu đơn")
    REFUSED = "refused", _("Từ chối tiếp (Điều 9 khoản 3)")
    SPLIT = "split", _("Tách thành nhiều đơn")
    NOT_ACCEPTED = "not_accepted", _("Không thụ lý, nêu rõ lý do")


class RefusalGround(TextChoices):
    """Grounds of refusal (Luật Tiếp công dân, Điều 9); no. 3 is the head's alone."""

    INCAPABLE = "1", _("Khoản 1: không làm chủ được hành vi")
    DISORDER = "2", _("Khoản 2: đe dọa, xúc phạm, vi phạm nội quy")
    SETTLED = "3", _("Khoản 3: đã giải quyết đúng, đã rà soát và thông báo bằng văn bản")
    OTHER = "4", _("Khoản 4: trường hợp khác theo quy định của pháp luật")


class NoticeKind(TextChoices):
    """What a citizen is told of in writing besides what was done with the filing."""

    RECEPTION_REFUSED = "refused", _("Từ chối tiếp")
    NOT_ACCEPTED = "not_accepted", _("Không thụ lý")
    WITHDRAWN = "withdrawn", _("Ghi nhận rút đơn")
    DISCONTINUED = "discontinued", _("Đình chỉ giải quyết")


class ReceptionForm(TextChoices):
    """Form of reception (hình thức tiếp): Luật Tiếp công dân, Điều 3a."""

    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")


class OnlineGround(TextChoices):
    """Which matters may be received online: QĐ 748/QĐ-TTCP, Điều 4 (a, b, c, d, đ, e)."""

    A = "a", _("a) Vụ việc do Thủ tướng chỉ đạo còn vướng mắc")
    B = "b", _("b) Đã giải quyết đúng, có hiệu lực, công dân vẫn vượt cấp")
    C = "c", _("c) Liên quan nhiều cơ quan, nhiều địa phương hoặc vùng núi đi lại khó khăn")
    D = "d", _("d) Đông người, phức tạp, kéo dài chưa giải quyết xong")
    DD = "dd", _("đ) Đông người, kéo dài, đã giải quyết hết thẩm quyền")
    E = "e", _("e) Vụ việc khác khi cần thiết")


class Verdict(TextChoices):
    """The chairman's word on a proposal."""

    APPROVED = "approved", _("Đồng ý tiếp")
    REFUSED = "refused", _("Không đồng ý")


class DeadlineKind(TextChoices):
    """What has to be done in time (thời hạn)."""

    REPLY = "reply", _("Đề xuất hoặc trả lời công dân")
    ACCEPT_COMPLAINT = "accept_complaint", _("Thụ lý hoặc trả lời khiếu nại")
    HANDLE_DENUNCIATION = "handle_denunciation", _("Xử lý ban đầu thông tin tố cáo")
    TRANSFER_DENUNCIATION = "transfer_denunciation", _("Chuyển đơn tố cáo")
    SETTLE_COMPLAINT_FIRST = "settle_complaint_first", _("Giải quyết khiếu nại lần đầu")
    SETTLE_COMPLAINT_SECOND = "settle_complaint_second", _("Giải quyết khiếu nại lần hai")
    SETTLE_DENUNCIATION = "settle_denunciation", _("Giải quyết tố cáo")
    ANSWER_TRANSFER = "answer_transfer", _("Cơ quan được chuyển đơn trả lời")
    SHELF = "shelf", _("Lưu đơn không đủ điều kiện")


class DeadlineChangeKind(TextChoices):
    """What happened to a deadline; nothing is overwritten."""

    SUSPENDED = "suspended", _("Tạm dừng")
    RESUMED = "resumed", _("Tiếp tục")
    EXTENDED = "extended", _("Gia hạn")
    MET = "met", _("Đã thực hiện")
    DROPPED = "dropped", _("Không còn áp dụng")


class TimeUnit(TextChoices):
    """What the days of a limit are (Bộ luật Dân sự 2015, Điều 145 to 148)."""

    CALENDAR_DAYS = "calendar_days", _("ngày")
    WORKING_DAYS = "working_days", _("ngày làm việc")
    YEARS = "years", _("năm")


class Sameness(TextChoices):
    """What a person said about two filings that look alike (cùng nội dung)."""

    SAME = "same", _("Cùng một vụ việc")
    DIFFERENT = "different", _("Hai vụ việc khác nhau")


class ScanState(TextChoices):
    """What is known about viruses in a paper handed in."""

    NOT_NEEDED = "not_needed", _("Ảnh đã được vẽ lại")
    WAITING = "waiting", _("Chưa quét virus")
    CLEAN = "clean", _("Đã quét virus")
    INFECTED = "infected", _("Có mã độc, không mở")
