"""Planned receptions: the list, planning one, one reception with its agenda."""

from uuid import UUID

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.desk.conduct import done_before, finish, press, refusal_words, typed
from tiepdan.desk.guards import OfficialRequest, may, official, works_for_the_province
from tiepdan.desk.matters.forms.board import ReasonForm
from tiepdan.desk.scheduling.forms import InviteForm, PlanForm
from tiepdan.desk.scheduling.lines import line_note
from tiepdan.desk.scheduling.scope import agenda_for, receptions_for
from tiepdan.desk.sittings.doors import doors_of
from tiepdan.org.models import Agency, AgencyKind, VideoSite
from tiepdan.org.queries import calendar, province_committee
from tiepdan.org.rulebook import number, rule
from tiepdan.scheduling.actions import (
    cancel_reception,
    invite,
    issue_slips,
    place_appointments,
    plan_reception,
    publish_reception,
)
from tiepdan.scheduling.models import Reception
from tiepdan.scheduling.queries import (
    is_online,
    months_without_reception,
    waiting_for_place,
)
from tiepdan.scheduling.states import ReceptionState
from tiepdan.sittings.actions import prepare_sitting
from tiepdan.sittings.models import Sitting
from tiepdan.sittings.queries import machines

OPENERS = (Ability.CONDUCT, Ability.WRITE_MINUTES, Ability.OPERATE)
"""Who may open the rooms of a published reception."""


@official()
@require_GET
def receptions(request: OfficialRequest) -> HttpResponse:
    """Receptions to come, then those that were."""
    found = receptions_for(request.user).order_by("starts_at")
    start = clock.now().astimezone(clock.VIETNAM).replace(hour=0, minute=0, second=0)
    planner = may(request.user, Ability.PLAN)
    return render(
        request,
        "desk/receptions.html",
        {
            "coming": found.filter(starts_at__gte=start),
            "past": found.filter(starts_at__lt=start).reverse()[:24],
            "may_plan": planner,
            "waiting": waiting_for_place().count() if planner else 0,
            "months_short": months_without_reception(clock.today()) if planner else [],
            "publish_before": rule("publish_before", clock.today()),
            "days_a_month": rule("chair_reception_days_per_month", clock.today()),
        },
    )


@official(Ability.PLAN)
def reception_new(request: OfficialRequest) -> HttpResponse:
    """Plan a month's reception; its day and hours follow from the rules."""
    form = PlanForm(typed(request), initial={"branches": _sites_needed()})
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        data = form.cleaned_data
        planned = form.attempt(
            lambda: plan_reception(
                month=form.first_day,
                agency=province_committee(),
                chair=data["chair"],
                secretary=data["secretary"],
                hub=data["hub"],
                branches=list(data["branches"]),
                by=request.user,
            )
        )
        if planned:
            where = reverse("desk:reception", args=[planned.pk])
            return finish(request, form.key, where, _("Đã lập buổi tiếp dự kiến."))
    return render(request, "desk/reception_new.html", {"form": form})


@official()
@require_GET
def reception(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """One reception: agenda by site, papers, what to do next."""
    found = get_object_or_404(receptions_for(request.user), pk=pk)
    user, sitting = request.user, Sitting.objects.filter(reception=found).first()
    planner, case_worker = may(user, Ability.PLAN), works_for_the_province(user)
    waiting = waiting_for_place().count() if planner else 0
    agenda = agenda_for(user, found)
    prefetch_related_objects([row.appointment for row in agenda], "identity_check__by")
    acts = {
        "place": waiting > 0,
        "publish": planner and found.state == ReceptionState.PLANNED,
        "slips": planner and any(row.appointment.slip_id is None for row in agenda),
        "prepare": found.state == ReceptionState.PUBLISHED and not sitting and may(user, *OPENERS),
    }
    doors = doors_of(user, sitting) if sitting else []
    return render(
        request,
        "desk/reception.html",
        {
            "reception": found,
            "bookings": found.bookings.all(),
            "agenda": agenda,
            "invitations": found.invitations.select_related("agency", "document")
            if case_worker
            else [],
            "sitting": sitting,
            "reads_record": case_worker,
            "doors": doors,
            "line": line_note(found) if case_worker else None,
            "machines": machines(sitting) if sitting and case_worker else [],
            "may_plan": planner and found.state != ReceptionState.CANCELLED and not sitting,
            "may_prepare": acts["prepare"],
            "waiting": waiting,
            "months_short": months_without_reception(clock.today()) if planner else [],
            "publish_before": rule("publish_before", clock.today()),
            "days_a_month": rule("chair_reception_days_per_month", clock.today()),
            "late": planner and _too_late(found),
            "slips_missing": acts["slips"],
            "primary": {} if doors else dict.fromkeys(first_of(acts), "primary"),
        },
    )


def first_of(acts: dict[str, bool]) -> list[str]:
    """The first act that is possible now: it gets the one filled button."""
    return [name for name, possible in acts.items() if possible][:1]


@official(Ability.PLAN)
@require_POST
def reception_place(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Give approved citizens their places, in the order of the law; say who still has none."""
    found = get_object_or_404(receptions_for(request.user), pk=pk)
    try:
        placed = place_appointments(reception=found, by=request.user)
    except RuleRefusedError as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect(_page(found))
    messages.success(
        request, _("Đã xếp {count} lượt theo thứ tự đăng ký.").format(count=len(placed))
    )
    if left := len(waiting_for_place()):
        messages.warning(
            request,
            _(
                "Còn {left} người chưa có lượt: xã của họ không dự buổi này, hoặc đã hết giờ. Họ "
                "giữ nguyên thứ tự cho kỳ sau."
            ).format(left=left),
        )
    return redirect(_page(found))


@official(Ability.PLAN)
@require_POST
def reception_publish(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Issue the schedule notice; from now on it stands on the portal."""
    found = get_object_or_404(receptions_for(request.user), pk=pk)
    reason = request.POST.get("late_reason", "").strip()
    return press(
        request,
        lambda: publish_reception(reception=found, late_reason=reason, by=request.user),
        where=_page(found),
        said=_("Đã công bố lịch tiếp trên cổng thông tin."),
    )


@official(Ability.PLAN)
@require_POST
def reception_slips(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """An appointment slip for each citizen placed."""
    found = get_object_or_404(receptions_for(request.user), pk=pk)
    return press(
        request,
        lambda: issue_slips(reception=found, by=request.user),
        where=_page(found),
        said=_("Đã phát hành phiếu hẹn."),
    )


@official(Ability.PLAN)
def reception_invite(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Invite bodies and say what they are to prepare."""
    found = get_object_or_404(receptions_for(request.user), pk=pk)
    invited = found.invitations.values("agency")
    invitable = Agency.objects.filter(
        kind__in=[AgencyKind.DEPARTMENT, AgencyKind.COMMUNE_COMMITTEE]
    ).exclude(pk__in=invited)
    communes = found.bookings.filter(appointments__isnull=False).values("site__agency")
    form = InviteForm(
        typed(request),
        invitable=invitable,
        initial={"agencies": invitable.filter(pk__in=communes)},
    )
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        data = form.cleaned_data
        sent = form.attempt(
            lambda: invite(
                reception=found,
                agencies=list(data["agencies"]),
                requests=data["requests"],
                by=request.user,
            )
        )
        if sent is not None:
            said = _("Đã phát hành {count} giấy mời.").format(count=len(sent))
            return finish(request, form.key, _page(found), said)
    return render(request, "desk/reception_invite.html", {"form": form, "reception": found})


@official(Ability.PLAN)
def reception_cancel(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Cancel a reception; its citizens keep their places for the next."""
    found = get_object_or_404(receptions_for(request.user), pk=pk)
    form = ReasonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda: cancel_reception(
                reception=found, reason=form.cleaned_data["reason"], by=request.user
            )
        )
        if done:
            return finish(request, form.key, _page(found), _("Đã hủy buổi tiếp."))
    return render(
        request,
        "desk/form_page.html",
        {
            "form": form,
            "where": _("Buổi tiếp {day}").format(
                day=f"{found.starts_at.astimezone(clock.VIETNAM):%d/%m/%Y}"
            ),
            "title": _("Hủy buổi tiếp"),
            "lead": _("Công dân đã được xếp lượt giữ nguyên thứ tự cho kỳ sau."),
            "press": _("Hủy buổi tiếp này"),
            "back": _page(found),
            "danger": True,
        },
    )


@official(*OPENERS)
@require_POST
def reception_prepare(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Open the rooms of a published reception: seats for its sites, nobody inside yet."""
    found = get_object_or_404(receptions_for(request.user), pk=pk)
    return press(
        request,
        lambda: prepare_sitting(reception=found, by=request.user),
        where=_page(found),
        said=_("Phòng họp đã mở. Các điểm cầu có thể vào chỗ."),
    )


def _too_late(found: Reception) -> bool:
    """Whether publishing today leaves fewer working days than the rule asks."""
    today = clock.today()
    return calendar().between(today, clock.day_of(found.starts_at)) < number(
        "publish_before", today
    )


def _page(found: Reception) -> str:
    return reverse("desk:reception", args=[found.pk])


def _sites_needed() -> list[VideoSite]:
    """Sites of the communes whose citizens wait for a place online."""
    units = {filing.home_unit_id for filing in waiting_for_place() if is_online(filing)}
    return list(VideoSite.objects.filter(agency__unit__in=units))
