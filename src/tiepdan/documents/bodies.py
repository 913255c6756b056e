"""What each kind of document says, as blocks. Wording after TT 04/2021/TT-TTCP and usage."""

from collections.abc import Mapping

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
    SignerRows,
    Table,
)
from tiepdan.documents.kinds import DocumentKind

_BASES = For("basis in bases", [P("{{ basis }}{% if loop.last %}.{% else %};{% endif %}", t.BASIS)])
_ADDRESSEES: list[Block] = [
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
    P("", t.RULE),
]
_SIGNATURE: list[Block] = [
    For("line in signature.authority", [P("{{ line }}", t.AUTHORITY)]),
    P("{{ signature.position }}", t.AUTHORITY),
    *[P("", t.SIGN_SPACE)] * 4,
    P("{{ signature.name }}", t.SIGNER),
]
_RECIPIENTS: list[Block] = [
    P("Nơi nhận:", t.RECIPIENT_LABEL),
    For("place in recipients", [P("- {{ place }};", t.RECIPIENT)]),
    P("- Lưu: {{ archive }}.", t.RECIPIENT),
]
_END = Columns(_RECIPIENTS, _SIGNATURE, left_width=80)
_CODE: list[Block] = [
    P("{{ qr }}", t.CODE_NOTE),
    P("{{ tracking_code }}", t.CODE),
    P("Quét mã hoặc nhập mã tra cứu tại {{ tracking_site }}", t.CODE_NOTE),
]
_CONTACT = If("contact", [P("Thông tin liên hệ: {{ contact }}.")])
_PERSON: list[Block] = [
    P(
        "Họ và tên: **{{ petitioner.name }}**"
        "{% if group_size > 1 %} (đại diện đoàn {{ group_size|so }} người){% endif %}"
    ),
    If("petitioner.identity_number", [P("Số định danh/CCCD: {{ petitioner.identity_number }}")]),
    If("petitioner.address", [P("Địa chỉ: {{ petitioner.address }}")]),
    If("petitioner.phone", [P("Điện thoại: {{ petitioner.phone }}")]),
]
_CONCLUSION = (
    "- {{ line.text|cau }}"
    "{% if line.agency %} Cơ quan thực hiện: {{ line.agency }}"
    "{% if line.deadline %}; thời hạn: chậm nhất ngày {{ line.deadline|ngay }}{% endif %}."
    "{% elif line.deadline %} Thời hạn: chậm nhất ngày {{ line.deadline|ngay }}.{% endif %}"
)

_RECEIPT: list[Block] = [
    Letterhead(),
    Heading("Giấy biên nhận"),
    P("Hồi {{ received_at|gio_ngay }}, tại {{ place }}."),
    P("Người tiếp nhận: {{ officer_name }}; chức vụ: {{ officer_title }}."),
    P("Đã tiếp nhận đăng ký tiếp công dân của:"),
    *_PERSON,
    P("Loại việc: {{ filing_kind }}. Hình thức đăng ký: {{ channel }}."),
    For("line in abstract|dong", [P("{% if loop.first %}Nội dung: {% endif %}{{ line }}")]),
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
    P("Giấy biên nhận được lập thành 02 bản, giao công dân 01 bản, lưu 01 bản./."),
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
    Columns(_RECIPIENTS, _CODE, left_width=80),
]

_REASONED_REPLY: list[Block] = [
    Letterhead(letter=True),
    *_ADDRESSEES,
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
    _CONTACT,
    P("{{ letterhead.issuer_name }} trả lời để ông (bà) được biết và thực hiện./."),
    _END,
]

_INVITATION: list[Block] = [
    Letterhead(),
    Heading("Giấy mời"),
    *_ADDRESSEES,
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
    _CONTACT,
    P("Đề nghị quý cơ quan, đơn vị dự đúng thành phần, thời gian và địa điểm./."),
    _END,
]

_CITIZEN_APPOINTMENT: list[Block] = [
    Letterhead(),
    Heading("Phiếu hẹn"),
    P("{{ letterhead.issuer_name }} hẹn:"),
    *_PERSON,
    For(
        "line in abstract|dong",
        [P("{% if loop.first %}Nội dung đề nghị được tiếp: {% endif %}{{ line }}")],
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
    If(
        "online",
        [
            P(
                "Công dân có quyền đề nghị được tiếp trực tiếp thay cho trực tuyến cho đến khi "
                "bắt đầu được tiếp."
            )
        ],
    ),
    _CONTACT,
    Columns([*_CODE, *_RECIPIENTS], _SIGNATURE, left_width=80),
]

_PROPOSAL_LIST: list[Block] = [
    Letterhead(),
    Heading("Tờ trình"),
    *_ADDRESSEES,
    _BASES,
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
                        "**{{ row.petitioner }}**{% if row.address %}, {{ row.address }}{% endif %}",
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
    P("Kính trình {{ receiver }} xem xét, phê duyệt./."),
    _END,
]  # fmt: skip

_SCHEDULE_NOTICE: list[Block] = [
    Letterhead(),
    Heading("Thông báo"),
    _BASES,
    P("{{ letterhead.issuer_name }} thông báo lịch tiếp công dân như sau:"),
    P("1. Người tiếp công dân: {{ receiver }}.", t.SECTION),
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
    _CONTACT,
    P(
        "{{ letterhead.issuer_name }} thông báo để các cơ quan, tổ chức, đơn vị, địa phương và "
        "công dân được biết./."
    ),
    _END,
]

_MINUTES: list[Block] = [
    Letterhead(),
    Heading("Biên bản"),
    P("Hồi {{ opened_at|gio_ngay }}, tại {{ place }}, tiến hành tiếp công dân ({{ mode }})."),
    P("I. THÀNH PHẦN", t.SECTION),
    For(
        "person in participants",
        [
            P(
                "{{ loop.index }}. {{ person.name }}{% if person.title %}, {{ person.title }}"
                "{% endif %}: {{ person.part }}{% if person.site %} ({{ person.site }}){% endif %}."
            )
        ],
    ),
    If(
        "sites|length > 1",
        [
            P("Các điểm cầu:"),
            For(
                "site in sites",
                [
                    P(
                        "- {{ site.name }}{% if site.address %}, {{ site.address }}{% endif %} "
                        "({{ site.role }}){% if loop.last %}.{% else %};{% endif %}"
                    )
                ],
            ),
        ],
    ),
    P("II. NỘI DUNG", t.SECTION),
    For(
        "visit in visits",
        [
            P(
                "Lượt {{ visit.order|so }}: {{ visit.petitioner.name }}"
                "{% if visit.group_size > 1 %} (đoàn {{ visit.group_size|so }} người){% endif %}",
                t.SECTION,
            ),
            P(
                "Người được tiếp: {{ visit.petitioner.name }}"
                "{% if visit.petitioner.identity_number %}; số định danh/CCCD: "
                "{{ visit.petitioner.identity_number }}{% endif %}"
                "{% if visit.petitioner.address %}; địa chỉ: {{ visit.petitioner.address }}"
                "{% endif %}{% if visit.petitioner.phone %}; điện thoại: "
                "{{ visit.petitioner.phone }}{% endif %}."
            ),
            P(
                "Thời gian tiếp: từ {{ visit.started_at|gio }} đến {{ visit.ended_at|gio }}"
                "{% if visit.site %}, tại {{ visit.site }}{% endif %}."
            ),
            For(
                "line in visit.request|dong",
                [P("{% if loop.first %}Nội dung, yêu cầu: {% endif %}{{ line }}")],
            ),
            If(
                "visit.papers",
                [P("Thông tin, tài liệu cung cấp: {{ visit.papers|join('; ') }}.")],
            ),
        ],
    ),
    If(
        "unheard",
        [
            P("Công dân chưa được tiếp", t.SECTION),
            For("person in unheard", [P("- {{ person.petitioner }}: {{ person.reason|cau }}")]),
        ],
    ),
    If(
        "events",
        [
            P("Diễn biến khác trong buổi tiếp", t.SECTION),
            For("event in events", [P("- {{ event|cau }}")]),
        ],
    ),
    P("III. KẾT QUẢ", t.SECTION),
    For(
        "visit in visits",
        [
            P("Lượt {{ visit.order|so }}: {{ visit.petitioner.name }}", t.SECTION),
            For(
                "opinion in visit.opinions",
                [P("Ý kiến của {{ opinion.speaker }}: {{ opinion.text|cau }}")],
            ),
            If(
                "visit.conclusions",
                [
                    P("Kết luận của người chủ trì:"),
                    For("line in visit.conclusions", [P(_CONCLUSION)]),
                ],
            ),
            P(
                "Ý kiến của người được tiếp: {% if visit.citizen_opinion %}"
                "{{ visit.citizen_opinion|cau }}{% else %}không có ý kiến khác.{% endif %}"
            ),
        ],
    ),
    P(
        "Buổi tiếp kết thúc hồi {{ closed_at|gio_ngay }}. Biên bản đã được đọc lại cho những "
        "người có tên nghe, công nhận đúng và cùng ký tên. Biên bản được lập thành "
        "{{ copies|so }} bản./."
    ),
    SignerRows(),
    Columns(_RECIPIENTS, [], left_width=100),
]

_RESULT_NOTICE: list[Block] = [
    Letterhead(),
    Heading("Thông báo"),
    _BASES,
    P(
        "{{ held_on|ngay_dai|dau_cau }}, tại {{ place }}, {{ chair }} đã tiếp công dân theo hình "
        "thức {{ mode }}.{% if participants %} Tham dự có: {{ participants|join('; ') }}."
        "{% endif %}"
    ),
    P(
        "Sau khi nghe công dân trình bày và ý kiến của các cơ quan, đơn vị, {{ chair }} kết luận "
        "như sau:"
    ),
    For(
        "result in results",
        [
            P(
                "{{ loop.index }}. {{ result.petitioner }}{% if result.address %}, "
                "{{ result.address }}{% endif %}",
                t.SECTION,
            ),
            For(
                "line in result.abstract|dong",
                [P("{% if loop.first %}Nội dung: {% endif %}{{ line }}")],
            ),
            For(
                "opinion in result.opinions",
                [P("Ý kiến của {{ opinion.speaker }}: {{ opinion.text|cau }}")],
            ),
            If(
                "result.conclusions",
                [P("Kết luận:"), For("line in result.conclusions", [P(_CONCLUSION)])],
            ),
        ],
    ),
    For("line in closing", [P("{{ line|cau }}")]),
    P(
        "{{ letterhead.issuer_name }} thông báo để các cơ quan, đơn vị và công dân được biết, "
        "thực hiện./."
    ),
    _END,
]

BODIES: Mapping[DocumentKind, list[Block]] = {
    DocumentKind.RECEIPT: _RECEIPT,
    DocumentKind.REASONED_REPLY: _REASONED_REPLY,
    DocumentKind.INVITATION: _INVITATION,
    DocumentKind.CITIZEN_APPOINTMENT: _CITIZEN_APPOINTMENT,
    DocumentKind.PROPOSAL_LIST: _PROPOSAL_LIST,
    DocumentKind.SCHEDULE_NOTICE: _SCHEDULE_NOTICE,
    DocumentKind.MINUTES: _MINUTES,
    DocumentKind.RESULT_NOTICE: _RESULT_NOTICE,
}
