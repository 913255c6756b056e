"""Papers on what is refused, not taken up, taken back and discontinued."""

from tiepdan.documents import typography as t
from tiepdan.documents.blocks import Block, Columns, Heading, Letterhead, P
from tiepdan.documents.bodies.for_filings import ABSTRACT, FROM, REASONS, RECEIVED, STEPS
from tiepdan.documents.bodies.shared import ADDRESSEES, BASES, CONTACT, END, SIGNATURE

_WHO = P(
    "Ông (bà): " + FROM + "{% if petitioner.identity_number %}, số định danh: "
    "{{ petitioner.identity_number }}{% endif %}."
)

COUNTER_REFUSAL: list[Block] = [
    Letterhead(),
    Heading("Thông báo về việc từ chối tiếp công dân"),
    *ADDRESSEES,
    BASES,
    _WHO,
    ABSTRACT,
    P("{{ letterhead.issuer_name }} từ chối tiếp ông (bà) lần này, vì lý do sau:"),
    REASONS,
    P(
        "Đơn, giấy tờ đã nhận vẫn được xem xét, xử lý theo quy định. Khi căn cứ từ chối không còn, "
        "ông (bà) được tiếp theo lịch tiếp công dân."
    ),
    CONTACT,
    P(
        "{{ letterhead.issuer_name }} thông báo để ông (bà) biết và báo cáo người phụ trách tiếp "
        "công dân./.",
        t.CLOSING,
    ),
    END,
]

NON_ACCEPTANCE: list[Block] = [
    Letterhead(),
    Heading("Thông báo về việc không thụ lý đơn"),
    *ADDRESSEES,
    BASES,
    RECEIVED,
    ABSTRACT,
    P("Sau khi xem xét, đơn không được thụ lý để giải quyết, vì lý do sau:"),
    REASONS,
    STEPS,
    CONTACT,
    P("{{ letterhead.issuer_name }} thông báo để ông (bà) biết./.", t.CLOSING),
    END,
]

_SIGNATURES = Columns(
    [
        P("Người rút đơn", t.AUTHORITY),
        P("(Ký, ghi rõ họ tên hoặc điểm chỉ)", t.SIGN_NOTE),
        *[P("", t.SIGN_SPACE)] * 4,
    ],
    SIGNATURE,
    left_width=80,
)

WITHDRAWAL_RECORD: list[Block] = [
    Letterhead(),
    Heading("Biên bản về việc rút đơn"),
    BASES,
    RECEIVED,
    ABSTRACT,
    P("Nay người có đơn tự nguyện rút toàn bộ nội dung nêu trên, vì lý do sau:"),
    REASONS,
    P(
        "Người có đơn đã được giải thích: kể từ khi rút, đơn không được xem xét, giải quyết tiếp; "
        "nội dung đã rút chỉ được xem xét lại khi có căn cứ cho thấy việc rút đơn là do bị đe dọa, "
        "ép buộc."
    ),
    P(
        "Biên bản được đọc lại, lập thành 02 bản, người có đơn giữ 01 bản, "
        "{{ letterhead.issuer_name }} giữ 01 bản./.",
        t.CLOSING,
    ),
    _SIGNATURES,
]

DISCONTINUANCE: list[Block] = [
    Letterhead(),
    Heading("Quyết định về việc đình chỉ giải quyết đơn"),
    BASES,
    P("QUYẾT ĐỊNH:", t.AUTHORITY),
    P(
        "**Điều 1.** Đình chỉ giải quyết đơn{% if filing_kind %} {{ filing_kind }}{% endif %} nhận "
        "ngày {{ filed_on|ngay }} của " + FROM + ", do người có đơn đã rút đơn."
    ),
    ABSTRACT,
    REASONS,
    P(
        "**Điều 2.** Cơ quan được giao giải quyết dừng việc xác minh, bàn giao hồ sơ để lưu theo "
        "quy định và thông báo cho người có đơn, người có liên quan."
    ),
    P("**Điều 3.** Quyết định có hiệu lực kể từ ngày ký./.", t.CLOSING),
    END,
]
