"""Who asked by telephone or e-mail, and what they are told; pure."""

from tiepdan.matters.rules.faults import NotValidError
from tiepdan.matters.states import LeadChannel


def check_reachable(channel: str, phone: str, email: str) -> None:
    """Refuse a lead nobody could answer: the number that called, or the address that wrote."""
    if channel == LeadChannel.TELEPHONE and not phone:
        raise NotValidError("phone", "Hãy ghi số điện thoại để gọi lại khi cần.")
    if channel == LeadChannel.EMAIL and not email:
        raise NotValidError("email", "Hãy ghi địa chỉ thư điện tử để trả lời.")


def guidance_lines(*, place: str, address: str, phone: str, by_letter: bool) -> list[str]:
    """What to tell somebody who asks by telephone or e-mail (QĐ 2193/QĐ-UBND, mục III.3.1a).

    Neither is a way to register: they are guided to a written petition, handed in or sent.
    """
    post = f"Gửi qua bưu điện về {place}{f', {address}' if address else ''}."
    call = f"Cần hỏi thêm, gọi {phone}."
    return [
        "Điện thoại và thư điện tử chưa thay được đơn; đây là hướng dẫn để nộp đơn.",
        "Viết đơn đề nghị gặp Chủ tịch: ngày viết; họ tên, nơi ở, số căn cước, điện thoại.",
        "Kể ngắn gọn sự việc, cơ quan nào đã giải quyết, ông/bà đề nghị điều gì. Ký tên cuối đơn.",
        "Kèm bản chụp giấy tờ, quyết định liên quan nếu có; giữ lại bản chính.",
        f"Nộp trực tiếp tại {place} hoặc Trụ sở Tiếp công dân tỉnh, mang theo thẻ căn cước.",
        *([post] if by_letter else []),
        "Nộp xong nhận giấy biên nhận có mã tra cứu. Không viết được thì đến, cán bộ ghi lại.",
        *([call] if phone else []),
    ]
