"""Papers that prepare a reception: proposal, public notice, invitation."""

from tiepdan.documents import typography as t
from tiepdan.documents.blocks import (
    Block,
    Column,
    For,
    Heading,
    If,
    Letterhead,
    P,
    Table,
)
from tiepdan.documents.bodies.shared import (
    ADDRESSEES,
    BASES,
    CONTACT,
    END,
)

PROPOSAL_LIST: list[Block] = [
    Letterhead(),
    Heading("Tờ trình"),
    *ADDRESSEES,
    BASES,
    P(
        "{{ letterhead.issuer_name }} đã tiếp nhận, phân loại {{ registered|so }} trường hợp công "
        "dân đăng ký gặp {{ receiver }} và trình danh sách tiếp công dân ngày "
        "{{ reception_on|ngay }} như sau:"
    ),
    P("1. Đề xuất tiếp: {{ proposed|length|so }} trường hợp", t.SECTION),
    If(
        "proposed",
        [
            Table(
                "row in proposed",
                [
                    Column("STT", 13, "{{ row.order }}", t.CELL_CENTRE),
                    Column(
                        "Họ tên, địa chỉ", 45,
                        "**{{ row.petitioner }}**{% if row.group_size > 1 %} (đoàn "
                        "{{ row.group_size|so }} người){% endif %}{% if row.address %}, "
                        "{{ row.address }}{% endif %}",
                    ),
                    Column("Loại việc", 24, "{{ row.filing_kind }}", t.CELL_CENTRE),
                    Column("Nội dung", 52, "{{ row.abstract }}"),
                    Column(
                        "Hình thức, điểm cầu", 31,
                        "{{ row.mode }}{% if row.site %}: {{ row.site }}{% endif %}",
                    ),
                ],
            )
        ],
    ),
    P("2. Không đề xuất tiếp: {{ declined|length|so }} trường hợp", t.SECTION),
    If(
        "declined",
        [
            Table(
                "row in declined",
                [
                    Column("STT", 13, "{{ row.order }}", t.CELL_CENTRE),
                    Column(
                        "Họ tên, địa chỉ", 45,
                        "**{{ row.petitioner }}**{% if row.address %}, {{ row.address }}"
                        "{% endif %}",
                    ),
                    Column("Nội dung", 46, "{{ row.abstract }}"),
                    Column(
                        "Lý do, văn bản trả lời", 61,
                        "{{ row.reason|cau }}{% if row.reply %} Đã trả lời tại Văn bản số "
                        "{{ row.reply }}.{% endif %}",
                    ),
                ],
            )
        ],
    ),
    P("Kính trình {{ receiver }} xem xét, phê duyệt./.", t.CLOSING),
    END,
]  # fmt: skip

SCHEDULE_NOTICE: list[Block] = [
    Letterhead(),
    Heading("Thông báo"),
    BASES,
    P("{{ letterhead.issuer_name }} thông báo lịch tiếp công dân như sau:"),
    P("**1. Người tiếp công dân:** {{ receiver }}."),
    If("participants", [P("Thành phần dự tiếp: {{ participants|join('; ') }}.")]),
    P("2. Thời gian, hình thức", t.SECTION),
    P("Từ {{ starts_at|gio }} đến {{ ends_at|gio }}, {{ starts_at|ngay_dai }}."),
    P("Hình thức tiếp: {{ mode }}."),
    P("3. Địa điểm", t.SECTION),
    Table(
        "row in sites",
        [
            Column("STT", 14, "{{ loop.index }}", t.CELL_CENTRE),
            Column("Địa điểm", 60, "{{ row.name }}"),
            Column("Địa chỉ", 51, "{{ row.address }}"),
            Column("Vai trò", 40, "{{ row.role }}"),
        ],
    ),
    P("4. Nội dung", t.SECTION),
    For("line in content|dong", [P("{{ line }}")]),
    For("line in notes", [P("{{ line|cau }}")]),
    CONTACT,
    P(
        "{{ letterhead.issuer_name }} thông báo để các cơ quan, tổ chức, đơn vị, địa phương và "
        "công dân được biết./.",
        t.CLOSING,
    ),
    END,
]

INVITATION: list[Block] = [
    Letterhead(),
    Heading("Giấy mời"),
    *ADDRESSEES,
    P(
        "{{ letterhead.issuer_name }} trân trọng kính mời đại diện lãnh đạo quý cơ quan, đơn vị "
        "dự buổi tiếp công dân:"
    ),
    P("**Chủ trì:** {{ chair }}."),
    P("**Thời gian:** từ {{ starts_at|gio }} đến {{ ends_at|gio }}, {{ starts_at|ngay_dai }}."),
    P("**Điểm cầu trung tâm:** {{ place }}."),
    If("sites", [P("**Điểm cầu thành phần:** {{ sites|join('; ') }}.")]),
    If(
        "matters",
        [
            P("**Các vụ việc:**"),
            Table(
                "row in matters",
                [
                    Column("STT", 14, "{{ row.order }}", t.CELL_CENTRE),
                    Column("Công dân", 40, "{{ row.petitioner }}"),
                    Column("Nội dung vụ việc", 71, "{{ row.abstract }}"),
                    Column("Điểm cầu", 40, "{{ row.site }}"),
                ],
            ),
        ],
    ),
    If("requests", [P("**Đề nghị chuẩn bị:**"), For("line in requests", [P("- {{ line|cau }}")])]),
    CONTACT,
    P("Đề nghị quý cơ quan, đơn vị dự đúng thành phần, thời gian và địa điểm./.", t.CLOSING),
    END,
]
