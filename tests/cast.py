"""The people everyone knows, in a small province: hub, Hữu Lũng (A), Bắc Sơn (B), Lộc Bình.

An is the citizen. Bình is the board's officer, Phúc its head, Chi the chair, Giang the secretary,
Hương the registrar, Khánh the operator, Long the inspector; Dũng is clerk at A, Duyên at B; Em
works at Lộc Bình and has nothing to do with the others' affairs; Nam signs in and has no role.
Filings come to be by the product's own actions.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tiepdan.accounts.models import Grant, Role, User
from tiepdan.common.clock import VIETNAM
from tiepdan.matters.actions import (
    Findings,
    PersonDetails,
    Registered,
    classify_filing,
    decide,
    decline_filing,
    propose_filing,
    register_filing,
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
from tiepdan.org.models import AdministrativeUnit, Agency, AgencyKind, UnitKind, VideoSite

MORNING = datetime(2026, 12, 1, 8, 30, tzinfo=VIETNAM)
"""When filings come in unless a test says otherwise: two weeks before the reception."""

AFTERNOON = datetime(2026, 12, 15, 14, 0, tzinfo=VIETNAM)
"""When the chairman receives: a Tuesday, the 15th."""

COMMUNES = {"huu-lung": "Hữu Lũng", "bac-son": "Bắc Sơn", "loc-binh": "Lộc Bình"}
NAMES = ["Nguyễn Thị Thuỳ An", "Hoàng Văn Bảo", "Nông Thị Cúc", "Lý Văn Đức", "Vi Thị Gấm"]


@dataclass(frozen=True)
class People:
    """Who is who, and where."""

    province: Agency
    board: Agency
    department: Agency
    other_department: Agency
    commune_a: Agency
    commune_b: Agency
    commune_c: Agency
    hub: VideoSite
    site_a: VideoSite
    site_b: VideoSite
    site_c: VideoSite
    chair: User
    head: User
    officer: User
    secretary: User
    registrar: User
    operator: User
    inspector: User
    clerk_a: User
    clerk_b: User
    outsider: User
    stranger: User
    department_officer: User
    other_department_officer: User

    @property
    def communes(self) -> list[Agency]:
        """The three commune committees."""
        return [self.commune_a, self.commune_b, self.commune_c]

    @property
    def agencies(self) -> list[Agency]:
        """Every body."""
        return [
            self.province, self.board, self.department, self.other_department, *self.communes,
        ]  # fmt: skip


def people() -> People:
    """The province and everybody in it."""
    province = _agency(
        "ubnd-tinh", "Ủy ban nhân dân tỉnh Lạng Sơn", AgencyKind.PROVINCE_COMMITTEE, "UBND"
    )
    board = _agency(
        "ban-tcd", "Ban Tiếp công dân tỉnh", AgencyKind.RECEPTION_BOARD, "BTCD", province
    )
    nnmt = _agency(
        "so-nnmt", "Sở Nông nghiệp và Môi trường", AgencyKind.DEPARTMENT, "SNNMT", province
    )
    sxd = _agency("so-xd", "Sở Xây dựng", AgencyKind.DEPARTMENT, "SXD", province)
    a, b, c = (commune(code, name) for code, name in COMMUNES.items())
    return People(
        province=province,
        board=board,
        department=nnmt,
        other_department=sxd,
        commune_a=a,
        commune_b=b,
        commune_c=c,
        hub=site("hub", "Trụ sở Tiếp công dân tỉnh", board),
        site_a=site("huu-lung", "UBND xã Hữu Lũng", a),
        site_b=site("bac-son", "UBND xã Bắc Sơn", b),
        site_c=site("loc-binh", "UBND xã Lộc Bình", c),
        chair=user("chutich", "Lý Thị Chi", "Chủ tịch", Role.CHAIR, province),
        head=user("truongban", "Hoàng Đình Phúc", "Trưởng ban", Role.BOARD_HEAD, board),
        officer=user("chuyenvien", "Trần Văn Bình", "Chuyên viên", Role.BOARD_OFFICER, board),
        secretary=user("thuky", "Lương Thị Giang", "Thư ký", Role.SECRETARY, board),
        registrar=user("vanthu", "Đàm Thị Hương", "Văn thư", Role.REGISTRAR, province),
        operator=user("kythuat", "Mông Văn Khánh", "Kỹ thuật viên", Role.OPERATOR, board),
        inspector=user("thanhtra", "Hà Đức Long", "Thanh tra viên", Role.INSPECTOR, province),
        clerk_a=user("xa-huu-lung", "Nông Văn Dũng", "Công chức", Role.COMMUNE_CLERK, a),
        clerk_b=user("xa-bac-son", "Dương Thị Duyên", "Công chức", Role.COMMUNE_CLERK, b),
        outsider=user("xa-loc-binh", "Vi Thị Em", "Công chức", Role.COMMUNE_CLERK, c),
        stranger=user("nguoila", "Triệu Văn Nam", "Cộng tác viên", None, board),
        department_officer=user("so-nnmt", "Bế Thị Oanh", "Chuyên viên", Role.AGENCY_OFFICER, nnmt),
        other_department_officer=user(
            "so-xd", "Chu Văn Quý", "Chuyên viên", Role.AGENCY_OFFICER, sxd
        ),
    )


def _agency(
    code: str, name: str, kind: AgencyKind, symbol: str, parent: Agency | None = None
) -> Agency:
    return Agency.objects.create(
        code=code, name=name, kind=kind, symbol=symbol, place_name="Lạng Sơn", parent=parent
    )


def commune(code: str, name: str) -> Agency:
    """A commune with its committee."""
    unit = AdministrativeUnit.objects.create(
        code=str(6000 + AdministrativeUnit.objects.count()).zfill(5),
        name=name,
        kind=UnitKind.COMMUNE,
        province_code="20",
        valid_from=date(2025, 7, 1),
    )
    return Agency.objects.create(
        code=f"xa-{code}",
        name=f"Ủy ban nhân dân xã {name}",
        kind=AgencyKind.COMMUNE_COMMITTEE,
        symbol="UBND",
        place_name=name,
        unit=unit,
    )


def site(code: str, name: str, agency: Agency) -> VideoSite:
    """A room with a camera."""
    return VideoSite.objects.create(code=code, name=name, agency=agency, address="Phòng họp tầng 1")


def user(username: str, full_name: str, title: str, role: Role | None, agency: Agency) -> User:
    """An official; sign in with `client.force_login`, there is no password."""
    person = User(username=username, full_name=full_name, title=title)
    person.set_unusable_password()
    person.save()
    if role:
        Grant.objects.create(user=person, agency=agency, role=role)
    return person


def person(cast: People, number: int = 0, agency: Agency | None = None) -> PersonDetails:
    """An invented citizen of A, or of another commune."""
    unit = (agency or cast.commune_a).unit
    assert unit is not None
    return PersonDetails(
        full_name=NAMES[number % len(NAMES)],
        id_number=f"0201900{number:05d}",
        birth_year=1990,
        phone="0912345678",
        address="thôn Nà Hoa",
        commune=unit,
    )


def registered(
    cast: People,
    number: int = 0,
    *,
    at: datetime = MORNING,
    agency: Agency | None = None,
    consents: bool = True,
    headcount: int = 1,
    subject: str = "Bồi thường khi thu hồi đất làm đường liên xã",
    submission_key: UUID | None = None,
) -> Registered:
    """A citizen's request taken in by the board, with its check digits."""
    return register_filing(
        person=person(cast, number, agency),
        channel=Channel.IN_PERSON,
        subject=subject,
        content="Gia đình tôi chưa đồng ý với diện tích đo đạc, đề nghị kiểm tra lại.",
        request="Đo đạc lại thửa đất",
        headcount=headcount,
        consents_online=consents,
        agency=cast.board,
        submission_key=submission_key,
        by=cast.officer,
        at=at,
    )


def filing(cast: People, number: int = 0, **traits: object) -> Filing:
    """A request just taken in; traits as in `registered`."""
    return registered(cast, number, **traits).filing  # type: ignore[arg-type]


def classified_filing(
    cast: People,
    number: int = 0,
    *,
    kind: FilingKind = FilingKind.COMPLAINT,
    in_competence: bool = True,
    **traits: object,
) -> Filing:
    """A request the board has looked at."""
    made = filing(cast, number, **traits)
    classify_filing(
        filing=made,
        kind=kind,
        findings=Findings(Competence.OWN if in_competence else Competence.OTHER_BODY),
        online_ground=OnlineGround.C,
        summary="Khiếu nại về bồi thường đất.",
        by=cast.officer,
        at=made.received_at,
    )
    return Filing.objects.get(pk=made.pk)


def proposed_filing(
    cast: People,
    number: int = 0,
    *,
    form: ReceptionForm = ReceptionForm.ONLINE,
    **traits: object,
) -> Filing:
    """A request the board has proposed to the chairman."""
    made = classified_filing(cast, number, **traits)  # type: ignore[arg-type]
    propose_filing(
        filing=made, form=form, reason="Thuộc thẩm quyền", by=cast.head, at=made.received_at
    )
    return Filing.objects.get(pk=made.pk)


def approved_filing(
    cast: People,
    number: int = 0,
    *,
    verdict: Verdict = Verdict.APPROVED,
    **traits: object,
) -> Filing:
    """A request the chairman has said yes to; with `verdict=Verdict.REFUSED`, no."""
    made = proposed_filing(cast, number, **traits)  # type: ignore[arg-type]
    decide(
        disposition=made.disposition,
        verdict=verdict,
        reason="" if verdict == Verdict.APPROVED else "Đã giao cơ quan chuyên môn giải quyết.",
        by=cast.chair,
        at=made.received_at,
    )
    return Filing.objects.get(pk=made.pk)


def declined_filing(cast: People, number: int = 0, **traits: object) -> Filing:
    """A request answered with reasons."""
    made = classified_filing(cast, number, **traits)  # type: ignore[arg-type]
    decline_filing(
        filing=made,
        reasons=["Vụ việc thuộc thẩm quyền của Chủ tịch Ủy ban nhân dân xã."],
        guidance=["Gửi đơn đến Ủy ban nhân dân xã nơi ở."],
        by=cast.head,
        at=made.received_at,
    )
    return Filing.objects.get(pk=made.pk)
