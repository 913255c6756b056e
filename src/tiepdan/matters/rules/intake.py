"""How a filing may come; pure."""

from collections.abc import Sequence

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.rules.faults import NotValidError
from tiepdan.matters.states import Channel


def check_channel(channel: Channel, allowed: Sequence[str]) -> None:
    """Refuse a way of registering that the province does not admit (QĐ 2193, mục III.3.1a)."""
    if channel not in allowed:
        raise RuleRefusedError(
            "registration_channel",
            "Hình thức đăng ký này chưa được chấp nhận. Hãy hướng dẫn công dân trình bày bằng đơn.",
            "QĐ 2193/QĐ-UBND, mục III.3.1a",
        )


def check_headcount(headcount: int) -> None:
    """Refuse a group of nobody."""
    if headcount < 1:
        raise NotValidError("headcount", "Số người phải từ 1 trở lên.")
