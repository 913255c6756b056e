"""One filled-in context of each kind, about invented people."""

from typing import Any

from tiepdan.documents.invented import (
    AN,
    BASES,
    BOARD,
    CHAIR,
    COMMUNE,
    CONCLUSIONS,
    CONTACT,
    HEAD,
    LAND,
    NOBODY,
    OPINIONS,
    RECEIVER,
    ROAD,
    SITES,
    TRACKING,
    UBND,
    common,
    visit,
)
from tiepdan.documents.kinds import DocumentKind

SAMPLES: dict[DocumentKind, tuple[str, dict[str, Any]]] = {
    DocumentKind.RECEIPT: (
        "Đăng ký gặp Chủ tịch Ủy ban nhân dân tỉnh",
        common(
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
        | TRACKING,
    ),
    DocumentKind.REASONED_REPLY: (
        "trả lời đề nghị gặp Chủ tịch Ủy ban nhân dân tỉnh",
        common(
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
            "contact": CONTACT,
        },
    ),
    DocumentKind.INVITATION: (
        "Dự buổi tiếp công dân trực tuyến định kỳ tháng 12 năm 2026",
        common(
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
            "contact": CONTACT,
        },
    ),
    DocumentKind.CITIZEN_APPOINTMENT: (
        "Thời gian, địa điểm tiếp công dân",
        common(BOARD, HEAD, ["Công dân được hẹn", "UBND xã Hữu Lũng"])
        | {
            "petitioner": AN,
            "group_size": 1,
            "abstract": LAND,
            "receiver": RECEIVER,
            "online": True,
            "appears_at": "2026-12-15T13:45:00+07:00",
            "site_name": "UBND xã Hữu Lũng",
            "site_address": "phòng họp tầng 1",
            "order": 1,
            "bring": ["Phiếu hẹn này", "Căn cước công dân", "Tài liệu liên quan đến vụ việc"],
            "support": ["Người phiên dịch (Tày)"],
            "contact": CONTACT,
        }
        | TRACKING,
    ),
    DocumentKind.PROPOSAL_LIST: (
        "Về danh sách công dân đề nghị Chủ tịch Ủy ban nhân dân tỉnh tiếp tháng 12 năm 2026",
        common(BOARD, HEAD, ["Như trên", "Văn phòng UBND tỉnh"])
        | {
            "addressees": ["Chủ tịch Ủy ban nhân dân tỉnh"],
            "bases": BASES,
            "reception_on": "2026-12-15",
            "receiver": RECEIVER,
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
        common(
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
            "contact": CONTACT,
        },
    ),
    DocumentKind.MINUTES: (
        "Về việc tiếp công dân định kỳ ngày 15/12/2026",
        common(UBND, CHAIR, ["Chủ tịch UBND tỉnh", "Công dân được tiếp"])
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
                visit(1, "Nguyễn Thị Thuỳ An", LAND),
                visit(2, "Lộc Thị Ưởng", f"{ROAD}.\nĐề nghị hoàn thành trước mùa mưa năm 2027."),
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
        common(
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
} | {
    kind: (
        title,
        common(UBND, CHAIR, ["Như trên", "Chủ tịch Ủy ban nhân dân tỉnh (để báo cáo)"])
        | {
            "addressees": [to],
            "petitioner": NOBODY if kind == DocumentKind.DENUNCIATION_TRANSFER else AN,
            "filed_on": "2026-12-02",
            "filing_kind": "khiếu nại",
            "abstract": LAND,
            "bases": BASES,
            "reasons": ["Nội dung không thuộc thẩm quyền giải quyết của Chủ tịch."],
            "guidance": ["Gửi đơn kèm bản sao quyết định thu hồi đất."],
            "body": "Sở Nông nghiệp và Môi trường",
            "papers": ["Đơn đề ngày 02/12/2026", "Quyết định số 12/QĐ-UBND"],
            "due_on": "2026-12-30",
            "contact": CONTACT,
        },
    )
    for kind, title, to in [
        (DocumentKind.GUIDANCE, "Hướng dẫn gửi đơn", "bà Nguyễn Thị Thuỳ An"),
        (DocumentKind.DENUNCIATION_TRANSFER, "Chuyển đơn tố cáo", "Sở Xây dựng"),
        (DocumentKind.TRANSFER, "Chuyển đơn kiến nghị", "Sở Xây dựng"),
        (DocumentKind.FILING_RETURN, "trả lại đơn", "bà Nguyễn Thị Thuỳ An"),
        (DocumentKind.ACCEPTANCE_PROPOSAL, "Đề xuất thụ lý", "Chủ tịch Ủy ban nhân dân tỉnh"),
        (DocumentKind.SHELVING, "Đề xuất lưu đơn", "Trưởng Ban Tiếp công dân"),
        (DocumentKind.RECEPTION_REFUSAL, "Từ chối tiếp công dân", "bà Nguyễn Thị Thuỳ An"),
        (DocumentKind.URGING, "đôn đốc giải quyết đơn", "Sở Xây dựng"),
        (DocumentKind.DESTRUCTION, "Tiêu hủy đơn", ""),
        (DocumentKind.COUNTER_REFUSAL, "Từ chối tiếp công dân", "bà Nguyễn Thị Thuỳ An"),
        (DocumentKind.NON_ACCEPTANCE, "Không thụ lý đơn", "bà Nguyễn Thị Thuỳ An"),
        (DocumentKind.WITHDRAWAL_RECORD, "Công dân rút đơn", ""),
        (DocumentKind.DISCONTINUANCE, "Đình chỉ giải quyết đơn", ""),
    ]
}
