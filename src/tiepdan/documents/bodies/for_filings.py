"""Papers about what is done with a filing (xử lý đơn)."""

from tiepdan.documents import typography as t
from tiepdan.documents.blocks import Block, Columns, For, Heading, If, Letterhead, P
from tiepdan.documents.bodies.shared import ADDRESSEES, BASES, CONTACT, END, SIGNATURE

FROM = (
    "{{ petitioner.name }}{% if petitioner.address %}, địa chỉ: {{ petitioner.address }}{% endif %}"
)
RECEIVED = P(
    "Ngày {{ filed_on|ngay }}, {{ letterhead.issuer_name }} nhận được đơn của " + FROM + "."
)
_KIND = P("Loại đơn (theo nội dung): {{ filing_kind }}.")
ABSTRACT = For(
    "line in abstract|dong", [P("{% if loop.first %}Nội dung: {% endif %}{{ line|cau }}")]
)
REASONS = For("line in reasons", [P("{{ line }}")])
STEPS = For("line in guidance", [P("{{ line }}")])


def _papers(head: str) -> If:
    return If(
        "papers",
        [
            P(head),
            For("paper in papers", [P("- {{ paper }}{% if loop.last %}.{% else %};{% endif %}")]),
        ],
    )


GUIDANCE: list[Block] = [
    Letterhead(),
    Heading("Phiếu hướng dẫn"),
    BASES,
    RECEIVED,
    ABSTRACT,
    REASONS,
    If(
        "body",
        [
            P(
                "Nội dung đơn không thuộc thẩm quyền của {{ letterhead.issuer_name }}. Đề nghị ông "
                "(bà) gửi đơn đến **{{ body }}** để được xem xét, giải quyết theo quy định."
            )
        ],
    ),
    STEPS,
    _papers("Gửi trả ông (bà) các giấy tờ sau:"),
    P("Việc hướng dẫn này chỉ thực hiện một lần./.", t.CLOSING),
    CONTACT,
    END,
]

_TRANSFER_END: list[Block] = [
    _papers("Gửi kèm theo:"),
    P(
        "Đề nghị {{ body }} xem xét, giải quyết theo thẩm quyền và thông báo kết quả cho "
        "{{ letterhead.issuer_name }}./.",
        t.CLOSING,
    ),
    END,
]

DENUNCIATION_TRANSFER: list[Block] = [
    Letterhead(),
    Heading("Phiếu chuyển đơn tố cáo"),
    *ADDRESSEES,
    BASES,
    P(
        "Ngày {{ filed_on|ngay }}, {{ letterhead.issuer_name }} nhận được đơn tố cáo mang ký hiệu "
        "{{ petitioner.name }}."
    ),
    ABSTRACT,
    REASONS,
    P(
        "Họ tên, địa chỉ, bút tích của người tố cáo được giữ bí mật theo Luật Tố cáo và không ghi "
        "trong phiếu này."
    ),
    *_TRANSFER_END,
]

TRANSFER: list[Block] = [
    Letterhead(),
    Heading("Phiếu chuyển đơn kiến nghị, phản ánh"),
    *ADDRESSEES,
    BASES,
    RECEIVED,
    ABSTRACT,
    REASONS,
    *_TRANSFER_END,
]

FILING_RETURN: list[Block] = [
    Letterhead(letter=True),
    *ADDRESSEES,
    RECEIVED,
    ABSTRACT,
    If(
        "bases",
        [
            P(
                "Căn cứ {% for basis in bases %}{{ basis }}{% if not loop.last %}; {% endif %}"
                "{% endfor %}, {{ letterhead.issuer_name }} trả lại đơn vì lý do sau:"
            )
        ],
    ),
    REASONS,
    If("body", [P("Cơ quan có thẩm quyền giải quyết: **{{ body }}**.")]),
    STEPS,
    _papers("Các giấy tờ trả lại:"),
    CONTACT,
    P("{{ letterhead.issuer_name }} trả lời để ông (bà), quý cơ quan được biết./.", t.CLOSING),
    END,
]

_APPROVALS = Columns(
    [
        P("Phê duyệt của thủ trưởng", t.AUTHORITY),
        P("(Ký, ghi rõ họ tên)", t.SIGN_NOTE),
        *[P("", t.SIGN_SPACE)] * 4,
    ],
    SIGNATURE,
    left_width=80,
)

ACCEPTANCE_PROPOSAL: list[Block] = [
    Letterhead(),
    Heading("Phiếu đề xuất thụ lý đơn"),
    *ADDRESSEES,
    RECEIVED,
    _KIND,
    ABSTRACT,
    P("Căn cứ đề xuất:"),
    REASONS,
    P("Đề xuất thụ lý để giải quyết theo quy định của pháp luật./.", t.CLOSING),
    _APPROVALS,
]

SHELVING: list[Block] = [
    Letterhead(),
    Heading("Phiếu đề xuất lưu đơn"),
    *ADDRESSEES,
    BASES,
    RECEIVED,
    _KIND,
    ABSTRACT,
    P("Lý do lưu đơn:"),
    REASONS,
    If(
        "due_on",
        [
            P(
                "Đơn được lưu đến hết ngày {{ due_on|ngay }}; sau đó chỉ tiêu hủy theo quyết "
                "định của người đứng đầu."
            )
        ],
    ),
    P("Kính trình phê duyệt./.", t.CLOSING),
    _APPROVALS,
]

RECEPTION_REFUSAL: list[Block] = [
    Letterhead(),
    Heading("Thông báo về việc từ chối tiếp công dân"),
    *ADDRESSEES,
    BASES,
    P(
        "Ông (bà): " + FROM + "{% if petitioner.identity_number %}, số định danh: "
        "{{ petitioner.identity_number }}{% endif %}."
    ),
    ABSTRACT,
    P(
        "Vụ việc đã được giải quyết đúng chính sách, pháp luật, được cơ quan nhà nước có thẩm "
        "quyền kiểm tra, rà soát và thông báo trả lời bằng văn bản."
    ),
    _papers("Các văn bản đã ban hành:"),
    REASONS,
    P(
        "Căn cứ khoản 3 Điều 9 Luật Tiếp công dân, {{ letterhead.issuer_name }} từ chối tiếp công "
        "dân đối với vụ việc nêu trên và thông báo để ông (bà) biết./.",
        t.CLOSING,
    ),
    END,
]

URGING: list[Block] = [
    Letterhead(letter=True),
    *ADDRESSEES,
    P("Ngày {{ filed_on|ngay }}, {{ letterhead.issuer_name }} tiếp nhận đơn của " + FROM + "."),
    ABSTRACT,
    If(
        "due_on",
        [
            P(
                "Vụ việc thuộc trách nhiệm của {{ body }}; thời hạn đến ngày {{ due_on|ngay }}, "
                "đến nay đã quá thời gian quy định."
            )
        ],
    ),
    REASONS,
    P(
        "Đề nghị {{ body }} giải quyết dứt điểm, thông báo kết quả cho công dân và "
        "{{ letterhead.issuer_name }}./.",
        t.CLOSING,
    ),
    END,
]

DESTRUCTION: list[Block] = [
    Letterhead(),
    Heading("Quyết định về việc tiêu hủy đơn"),
    BASES,
    P("QUYẾT ĐỊNH:", t.AUTHORITY),
    P(
        "**Điều 1.** Tiêu hủy đơn nhận ngày {{ filed_on|ngay }}, loại {{ filing_kind }}, cùng các "
        "giấy tờ kèm theo, đã lưu đủ thời hạn."
    ),
    ABSTRACT,
    REASONS,
    P("**Điều 2.** Việc tiêu hủy được lập biên bản; sổ và nhật ký vẫn giữ thông tin xử lý đơn."),
    P("**Điều 3.** Quyết định có hiệu lực kể từ ngày ký./.", t.CLOSING),
    END,
]
