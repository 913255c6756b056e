"""Papers a citizen takes home: receipt, reply, appointment."""

from tiepdan.documents import typography as t
from tiepdan.documents.blocks import (
    Block,
    Column,
    Columns,
    For,
    Heading,
    If,
    Letterhead,
    P,
    Table,
)
from tiepdan.documents.bodies.shared import (
    ADDRESSEES,
    CHECK_DIGITS,
    CODE,
    CONTACT,
    END,
    PERSON,
)

RECEIPT: list[Block] = [
    Letterhead(),
    Heading("Giấy biên nhận"),
    P("Hồi {{ received_at|gio_ngay }}, tại {{ place }}."),
    P("Người tiếp nhận: {{ officer_name }}; chức vụ: {{ officer_title }}."),
    P("Đã tiếp nhận đăng ký tiếp công dân của:"),
    Columns(
        [
            *PERSON,
            P("Loại việc: {{ filing_kind }}", t.FACT),
            P("Hình thức đăng ký: {{ channel }}", t.FACT),
        ],
        [*CODE, *CHECK_DIGITS],
        left_width=110,
    ),
    P("", t.GAP),
    For("line in abstract|dong", [P("{% if loop.first %}Nội dung: {% endif %}{{ line|cau }}")]),
    If(
        "wishes_online",
        [
            P(
                "Công dân đồng ý được tiếp theo hình thức trực tuyến; có thể đổi ý cho đến khi "
                "bắt đầu được tiếp."
            )
        ],
    ),
    If("not wishes_online", [P("Công dân đề nghị được tiếp theo hình thức trực tiếp.")]),
    If(
        "papers",
        [
            P("Thông tin, tài liệu, bằng chứng kèm theo:"),
            Table(
                "row in papers",
                [
                    Column("STT", 14, "{{ loop.index }}", t.CELL_CENTRE),
                    Column("Tên tài liệu", 95, "{{ row.name }}"),
                    Column("Số bản", 20, "{{ row.copies|so }}", t.CELL_CENTRE),
                    Column("Ghi chú", 36, "{{ row.note }}"),
                ],
            ),
        ],
    ),
    P("Giấy biên nhận được lập thành 02 bản, giao công dân 01 bản, lưu 01 bản./.", t.CLOSING),
    Columns(
        [
            P("Công dân", t.AUTHORITY),
            P("(Ký hoặc điểm chỉ, ghi rõ họ tên)", t.SIGN_NOTE),
            *[P("", t.SIGN_SPACE)] * 4,
            P("{{ petitioner.name }}", t.SIGNER),
        ],
        [
            P("{{ signature.position }}", t.AUTHORITY),
            P("(Ký, ghi rõ họ tên)", t.SIGN_NOTE),
            *[P("", t.SIGN_SPACE)] * 4,
            P("{{ signature.name }}", t.SIGNER),
        ],
    ),
]

REASONED_REPLY: list[Block] = [
    Letterhead(letter=True),
    *ADDRESSEES,
    P(
        "{{ letterhead.issuer_name }} nhận được đề nghị ngày {{ filed_on|ngay }} của "
        "{{ petitioner.name }}{% if petitioner.address %}, địa chỉ: {{ petitioner.address }}"
        "{% endif %}; nội dung: {{ abstract|cau }}"
    ),
    If(
        "bases",
        [
            P(
                "Căn cứ {% for basis in bases %}{{ basis }}{% if not loop.last %}; {% endif %}"
                "{% endfor %}, {{ letterhead.issuer_name }} trả lời như sau:"
            )
        ],
    ),
    P("1. Lý do chưa đề xuất tiếp", t.SECTION),
    For("reason in reasons", [P("{{ reason }}")]),
    If(
        "guidance",
        [P("2. Hướng dẫn công dân", t.SECTION), For("line in guidance", [P("{{ line }}")])],
    ),
    CONTACT,
    P("{{ letterhead.issuer_name }} trả lời để ông (bà) được biết và thực hiện./.", t.CLOSING),
    END,
]

CITIZEN_APPOINTMENT: list[Block] = [
    Letterhead(),
    Heading("Phiếu hẹn"),
    P("{{ letterhead.issuer_name }} hẹn:"),
    Columns(PERSON, CODE, left_width=110),
    P("", t.GAP),
    For(
        "line in abstract|dong",
        [P("{% if loop.first %}Nội dung đề nghị được tiếp: {% endif %}{{ line|cau }}")],
    ),
    P(
        "Có mặt tại **{{ site_name }}**{% if site_address %} ({{ site_address }}){% endif %} vào "
        "hồi **{{ appears_at|gio_ngay }}** để được {{ receiver }} tiếp"
        "{% if online %} theo hình thức trực tuyến{% endif %}."
    ),
    If("order", [P("Số thứ tự: **{{ order|so }}**. Thứ tự tiếp theo thứ tự đăng ký.")]),
    If(
        "bring",
        [
            P("Khi đến, đề nghị mang theo:"),
            For("line in bring", [P("- {{ line }}{% if loop.last %}.{% else %};{% endif %}")]),
        ],
    ),
    If("support", [P("Nơi tiếp bố trí hỗ trợ: {{ support|join('; ') }}.")]),
    If(
        "online",
        [
            P(
                "Công dân có quyền đề nghị được tiếp trực tiếp thay cho trực tuyến cho đến khi "
                "bắt đầu được tiếp."
            )
        ],
    ),
    CONTACT,
    END,
]
