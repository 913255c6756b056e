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
    """How a filing came (hình thức đăng ký)."""

    IN_PERSON = "in_person", _("Trực tiếp")
    LETTER = "letter", _("Gửi đơn")


class Outcome(TextChoices):
    """What was done with a filing that asks to meet the chairman (hướng xử lý)."""

    PROPOSED = "proposed", _("Đề xuất Chủ tịch tiếp")
    DECLINED = "declined", _("Không đề xuất, trả lời bằng văn bản")


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
