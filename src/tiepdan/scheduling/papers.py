"""What the papers of a reception say: contexts for `documents`."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import override

from tiepdan.accounts.models import Role, User
from tiepdan.accounts.queries import people_with, signature_of
from tiepdan.common import clock
from tiepdan.documents import contexts
from tiepdan.matters.letters import contact_of, person_with_speakers, tracking_url
from tiepdan.matters.models import Disposition
from tiepdan.matters.queries import latest_classification
from tiepdan.org import rulebook
from tiepdan.org.models import Agency
from tiepdan.org.queries import letterhead, reception_board
from tiepdan.scheduling.models import Appointment, Reception, SiteBooking
from tiepdan.scheduling.queries import held_on
from tiepdan.scheduling.states import SiteRole

ARCHIVE = "VT, BTCD"
BRING = ["Phiếu hẹn này", "Giấy tờ tùy thân", "Tài liệu liên quan đến vụ việc"]


@override("vi")
def schedule_title(reception: Reception) -> str:
    """Trích yếu of the public notice."""
    day = held_on(reception)
    return (
        f"Lịch tiếp công dân {reception.get_kind_display().lower()} tháng {day.month} năm "
        f"{day.year} của Chủ tịch {reception.agency.name}"
    )


@override("vi")
def schedule_notice(reception: Reception) -> contexts.ScheduleNoticeContext:
    """The public notice of day, place and content (Luật Tiếp công dân, Điều 24)."""
    return {
        **_from_committee(reception, ["Các cơ quan, đơn vị dự tiếp", "Cổng thông tin điện tử"]),
        "bases": bases(held_on(reception)),
        "receiver": chair_line(reception),
        "participants": [],
        "starts_at": moment(reception.starts_at),
        "ends_at": moment(reception.ends_at),
        "mode": reception.get_mode_display().lower(),
        "sites": [
            {
                "name": booking.site.name,
                "address": booking.site.address,
                "role": booking.get_role_display(),
            }
            for booking in reception.bookings.select_related("site")
        ],
        "content": "Tiếp công dân đã đăng ký theo danh sách được phê duyệt; thứ tự tiếp theo thứ "
        "tự đăng ký.",
        "notes": ["Công dân mang theo giấy tờ tùy thân và tài liệu liên quan đến vụ việc"],
        "contact": contact_of(reception_board()),
    }


@override("vi")
def invitation(
    reception: Reception, agency: Agency, requests: Sequence[str]
) -> contexts.InvitationContext:
    """Asks one body to take part; a commune reads only of the citizens at its own site.

    Of a protected turn nobody is told but the branch that receives (Luật Tố cáo, Điều 56).
    """
    bookings = list(reception.bookings.select_related("site"))
    own = {booking.pk for booking in bookings if booking.site.agency_id == agency.pk}
    branches = {booking.pk for booking in bookings if booking.role == SiteRole.BRANCH}
    appointments = reception.appointments.filter(carry_over=None).select_related(
        "filing__petitioner", "booking__site"
    )
    return {
        **_from_committee(reception, ["Như trên"]),
        "addressees": [agency.name],
        "chair": chair_line(reception),
        "starts_at": moment(reception.starts_at),
        "ends_at": moment(reception.ends_at),
        "place": place(reception),
        "sites": [booking.site.name for booking in bookings if booking.role == SiteRole.BRANCH],
        "matters": [
            {
                "order": appointment.order,
                "petitioner": appointment.filing.shown_name,
                "abstract": appointment.filing.shown_subject,
                "site": appointment.booking.site.name,
            }
            for appointment in appointments
            if (not own or appointment.booking_id in own)
            and (
                not appointment.filing.identity_protected
                or appointment.booking_id in own & branches
            )
        ],
        "requests": list(requests),
        "contact": contact_of(reception_board()),
    }


@override("vi")
def slip(
    appointment: Appointment, appears_at: datetime, signer: User
) -> contexts.CitizenAppointmentContext:
    """The citizen's appointment slip (phiếu hẹn, TT 04/2021/TT-TTCP, Mẫu 05)."""
    filing, site = appointment.filing, appointment.booking.site
    return {
        **_from_board(signer, ["Công dân được hẹn", site.name]),
        "petitioner": person_with_speakers(filing),
        "group_size": filing.headcount,
        "abstract": filing.shown_subject,
        "receiver": f"Chủ tịch {appointment.reception.agency.name}",
        "online": appointment.booking.role == SiteRole.BRANCH,
        "appears_at": moment(appears_at),
        "site_name": site.name,
        "site_address": site.address,
        "order": appointment.order,
        "bring": BRING,
        "support": filing.needed_words,
        "contact": contact_of(reception_board()),
        "tracking_code": filing.tracking_code,
        "tracking_url": tracking_url(filing),
    }


@override("vi")
def proposal_list(
    *,
    committee: Agency,
    reception_on: date,
    proposed: Sequence[Disposition],
    declined: Sequence[Disposition],
    signer: User,
) -> contexts.ProposalListContext:
    """The list that goes to the chairman (tờ trình danh sách)."""
    return {
        **_from_board(signer, ["Như trên"]),
        "addressees": [f"Chủ tịch {committee.name}"],
        "bases": bases(reception_on),
        "reception_on": reception_on.isoformat(),
        "receiver": f"Chủ tịch {committee.name}",
        "registered": len(proposed) + len(declined),
        "proposed": [_proposed(order, row) for order, row in enumerate(proposed, 1)],
        "declined": [_declined(order, row) for order, row in enumerate(declined, 1)],
    }


def bases(on: date) -> list[str]:
    """The legal bases a paper of that day names (căn cứ)."""
    return rulebook.texts("document_bases", on)


def moment(at: datetime) -> contexts.Moment:
    """As papers keep it: Vietnam's time."""
    return at.astimezone(clock.VIETNAM).isoformat()


def chair_line(reception: Reception) -> str:
    """«đồng chí Lý Thị Chi, Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn»."""
    return f"đồng chí {reception.chair}, Chủ tịch {reception.agency.name}"


def place(reception: Reception) -> str:
    """The hub with its address (điểm cầu trung tâm)."""
    hub = hub_of(reception)
    return ", ".join(part for part in (hub.site.name, hub.site.address) if part)


def hub_of(reception: Reception) -> SiteBooking:
    """The booking where the chair sits."""
    return reception.bookings.select_related("site").get(role=SiteRole.HUB)


def board_signer(fallback: User) -> User:
    """Who signs for the reception board: its head."""
    return people_with(Role.BOARD_HEAD, reception_board()).first() or fallback


def _from_committee(reception: Reception, recipients: list[str]) -> contexts.Common:
    return {
        "letterhead": letterhead(reception.agency, "TCD"),
        "signature": signature_of(reception.chair),
        "recipients": recipients,
        "archive": ARCHIVE,
    }


def _from_board(signer: User, recipients: list[str]) -> contexts.Common:
    return {
        "letterhead": letterhead(reception_board()),
        "signature": signature_of(signer),
        "recipients": recipients,
        "archive": ARCHIVE,
    }


def _proposed(order: int, disposition: Disposition) -> contexts.ProposedRow:
    filing = disposition.filing
    return {
        "order": order,
        "petitioner": filing.shown_name,
        "address": str(filing.petitioner.commune),
        "group_size": filing.headcount,
        "filing_kind": latest_classification(filing).get_kind_display(),
        "abstract": filing.shown_subject,
        "mode": disposition.get_form_display(),
        "site": "",
    }


def _declined(order: int, disposition: Disposition) -> contexts.DeclinedRow:
    filing, reply = disposition.filing, disposition.reply
    return {
        "order": order,
        "petitioner": filing.shown_name,
        "address": str(filing.petitioner.commune),
        "abstract": filing.shown_subject,
        "reason": disposition.reason,
        "reply": reply.number_text if reply else "",
    }
