"""Invented people, places and sentences that the sample documents are made of."""

from typing import Any

from tiepdan.documents import contexts as c

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
NOBODY: c.Person = {"name": "TC-2026-0007", "identity_number": "", "address": "", "phone": ""}
"""Who denounces bears a number only."""
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


SHOWN = (
    f"«Bien-ban-kiem-dem.pdf» (SHA-256 {'5e2a' * 16}), từ 14:05:10 đến 14:07:02: trang 1 lúc "
    "14:05:10, trang 2 lúc 14:06:30"
)


def visit(order: int, name: str, request: str) -> c.MinutesVisit:
    """A citizen's turn as minutes tell it; only the first one is alone and brings papers."""
    return {
        "order": order,
        "petitioner": AN | {"name": name},
        "group_size": 1 if order == 1 else 4,
        "site": "điểm cầu UBND xã Hữu Lũng",
        "started_at": f"2026-12-15T14:{order:02d}:00+07:00",
        "ended_at": f"2026-12-15T14:{order + 25}:00+07:00",
        "request": request,
        "papers": ["Đơn đề ngày 02/12/2026", "Biên bản kiểm đếm (bản sao)"] if order == 1 else [],
        "shown": [SHOWN] if order == 1 else [],
        "opinions": OPINIONS,
        "conclusions": CONCLUSIONS,
        "citizen_opinion": "nhất trí với kết luận" if order == 1 else "",
    }


def common(
    letterhead: c.Letterhead, signature: c.Signature, recipients: list[str]
) -> dict[str, Any]:
    """What every kind has."""
    return {
        "letterhead": letterhead,
        "signature": signature,
        "recipients": recipients,
        "archive": "VT, BTCD",
    }


TRACKING = {
    "tracking_code": "TD-7K3M-Q9XF",
    "tracking_url": "https://tiepdan.example.vn/tra-cuu/TD-7K3M-Q9XF/",
}
CONTACT = "Ban Tiếp công dân tỉnh, điện thoại 0205 3000 000"
RECEIVER = "Chủ tịch Ủy ban nhân dân tỉnh"
