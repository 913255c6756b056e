"""One filled-in context of each kind, about invented people."""

from typing import Any

from tiepdan.documents import contexts as c
from tiepdan.documents.kinds import DocumentKind

UBND: c.Letterhead = {
    "parent_name": "",
    "issuer_name": "Ủy ban nhân dân tỉnh Lạng Sơn",
    "issuer_symbol": "UBND",
    "unit_symbol": "TCD",
    "place_name": "Lạng Sơn",
}
BOARD: c.Letterhead = {
    "parent_name": "Văn phòng UBND tỉnh Lạng Sơn",
    "issuer_name": "Ban Tiếp công dân",
    "issuer_symbol": "BTCD",
    "unit_symbol": "",
    "place_name": "Lạng Sơn",
}
COMMUNE: c.Letterhead = {
    "parent_name": "",
    "issuer_name": "Ủy ban nhân dân xã Hữu Lũng",
    "issuer_symbol": "UBND",
    "unit_symbol": "",
    "place_name": "Hữu Lũng",
}
CHAIR: c.Signature = {"authority": [], "position": "Chủ tịch", "name": "Lý Thị Chi"}
HEAD: c.Signature = {"authority": [], "position": "Trưởng ban", "name": "Hoàng Đình Phúc"}
AN: c.Person = {
    "name": "Nguyễn Thị Thuỳ An",
    "identity_number": "020190001234",
    "address": "thôn Nà Hoa, xã Hữu Lũng, tỉnh Lạng Sơn",
    "phone": "0912 345 678",
}
LAND = (
    "Đề nghị xem xét việc bồi thường, hỗ trợ khi Nhà nước thu hồi 1.250 m² đất trồng cây lâu năm "
    "để thực hiện dự án đường liên xã; chưa đồng ý với diện tích đo đạc"
)
ROAD = "Kiến nghị sửa chữa đoạn đường vào trường tiểu học bị sạt lở sau mưa lũ"
SITES: list[c.SiteRow] = [
    {
        "name": "Trụ sở Tiếp công dân tỉnh",
        "address": "số 2 đường Hùng Vương, phường Lương Văn Tri",
        "role": "Điểm cầu trung tâm",
    },
    {
        "name": "UBND xã Hữu Lũng",
        "address": "trụ sở UBND xã, phòng họp tầng 1",
        "role": "Điểm cầu thành phần",
    },
    {
        "name": "UBND xã Lộc Bình",
        "address": "trụ sở UBND xã",
        "role": "Điểm cầu thành phần",
    },
]
BASES = [
    "Căn cứ Luật Tiếp công dân số 42/2013/QH13 ngày 25 tháng 11 năm 2013",
    "Căn cứ Luật số 136/2025/QH15 ngày 10 tháng 12 năm 2025",
    (
        "Căn cứ Quyết định số 2193/QĐ-UBND ngày 05 tháng 12 năm 2024 của Chủ tịch Ủy ban nhân dân "
        "tỉnh ban hành Đề án tiếp công dân trực tuyến"
    ),
]
CONCLUSIONS: list[c.ConclusionLine] = [
    {
        "text": "Kiểm tra, đo đạc lại diện tích đất thu hồi của hộ bà Nguyễn Thị Thuỳ An, có sự "
        "chứng kiến của gia đình; trả lời công dân bằng văn bản",
        "agency": "Sở Nông nghiệp và Môi trường",
        "deadline": "2027-01-15",
    },
    {
        "text": "Rà soát phương án bồi thường, hỗ trợ theo kết quả đo đạc lại.",
        "agency": "UBND xã Hữu Lũng",
        "deadline": "2027-02-05",
    },
]
OPINIONS: list[c.Opinion] = [
    {
        "speaker": "đại diện Sở Nông nghiệp và Môi trường",
        "text": "diện tích được xác định theo bản đồ địa chính năm 2012; sẽ kiểm tra thực địa",
    },
    {"speaker": "Chủ tịch UBND xã Hữu Lũng", "text": "xã phối hợp và cử cán bộ địa chính tham gia"},
]


def _visit(order: int, name: str, request: str) -> c.MinutesVisit:
    return {
        "order": order,
        "petitioner": AN | {"name": name},
        "group_size": 1 if order == 1 else 4,
        "site": "điểm cầu UBND xã Hữu Lũng",
        "started_at": f"2026-12-15T14:{order:02d}:00+07:00",
        "ended_at": f"2026-12-15T14:{order + 25}:00+07:00",
        "request": request,
        "papers": ["Đơn đề ngày 02/12/2026", "Biên bản kiểm đếm (bản sao)"] if order == 1 else [],
        "opinions": OPINIONS,
        "conclusions": CONCLUSIONS,
        "citizen_opinion": "nhất trí với kết luận" if order == 1 else "",
    }


def _common(
    letterhead: c.Letterhead, signature: c.Signature, recipients: list[str]
) -> dict[str, Any]:
    return {
        "letterhead": letterhead,
        "signature": signature,
        "recipients": recipients,
        "archive": "VT, BTCD",
    }


_TRACKING = {
    "tracking_code": "TD-7K3M-Q9XF",
    "tracking_url": "https://tiepdan.example.vn/tra-cuu/TD-7K3M-Q9XF/",
}
_CONTACT = "Ban Tiếp công dân tỉnh, điện thoại 0205 3000 000"
_RECEIVER = "Chủ tịch Ủy ban nhân dân tỉnh"

SAMPLES: dict[DocumentKind, tuple[str, dict[str, Any]]] = {
    DocumentKind.RECEIPT: (
        "Đăng ký gặp Chủ tịch Ủy ban nhân dân tỉnh",
        _common(
            COMMUNE,
            {"authority": [], "position": "Người tiếp nhận", "name": "Trần Văn Bình"},
            ["Công dân đăng ký", "Ban Tiếp công dân tỉnh"],
        )
        | {
            "received_at": "2026-12-02T08:15:00+07:00",
            "place": "trụ sở UBND xã Hữu Lũng",
            "officer_name": "Trần Văn Bình",
            "officer_title": "công chức tiếp công dân",
            "petitioner": AN,
            "group_size": 1,
            "filing_kind": "Khiếu nại",
            "check_digits": "482913",
            "channel": "Trực tiếp",
            "abstract": LAND,
            "wishes_online": True,
            "papers": [
                {"name": "Đơn đề ngày 02/12/2026", "copies": 1, "note": "bản chính"},
                {"name": "Biên bản kiểm đếm", "copies": 2, "note": "bản sao"},
            ],
        }
        | _TRACKING,
    ),
    DocumentKind.REASONED_REPLY: (
        "trả lời đề nghị gặp Chủ tịch Ủy ban nhân dân tỉnh",
        _common(
            UBND,
            {
                "authority": ["TL. Chủ tịch"],
                "position": "Trưởng Ban Tiếp công dân",
                "name": "Hoàng Đình Phúc",
            },
            ["Như trên", "Chủ tịch UBND tỉnh (để báo cáo)", "UBND xã Hữu Lũng"],
        )
        | {
            "addressees": ["ông Nông Văn Đạt, thôn Bản Mới, xã Hữu Lũng"],
            "petitioner": AN | {"name": "ông Nông Văn Đạt", "address": "thôn Bản Mới"},
            "filed_on": "2026-12-03",
            "abstract": "khiếu nại việc cấp giấy chứng nhận quyền sử dụng đất cho hộ liền kề",
            "bases": ["khoản 1 Điều 17 Luật Khiếu nại", "Điều 18 Luật Tiếp công dân"],
            "reasons": [
                (
                    "Vụ việc thuộc thẩm quyền giải quyết lần đầu của Chủ tịch UBND xã Hữu "
                    "Lũng và đang trong thời hạn giải quyết."
                ),
            ],
            "guidance": [
                (
                    "Ông tiếp tục theo dõi việc giải quyết tại UBND xã Hữu Lũng. Trường hợp quá "
                    "thời hạn mà chưa được giải quyết hoặc không đồng ý với quyết định giải quyết, "
                    "ông có quyền khiếu nại lần hai hoặc khởi kiện tại Tòa án theo quy định."
                ),
            ],
            "contact": _CONTACT,
        },
    ),
    DocumentKind.INVITATION: (
        "Dự buổi tiếp công dân trực tuyến định kỳ tháng 12 năm 2026",
        _common(
            UBND,
            {
                "authority": ["TL. Chủ tịch"],
                "position": "Chánh Văn phòng",
                "name": "Vi Quốc Khánh",
            },
            ["Như trên", "Chủ tịch UBND tỉnh (để báo cáo)", "Ban Tiếp công dân"],
        )
        | {
            "addressees": [
                "Sở Nông nghiệp và Môi trường",
                "Sở Xây dựng",
                "UBND xã Hữu Lũng",
                "UBND xã Lộc Bình",
            ],
            "chair": "đồng chí Lý Thị Chi, Chủ tịch Ủy ban nhân dân tỉnh",
            "starts_at": "2026-12-15T14:00:00+07:00",
            "ends_at": "2026-12-15T17:00:00+07:00",
            "place": "Trụ sở Tiếp công dân tỉnh, số 2 đường Hùng Vương, phường Lương Văn Tri",
            "sites": ["UBND xã Hữu Lũng", "UBND xã Lộc Bình"],
            "matters": [
                {
                    "order": 1,
                    "petitioner": "Bà Nguyễn Thị Thuỳ An",
                    "abstract": LAND,
                    "site": "UBND xã Hữu Lũng",
                },
                {
                    "order": 2,
                    "petitioner": "Công dân được bảo vệ danh tính",
                    "abstract": ROAD,
                    "site": "UBND xã Lộc Bình",
                },
            ],
            "requests": [
                "Chuẩn bị hồ sơ, báo cáo kết quả giải quyết vụ việc, gửi trước ngày 12/12/2026",
                "UBND các xã kiểm tra đường truyền và phòng điểm cầu trước giờ tiếp 60 phút",
            ],
            "contact": _CONTACT,
        },
    ),
    DocumentKind.CITIZEN_APPOINTMENT: (
        "Thời gian, địa điểm tiếp công dân",
        _common(BOARD, HEAD, ["Công dân được hẹn", "UBND xã Hữu Lũng"])
        | {
            "petitioner": AN,
            "group_size": 1,
            "abstract": LAND,
            "receiver": _RECEIVER,
            "online": True,
            "appears_at": "2026-12-15T13:45:00+07:00",
            "site_name": "UBND xã Hữu Lũng",
            "site_address": "phòng họp tầng 1",
            "order": 1,
            "bring": ["Phiếu hẹn này", "Căn cước công dân", "Tài liệu liên quan đến vụ việc"],
            "contact": _CONTACT,
        }
        | _TRACKING,
    ),
    DocumentKind.PROPOSAL_LIST: (
        "Về danh sách công dân đề nghị Chủ tịch Ủy ban nhân dân tỉnh tiếp tháng 12 năm 2026",
        _common(BOARD, HEAD, ["Như trên", "Văn phòng UBND tỉnh"])
        | {
            "addressees": ["Chủ tịch Ủy ban nhân dân tỉnh"],
            "bases": BASES,
            "reception_on": "2026-12-15",
            "receiver": _RECEIVER,
            "registered": 3,
            "proposed": [
                {
                    "order": 1,
                    "petitioner": "Nguyễn Thị Thuỳ An",
                    "address": "xã Hữu Lũng",
                    "group_size": 1,
                    "filing_kind": "Khiếu nại",
                    "abstract": LAND,
                    "mode": "Trực tuyến",
                    "site": "UBND xã Hữu Lũng",
                },
                {
                    "order": 2,
                    "petitioner": "Lộc Thị Ưởng",
                    "address": "xã Lộc Bình",
                    "group_size": 4,
                    "filing_kind": "Kiến nghị",
                    "abstract": ROAD,
                    "mode": "Trực tuyến",
                    "site": "UBND xã Lộc Bình",
                },
            ],
            "declined": [
                {
                    "order": 3,
                    "petitioner": "Nông Văn Đạt",
                    "address": "xã Hữu Lũng",
                    "abstract": "Khiếu nại việc cấp giấy chứng nhận quyền sử dụng đất",
                    "reason": "Thuộc thẩm quyền của Chủ tịch UBND xã, còn trong thời hạn",
                    "reply": "12/UBND-TCD",
                },
            ],
        },
    ),
    DocumentKind.SCHEDULE_NOTICE: (
        "Lịch tiếp công dân định kỳ tháng 12 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh",
        _common(
            UBND,
            {
                "authority": ["TL. Chủ tịch"],
                "position": "Chánh Văn phòng",
                "name": "Vi Quốc Khánh",
            },
            [
                "Thường trực HĐND tỉnh",
                "Các sở, ban, ngành",
                "UBND các xã, phường",
                "Cổng TTĐT tỉnh",
            ],
        )
        | {
            "bases": BASES,
            "receiver": "đồng chí Lý Thị Chi, Chủ tịch Ủy ban nhân dân tỉnh",
            "participants": [
                "Thường trực HĐND tỉnh",
                "Đoàn đại biểu Quốc hội tỉnh",
                "Thanh tra tỉnh",
            ],
            "starts_at": "2026-12-15T14:00:00+07:00",
            "ends_at": "2026-12-15T17:00:00+07:00",
            "mode": "trực tiếp kết hợp trực tuyến",
            "sites": SITES,
            "content": "Tiếp công dân đã đăng ký theo danh sách được phê duyệt, thứ tự tiếp theo "
            "thứ tự đăng ký.",
            "notes": ["Công dân mang theo giấy tờ tùy thân và tài liệu liên quan"],
            "contact": _CONTACT,
        },
    ),
    DocumentKind.MINUTES: (
        "Về việc tiếp công dân định kỳ ngày 15/12/2026",
        _common(UBND, CHAIR, ["Chủ tịch UBND tỉnh", "Công dân được tiếp"])
        | {
            "place": "Trụ sở Tiếp công dân tỉnh",
            "mode": "trực tuyến",
            "opened_at": "2026-12-15T14:00:00+07:00",
            "closed_at": "2026-12-15T16:40:00+07:00",
            "sites": SITES,
            "participants": [
                {
                    "name": "Lý Thị Chi",
                    "title": "Chủ tịch UBND tỉnh",
                    "part": "chủ trì",
                    "site": "điểm cầu trung tâm",
                },
                {
                    "name": "Đặng Thu Giang",
                    "title": "chuyên viên Ban Tiếp công dân",
                    "part": "thư ký",
                    "site": "điểm cầu trung tâm",
                },
                {
                    "name": "Triệu Văn Dũng",
                    "title": "Chủ tịch UBND xã Hữu Lũng",
                    "part": "đại diện điểm cầu",
                    "site": "điểm cầu UBND xã Hữu Lũng",
                },
            ],
            "visits": [
                _visit(1, "Nguyễn Thị Thuỳ An", LAND),
                _visit(2, "Lộc Thị Ưởng", f"{ROAD}.\nĐề nghị hoàn thành trước mùa mưa năm 2027."),
            ],
            "unheard": [
                {
                    "petitioner": "Hứa Văn Kỳ",
                    "reason": "hết giờ; chuyển sang kỳ tiếp sau, giữ nguyên thứ tự đăng ký",
                },
            ],
            "events": ["15 giờ 05 phút: mất kết nối điểm cầu xã Lộc Bình, nối lại sau 02 phút"],
            "copies": 2,
            "signers": [
                {"role": "Người chủ trì", "note": "(Ký, ghi rõ họ tên)", "name": "Lý Thị Chi"},
                {"role": "Thư ký", "note": "(Ký, ghi rõ họ tên)", "name": "Đặng Thu Giang"},
                {
                    "role": "Người được tiếp",
                    "note": "(Ký hoặc điểm chỉ, ghi rõ họ tên)",
                    "name": "Nguyễn Thị Thuỳ An",
                },
            ],
        },
    ),
    DocumentKind.RESULT_NOTICE: (
        "Kết quả tiếp công dân định kỳ tháng 12 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh",
        _common(
            UBND,
            {
                "authority": ["TL. Chủ tịch"],
                "position": "Chánh Văn phòng",
                "name": "Vi Quốc Khánh",
            },
            [
                "Chủ tịch, các PCT UBND tỉnh",
                "Sở Nông nghiệp và Môi trường",
                "UBND xã Hữu Lũng",
                "Công dân được tiếp",
            ],
        )
        | {
            "bases": BASES[:1],
            "chair": "đồng chí Lý Thị Chi, Chủ tịch Ủy ban nhân dân tỉnh",
            "held_on": "2026-12-15",
            "place": "Trụ sở Tiếp công dân tỉnh",
            "mode": "trực tuyến",
            "participants": ["Sở Nông nghiệp và Môi trường", "Thanh tra tỉnh", "UBND xã Hữu Lũng"],
            "results": [
                {
                    "order": 1,
                    "petitioner": "Bà Nguyễn Thị Thuỳ An",
                    "address": "xã Hữu Lũng",
                    "abstract": LAND + ".",
                    "opinions": OPINIONS,
                    "conclusions": CONCLUSIONS,
                },
                {
                    "order": 2,
                    "petitioner": "Bà Lộc Thị Ưởng (đoàn 04 người)",
                    "address": "xã Lộc Bình",
                    "abstract": ROAD + ".",
                    "opinions": [],
                    "conclusions": [
                        {
                            "text": "Bố trí kinh phí, hoàn thành sửa chữa đoạn đường trong quý II "
                            "năm 2027",
                            "agency": "Sở Xây dựng",
                            "deadline": "2027-06-30",
                        }
                    ],
                },
            ],
            "closing": ["Giao Ban Tiếp công dân theo dõi, đôn đốc, báo cáo Chủ tịch UBND tỉnh"],
        },
    ),
}
