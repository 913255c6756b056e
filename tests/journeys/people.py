"""The citizens of the journey, all invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Citizen:
    """Somebody who asks to meet the chairman."""

    name: str
    id_number: str
    birth_year: str
    address: str
    clerk: str
    subject: str
    content: str
    request: str
    kind: str
    channel: str = "in_person"
    headcount: int = 1


AN = Citizen(
    "Nông Thị An", "020158000123", "1958", "thôn Nà Hoa", "xa-huu-lung",
    "Đề nghị xem lại diện tích đất bị thu hồi làm đường",
    "Năm 2025 Nhà nước thu hồi đất của gia đình tôi để làm đường liên xã. Tôi thấy diện tích đo "
    "thiếu so với thực tế tôi đang canh tác từ năm 1992.",
    "Đo đạc lại có gia đình chứng kiến.", "complaint",
)  # fmt: skip
BINH = Citizen(
    "Hoàng Văn Páo", "020071000456", "1971", "thôn Bắc Yếng", "xa-bac-son",
    "Kiến nghị sửa đoạn đường sạt lở vào trường tiểu học",
    "Sau mưa lũ tháng 9, đoạn đường vào trường bị sạt, các cháu đi học nguy hiểm.",
    "Sửa đường trước mùa mưa.", "recommendation", channel="letter", headcount=6,
)  # fmt: skip
CAM = Citizen(
    "Triệu Mùi Cam", "020185000789", "1985", "thôn Đồng Lai", "xa-huu-lung",
    "Phản ánh trạm cấp nước không hoạt động",
    "Trạm cấp nước của thôn hỏng từ tháng 6, bà con phải đi lấy nước xa.",
    "Sớm sửa trạm cấp nước.", "feedback",
)  # fmt: skip
DAO = Citizen(
    "Lý Văn Dảo", "020064000321", "1964", "thôn Khòn Sâu", "xa-bac-son",
    "Đề nghị cấp lại sổ hộ nghèo bị thất lạc",
    "Tôi bị mất sổ hộ nghèo, đã báo xã nhưng muốn gặp Chủ tịch tỉnh.",
    "Cấp lại sổ.", "recommendation",
)  # fmt: skip
PROPOSED = [AN, BINH, CAM]
DECLINED = DAO
