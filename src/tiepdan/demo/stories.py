"""Invented requests in every state, made by the product's own actions."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import UUID

from tiepdan.accounts.models import User
from tiepdan.common import clock
from tiepdan.demo.names import NameSource
from tiepdan.matters.actions import (
    Findings,
    PersonDetails,
    classify_filing,
    decide,
    decline_filing,
    propose_filing,
    register_filing,
    withdraw_filing,
)
from tiepdan.matters.models import Filing
from tiepdan.matters.states import (
    Channel,
    Competence,
    FilingKind,
    OnlineGround,
    ReceptionForm,
    Verdict,
)
from tiepdan.org.models import Agency
from tiepdan.org.queries import calendar

End = Literal["received", "classified", "proposed", "approved", "refused", "declined", "withdrawn"]
OFFICE_OPENS = time(8, 0, tzinfo=clock.VIETNAM)


@dataclass(frozen=True)
class Story:
    """One request: where it comes from, what it says, how far it has come."""

    commune: str
    days_ago: int
    subject: str
    content: str
    request: str
    end: End
    kind: FilingKind = FilingKind.COMPLAINT
    online: bool = True
    headcount: int = 1
    channel: Channel = Channel.IN_PERSON


K, N, P = FilingKind.COMPLAINT, FilingKind.RECOMMENDATION, FilingKind.FEEDBACK
LETTER = Channel.LETTER
STORIES = [
    Story(
        "huu-lung", 18, "Bồi thường khi thu hồi đất làm đường liên xã",
        "Gia đình tôi chưa đồng ý với diện tích đo đạc 1.250 m² đất trồng cây lâu năm.",
        "Đo đạc lại thửa đất, có gia đình chứng kiến.", "approved",
    ),
    Story(
        "bac-son", 17, "Cấp Giấy chứng nhận quyền sử dụng đất chậm",
        "Tôi nộp hồ sơ đã 14 tháng, được hẹn lại bốn lần.",
        "Cho biết lý do chậm và ngày trả kết quả.", "approved",
    ),
    Story(
        "loc-binh", 16, "Ô nhiễm mùi từ cơ sở chăn nuôi",
        "Bảy hộ dân thôn chúng tôi chịu mùi hôi và nước thải từ trại lợn đầu nguồn.",
        "Kiểm tra, buộc cơ sở xử lý chất thải.", "approved", kind=P, headcount=7,
    ),
    Story(
        "dinh-lap", 15, "Sửa đường vào trường tiểu học bị sạt lở",
        "Sau mưa lũ, đoạn đường 300 m vào trường bị sạt, học sinh đi lại nguy hiểm.",
        "Sửa đường trước mùa mưa tới.", "approved", kind=N, online=False, channel=LETTER,
    ),
    Story(
        "that-khe", 13, "Tranh chấp lối đi chung giữa hai hộ",
        "Hộ liền kề rào lối đi gia đình tôi dùng từ năm 1992.",
        "Trả lại lối đi chung.", "refused",
    ),
    Story(
        "chi-lang", 12, "Đền bù cây na khi làm đường dây điện",
        "Đơn giá áp dụng cho 42 cây na đang cho quả thấp hơn quy định.",
        "Áp dụng đúng đơn giá.", "proposed", channel=LETTER,
    ),
    Story(
        "van-quan", 11, "Xin hỗ trợ nhà ở hộ nghèo",
        "Nhà tôi dột nát, chưa có tên trong danh sách hỗ trợ năm nay.",
        "Xem xét bổ sung danh sách.", "proposed", kind=N,
    ),
    Story(
        "dong-kinh", 10, "Cấp phép xây dựng nhà ở riêng lẻ",
        "Hồ sơ bị trả lại hai lần với hai lý do khác nhau.",
        "Hướng dẫn thống nhất một lần.", "classified", online=False,
    ),
    Story(
        "binh-gia", 8, "Nước sinh hoạt thôn bản bị gián đoạn",
        "Công trình nước tự chảy hỏng từ tháng Chín, 40 hộ thiếu nước.",
        "Sửa chữa công trình.", "classified", kind=P, headcount=5,
    ),
    Story(
        "na-sam", 7, "Quyết định xử phạt của Ủy ban nhân dân xã",
        "Tôi không đồng ý với mức phạt về vi phạm trật tự xây dựng.",
        "Hủy quyết định xử phạt.", "declined",
    ),
    Story(
        "cao-loc", 6, "Chế độ đối với người có công",
        "Hồ sơ hưởng trợ cấp của bố tôi chưa được trả lời.",
        "Trả lời bằng văn bản.", "withdrawn",
    ),
    Story(
        "huu-lung", 4, "Thu hồi đất rừng sản xuất của nhóm hộ",
        "Sáu hộ chúng tôi chưa nhận được phương án bồi thường.",
        "Công khai phương án.", "received", headcount=6, channel=LETTER,
    ),
    Story(
        "mau-son", 3, "Đường điện vào khu dân cư tự quản",
        "Mười hai hộ phải kéo điện tạm gần hai cây số.",
        "Đưa vào kế hoạch đầu tư.", "received", kind=N,
    ),
    Story(
        "loc-binh", 2, "Giải tỏa hành lang an toàn giao thông",
        "Quán của tôi bị tháo dỡ mà không được thông báo trước.",
        "Xem xét hỗ trợ.", "received",
    ),
]  # fmt: skip


def tell_stories(names: NameSource) -> None:
    """Register every story in order of time, then let the board and the chairman work."""
    filings = [(story, _register(number, story, names)) for number, story in enumerate(STORIES)]
    at = _opening(1)
    for story, filing in filings:
        if story.end != "received":
            at += timedelta(minutes=10)
            _go_on(story, filing, at)


def _register(number: int, story: Story, names: NameSource) -> Filing:
    agency = Agency.objects.select_related("unit").get(code=f"xa-{story.commune}")
    if agency.unit is None:
        raise LookupError(f"{agency} has no commune")
    person = PersonDetails(
        full_name=names.draw(),
        id_number=f"020{names.random.choice('01')}{70 + number:02d}{number:06d}",
        birth_year=1970 + number,
        phone="",
        address=f"thôn {names.random.choice(['Nà Pàn', 'Khuổi Mươi', 'Pác Cáp', 'Bản Thí'])}",
        commune=agency.unit,
    )
    registered = register_filing(
        person=person,
        channel=story.channel,
        subject=story.subject,
        content=story.content,
        request=story.request,
        headcount=story.headcount,
        consents_online=story.online,
        agency=agency,
        submission_key=UUID(int=names.random.getrandbits(128), version=4),
        by=_who(agency.code),
        at=_opening(story.days_ago) + timedelta(minutes=number),
    )
    return registered.filing


def _go_on(story: Story, filing: Filing, at: datetime) -> None:
    """What the board and the chairman did with it, a few minutes after another."""
    officer, head, minute = _who("chuyenvien"), _who("truongban"), timedelta(minutes=1)
    classify_filing(
        filing=filing,
        kind=story.kind,
        findings=Findings(Competence.OTHER_BODY if story.end == "declined" else Competence.OWN),
        online_ground=OnlineGround.C if story.online else "",
        summary=f"{story.subject}: {story.request}",
        by=officer,
        at=at,
    )
    if story.end == "withdrawn":
        withdraw_filing(filing=filing, reason="Đã được giải quyết.", by=officer, at=at + minute)
    elif story.end == "declined":
        decline_filing(
            filing=filing,
            reasons=["Vụ việc thuộc thẩm quyền giải quyết lần đầu của Chủ tịch UBND cấp xã."],
            guidance=["Gửi đơn khiếu nại đến Chủ tịch UBND cấp xã đã ban hành quyết định."],
            by=head,
            at=at + minute,
        )
    elif story.end != "classified":
        disposition = propose_filing(
            filing=filing,
            form=ReceptionForm.ONLINE if story.online else ReceptionForm.IN_PERSON,
            reason="Thuộc thẩm quyền chỉ đạo giải quyết của Chủ tịch UBND tỉnh.",
            by=head,
            at=at + minute,
        )
        if story.end != "proposed":
            refused = story.end == "refused"
            decide(
                disposition=disposition,
                verdict=Verdict.REFUSED if refused else Verdict.APPROVED,
                reason="Vụ việc dân sự, thuộc thẩm quyền của Tòa án nhân dân." if refused else "",
                by=_who("chutich"),
                at=at + 2 * minute,
            )


def _who(username: str) -> User:
    return User.objects.get(username=username)


def _opening(working_days_ago: int) -> datetime:
    """When offices opened that many working days ago."""
    return datetime.combine(calendar().add(clock.today(), -working_days_ago), OFFICE_OPENS)
