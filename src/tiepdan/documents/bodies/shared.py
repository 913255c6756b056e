"""Parts that several kinds of documents have in common."""

from tiepdan.documents import typography as t
from tiepdan.documents.blocks import (
    Block,
    Columns,
    For,
    If,
    P,
)

BASES = For("basis in bases", [P("{{ basis }}{% if loop.last %}.{% else %};{% endif %}", t.BASIS)])
ADDRESSEES: list[Block] = [
    If("addressees|length == 1", [P("Kính gửi: {{ addressees[0] }}", t.ADDRESSEE)]),
    If(
        "addressees|length > 1",
        [
            P("Kính gửi:", t.ADDRESSEE),
            For(
                "addressee in addressees",
                [
                    P(
                        "- {{ addressee }}{% if loop.last %}.{% else %};{% endif %}",
                        t.ADDRESSEE_LINE,
                    )
                ],
            ),
        ],
    ),
    P("", t.GAP),
]
SIGNATURE: list[Block] = [
    For("line in signature.authority", [P("{{ line }}", t.AUTHORITY)]),
    P("{{ signature.position }}", t.AUTHORITY),
    *[P("", t.SIGN_SPACE)] * 4,
    P("{{ signature.name }}", t.SIGNER),
]
RECIPIENTS: list[Block] = [
    P("Nơi nhận:", t.RECIPIENT_LABEL),
    For("place in recipients", [P("- {{ place }};", t.RECIPIENT)]),
    P("- Lưu: {{ archive }}.", t.RECIPIENT),
]
END = Columns(RECIPIENTS, SIGNATURE, left_width=80)
CODE: list[Block] = [
    P("{{ qr }}", t.CODE_NOTE),
    P("{{ tracking_code }}", t.CODE),
    P("Quét mã hoặc nhập mã tra cứu tại {{ tracking_site }}", t.CODE_NOTE),
]
CHECK_DIGITS: list[Block] = [
    P("Mã kiểm tra: {{ check_digits }}", t.CODE_NOTE_BOLD),
    P("Giữ kín mã kiểm tra: có mã này mới xem được tình trạng đơn", t.CODE_NOTE),
]
CONTACT = If("contact", [P("Thông tin liên hệ: {{ contact }}.")])
PERSON: list[Block] = [
    P(
        "Họ và tên: **{{ petitioner.name }}**"
        "{% if group_size > 1 %} (đại diện đoàn {{ group_size|so }} người){% endif %}",
        t.FACT,
    ),
    If(
        "petitioner.identity_number",
        [P("Số định danh/CCCD: {{ petitioner.identity_number }}", t.FACT)],
    ),
    If("petitioner.address", [P("Địa chỉ: {{ petitioner.address }}", t.FACT)]),
    If("petitioner.phone", [P("Điện thoại: {{ petitioner.phone }}", t.FACT)]),
]
CONCLUSION = (
    "- {{ line.text|cau }}"
    "{% if line.agency %} Cơ quan thực hiện: {{ line.agency }}"
    "{% if line.deadline %}; thời hạn: chậm nhất ngày {{ line.deadline|ngay }}{% endif %}."
    "{% elif line.deadline %} Thời hạn: chậm nhất ngày {{ line.deadline|ngay }}.{% endif %}"
)
