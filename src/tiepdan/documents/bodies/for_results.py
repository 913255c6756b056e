"""Papers that follow a reception: minutes, notice of results."""

from tiepdan.documents import typography as t
from tiepdan.documents.blocks import (
    Block,
    Columns,
    For,
    Heading,
    If,
    Letterhead,
    P,
    SignerRows,
)
from tiepdan.documents.bodies.shared import (
    BASES,
    CONCLUSION,
    END,
    RECIPIENTS,
)

MINUTES: list[Block] = [
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
                [P("{% if loop.first %}Nội dung, yêu cầu: {% endif %}{{ line|cau }}")],
            ),
            If(
                "visit.papers",
                [P("Thông tin, tài liệu cung cấp: {{ visit.papers|join('; ') }}.")],
            ),
            For("paper in visit.shown|default([])", [P("Đã trình chiếu: {{ paper|cau }}")]),
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
                    For("line in visit.conclusions", [P(CONCLUSION)]),
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
        "{{ copies|so }} bản./.",
        t.CLOSING,
    ),
    SignerRows(),
    Columns(RECIPIENTS, [], left_width=100),
]

RESULT_NOTICE: list[Block] = [
    Letterhead(),
    Heading("Thông báo"),
    BASES,
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
                [P("{% if loop.first %}Nội dung: {% endif %}{{ line|cau }}")],
            ),
            For(
                "opinion in result.opinions",
                [P("Ý kiến của {{ opinion.speaker }}: {{ opinion.text|cau }}")],
            ),
            If(
                "result.conclusions",
                [P("Kết luận:"), For("line in result.conclusions", [P(CONCLUSION)])],
            ),
        ],
    ),
    For("line in closing", [P("{{ line|cau }}")]),
    P(
        "{{ letterhead.issuer_name }} thông báo để các cơ quan, đơn vị và công dân được biết, "
        "thực hiện./.",
        t.CLOSING,
    ),
    END,
]
