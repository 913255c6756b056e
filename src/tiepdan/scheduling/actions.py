"""The only writers of receptions, places, invitations."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.documents.actions import draft_and_issue
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters.queries import awaiting_decision
from tiepdan.org import rulebook
from tiepdan.org.models import Agency, VideoSite
from tiepdan.org.queries import province_committee, reception_board
from tiepdan.scheduling import papers, permissions, rules
from tiepdan.scheduling.models import (
    Appointment,
    CarryOver,
    Invitation,
    Reception,
    SiteBooking,
)
from tiepdan.scheduling.queries import (
    booking_for,
    declined_since_the_last_list,
    held_on,
    month_day,
    next_reception_day,
    shortfall,
    waiting_for_place,
)
from tiepdan.scheduling.states import (
    RECEPTION_TRANSITIONS,
    ReceptionKind,
    ReceptionMode,
    ReceptionState,
    SiteRole,
)


@transaction.atomic
def plan_reception(
    *,
    month: date,
    agency: Agency,
    chair: User,
    secretary: User,
    hub: VideoSite,
    branches: Sequence[VideoSite],
    by: User,
    at: datetime | None = None,
) -> Reception:
    """Plan the month's periodic reception on its day and in its hours (tiếp công dân định kỳ).

    `month` is any day of it. Raises RuleRefusedError for a day gone by, a second reception in the
    month, or people and sites that cannot hold it.
    """
    at = at or clock.now()
    require(by, Ability.PLAN, agency)
    _check_people(agency, chair, secretary)
    _check_sites(hub, branches)
    Agency.objects.select_for_update().get(pk=agency.pk)
    day = month_day(month)
    starts_at, ends_at = _hours(day)
    _check_free(agency, day, starts_at, ends_at, at)
    reception = Reception.objects.create(
        kind=ReceptionKind.PERIODIC,
        mode=ReceptionMode.HYBRID if branches else ReceptionMode.IN_PERSON,
        agency=agency,
        chair=chair,
        secretary=secretary,
        starts_at=starts_at,
        ends_at=ends_at,
        planned_by=by,
    )
    _book(reception, hub, branches)
    detail = {"day": day.isoformat(), "sites": [hub.code, *(site.code for site in branches)]}
    record(verb="plan_reception", on=reception, by=by, at=at, detail=detail)
    return reception


@transaction.atomic
def place_appointments(
    *, reception: Reception, by: User, at: datetime | None = None
) -> list[Appointment]:
    """Give those who wait a place, as many as there is time for; the new places.

    Carried-over citizens first, then registration order (QĐ 2193/QĐ-UBND, mục I.2). Again later,
    it adds after the places there are: nobody who was told a number gets another one. Online
    citizens whose commune has no site here keep waiting.
    """
    at = at or clock.now()
    reception = _locked(reception, by)
    _check_not_over(reception, at)
    taken = list(reception.appointments.values_list("order", "carry_over", "filing"))
    minutes = rulebook.number("minutes_per_turn", held_on(reception))
    room = rules.capacity(reception.starts_at, reception.ends_at, minutes)
    room -= sum(carried is None for _, carried, _ in taken)
    had = {filing for *_, filing in taken}
    bookings = list(reception.bookings.select_related("site__agency"))
    found = [
        (filing, booking)
        for filing in waiting_for_place()
        if filing.pk not in had and (booking := booking_for(filing, bookings))
    ]
    first = max((order for order, *_ in taken), default=0) + 1
    placed = [
        Appointment.objects.create(
            reception=reception,
            filing=filing,
            booking=booking,
            order=order,
            carried_from=filing.appointments.order_by("created_at").last(),
        )
        for order, (filing, booking) in enumerate(found[: max(0, room)], first)
    ]
    codes = {str(place.order): place.filing.tracking_code for place in placed}
    record(verb="place_appointments", on=reception, by=by, at=at, detail={"placed": codes})
    return placed


@transaction.atomic
def publish_reception(
    *, reception: Reception, by: User, late_reason: str = "", at: datetime | None = None
) -> Reception:
    """Announce day and place and issue the public notice (Luật Tiếp công dân, Điều 24).

    Fewer than five working days before is allowed; the log keeps how many are missing and why.
    """
    at = at or clock.now()
    reception = _locked(reception, by)
    reception.state = follow(RECEPTION_TRANSITIONS, ReceptionState(reception.state), "publish")
    _check_not_over(reception, at)
    short = shortfall(reception, clock.day_of(at))
    reception.published_at = at
    reception.notice = draft_and_issue(
        kind=DocumentKind.SCHEDULE_NOTICE,
        issuer=reception.agency.code,
        title=papers.schedule_title(reception),
        context=papers.schedule_notice(reception),
        by=by,
        at=at,
    )
    reception.save()
    record(
        verb="publish_reception",
        on=reception,
        by=by,
        at=at,
        detail={"working_days_short": short, "late_reason": late_reason},
    )
    return reception


@transaction.atomic
def invite(
    *,
    reception: Reception,
    agencies: Sequence[Agency],
    requests: list[str],
    by: User,
    at: datetime | None = None,
) -> list[Invitation]:
    """Issue an invitation to each body not yet invited (giấy mời); the new ones."""
    at = at or clock.now()
    reception = _locked(reception, by)
    _check_not_over(reception, at)
    invited = set(reception.invitations.values_list("agency", flat=True))
    made = [
        _invite(reception, agency, requests, by, at)
        for agency in dict.fromkeys(agencies)
        if agency.pk not in invited
    ]
    detail = {"agencies": [invitation.agency.code for invitation in made]}
    record(verb="invite", on=reception, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def issue_slips(*, reception: Reception, by: User, at: datetime | None = None) -> list[Document]:
    """Issue an appointment slip to each citizen who has none (phiếu hẹn); the new ones."""
    at = at or clock.now()
    reception = _locked(reception, by)
    _check_not_over(reception, at)
    waiting = reception.appointments.filter(carry_over=None, slip=None).select_related(
        "filing__petitioner__commune", "booking__site"
    )
    slips = [_issue_slip(reception, appointment, by, at) for appointment in waiting]
    record(verb="issue_slips", on=reception, by=by, at=at, detail={"slips": len(slips)})
    return slips


@transaction.atomic
def cancel_reception(
    *, reception: Reception, reason: str, by: User, at: datetime | None = None
) -> Reception:
    """Call the reception off; everybody placed keeps their turn for the next (hoãn, hủy)."""
    at = at or clock.now()
    reception = _locked(reception, by)
    _check_reason(reason)
    _check_not_over(reception, at)
    reception.state = follow(RECEPTION_TRANSITIONS, ReceptionState(reception.state), "cancel")
    reception.cancelled_reason = reason.strip()
    reception.save()
    for appointment in reception.appointments.filter(carry_over=None):
        _carry_over(appointment, f"Hoãn buổi tiếp: {reason.strip()}"[:250], by, at)
    record(verb="cancel_reception", on=reception, by=by, at=at, detail={"reason": reason})
    return reception


@transaction.atomic
def carry_over(
    *, appointment: Appointment, reason: str, by: User, at: datetime | None = None
) -> CarryOver:
    """Let a citizen who is not heard keep their turn for the next reception (chuyển kỳ sau)."""
    at = at or clock.now()
    locked = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("reception__agency")
        .get(pk=appointment.pk)
    )
    if not permissions.can_carry_over(by, locked):
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")
    _check_reason(reason)
    if CarryOver.objects.filter(appointment=locked).exists():
        raise RuleRefusedError("carried_over", "Công dân này đã được chuyển sang kỳ tiếp sau.")
    carried = _carry_over(locked, reason.strip()[:250], by, at)
    record(verb="carry_over", on=locked, by=by, at=at, detail={"reason": reason})
    return carried


@transaction.atomic
def receive_in_person(
    *, appointment: Appointment, by: User, at: datetime | None = None
) -> Appointment:
    """Move a citizen who takes consent back to the hub, in the same place; the slip is void.

    Raises RuleRefusedError when they sit at the hub already, or the reception is over.
    """
    at = at or clock.now()
    reception = _locked(appointment.reception, by)
    _check_not_over(reception, at)
    fresh = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    hub = reception.bookings.get(role=SiteRole.HUB)
    if fresh.booking_id == hub.pk:
        raise RuleRefusedError("at_the_hub", "Công dân này đã được bố trí tiếp trực tiếp.")
    left = fresh.booking.site.code
    fresh.booking, fresh.slip = hub, None
    fresh.save(update_fields=["booking", "slip"])
    record(verb="receive_in_person", on=fresh, by=by, at=at, detail={"from": left})
    return fresh


@transaction.atomic
def submit_list(*, by: User, at: datetime | None = None) -> Document:
    """Issue the list of who is proposed and who was answered instead (tờ trình danh sách).

    Everything proposed and not decided, and everything declined since the last list. Raises
    RuleRefusedError when there is nothing to submit.
    """
    at = at or clock.now()
    board, committee = reception_board(), province_committee()
    require(by, Ability.PROPOSE, board)
    Agency.objects.select_for_update().get(pk=board.pk)
    proposed = [filing.disposition for filing in awaiting_decision()]
    declined = declined_since_the_last_list(board)
    if not proposed and not declined:
        raise RuleRefusedError("nothing_to_submit", "Chưa có đề xuất nào để trình.")
    day = next_reception_day(clock.day_of(at))
    context = papers.proposal_list(
        committee=committee,
        reception_on=day,
        proposed=proposed,
        declined=declined,
        signer=papers.board_signer(by),
    )
    document = draft_and_issue(
        kind=DocumentKind.PROPOSAL_LIST,
        issuer=board.code,
        title=f"Về danh sách công dân đề nghị Chủ tịch {committee.name} tiếp tháng {day.month} "
        f"năm {day.year}",
        context=context,
        by=by,
        at=at,
    )
    codes = {row.filing.tracking_code: row.outcome for row in [*proposed, *declined]}
    record(verb="submit_list", on=document, by=by, at=at, detail={"filings": codes})
    return document


def _locked(reception: Reception, by: User) -> Reception:
    """The row as it is now, locked; refused to whoever may not plan, or once cancelled."""
    fresh = (
        Reception.objects.select_for_update(of=("self",))
        .select_related("agency", "chair")
        .get(pk=reception.pk)
    )
    if not permissions.can_plan(by, fresh):
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")
    if fresh.state == ReceptionState.CANCELLED:
        raise RuleRefusedError("reception_cancelled", "Buổi tiếp này đã hủy.")
    return fresh


def _check_people(agency: Agency, chair: User, secretary: User) -> None:
    require_chair = RuleRefusedError(
        "chair", "Người chủ trì phải là người đứng đầu cơ quan tiếp công dân.",
        "Luật Tiếp công dân 42/2013/QH13, Điều 18",
    )  # fmt: skip
    if not permissions.may_chair(chair, agency):
        raise require_chair
    if not permissions.may_keep_minutes(secretary, agency):
        raise RuleRefusedError("secretary", "Người này không có vai trò thư ký buổi tiếp.")


def _check_sites(hub: VideoSite, branches: Sequence[VideoSite]) -> None:
    sites = [hub, *branches]
    if len({site.pk for site in sites}) < len(sites):
        raise RuleRefusedError("site_twice", "Mỗi điểm cầu chỉ được chọn một lần.")


def _check_free(
    agency: Agency, day: date, starts_at: datetime, ends_at: datetime, at: datetime
) -> None:
    if ends_at <= at:
        raise RuleRefusedError("day_gone_by", "Ngày tiếp {day} đã qua.", day=f"{day:%d/%m/%Y}")
    same = Reception.objects.filter(agency=agency, starts_at=starts_at)
    if same.exclude(state=ReceptionState.CANCELLED).exists():
        raise RuleRefusedError(
            "one_a_month", "Buổi tiếp ngày {day} đã có trong lịch.", day=f"{day:%d/%m/%Y}"
        )


def _check_not_over(reception: Reception, at: datetime) -> None:
    if reception.ends_at <= at:
        raise RuleRefusedError("reception_over", "Buổi tiếp này đã qua.")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleRefusedError("reason", "Hãy nêu lý do.")


def _hours(day: date) -> tuple[datetime, datetime]:
    """The hours kept for online reception on that day (QĐ 2193/QĐ-UBND, mục III.3.2b)."""
    begin, end = (
        datetime.combine(day, rules.clock_time(rulebook.text(key, day)), clock.VIETNAM)
        for key in ("online_from", "online_until")
    )
    return begin, end


def _book(reception: Reception, hub: VideoSite, branches: Sequence[VideoSite]) -> None:
    roles = [SiteRole.HUB, *[SiteRole.BRANCH] * len(branches)]
    for position, (site, role) in enumerate(zip([hub, *branches], roles, strict=True)):
        SiteBooking.objects.create(reception=reception, site=site, role=role, position=position)


def _invite(
    reception: Reception, agency: Agency, requests: list[str], by: User, at: datetime
) -> Invitation:
    document = draft_and_issue(
        kind=DocumentKind.INVITATION,
        issuer=reception.agency.code,
        title=f"Dự buổi tiếp công dân ngày {held_on(reception):%d/%m/%Y}",
        context=papers.invitation(reception, agency, requests),
        by=by,
        at=at,
    )
    return Invitation.objects.create(reception=reception, agency=agency, document=document)


def _issue_slip(reception: Reception, appointment: Appointment, by: User, at: datetime) -> Document:
    minutes = rulebook.number("minutes_per_turn", held_on(reception))
    start = rules.planned_start(reception.starts_at, appointment.order, minutes)
    appointment.slip = draft_and_issue(
        kind=DocumentKind.CITIZEN_APPOINTMENT,
        issuer=reception_board().code,
        title="Thời gian, địa điểm tiếp công dân",
        context=papers.slip(appointment, start - rules.ARRIVE_BEFORE, papers.board_signer(by)),
        by=by,
        at=at,
    )
    appointment.save(update_fields=["slip"])
    return appointment.slip


def _carry_over(appointment: Appointment, reason: str, by: User, at: datetime) -> CarryOver:
    return CarryOver.objects.create(appointment=appointment, reason=reason, by=by, at=at)
