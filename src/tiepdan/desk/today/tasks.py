"""What waits for an official: each row says what, until when, and the one next step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.common.templatetags.vietnamese import long_day
from tiepdan.common.workdays import Calendar
from tiepdan.desk.clocks import Countdown, countdown
from tiepdan.desk.guards import agencies_of, may
from tiepdan.documents.states import DocumentState
from tiepdan.followup.models import Assignment
from tiepdan.followup.queries import notices_due
from tiepdan.followup.states import AssignmentState
from tiepdan.matters import queries as matters
from tiepdan.matters.models import Filing
from tiepdan.matters.states import FilingState
from tiepdan.org.queries import calendar
from tiepdan.org.rulebook import number
from tiepdan.scheduling.queries import upcoming, waiting_for_place
from tiepdan.scheduling.states import ReceptionState
from tiepdan.sittings.models import Sitting
from tiepdan.sittings.states import SittingState

MOST_ROWS = 50
"""Rows of one kind on the page; the list behind it shows all."""


@dataclass(frozen=True)
class Task:
    """One row: what and whose, the button and where it leads, the clock when there is one."""

    title: str
    note: str
    step: str
    url: str
    clock: Countdown | None = None
    since: date | None = None


@dataclass(frozen=True)
class Day:
    """Whose day it is, and the calendar, read once for all rows."""

    user: User
    today: date
    calendar: Calendar

    def until(self, deadline: date) -> Countdown:
        """The clock of a deadline."""
        return countdown(deadline, self.today, self.calendar)


def tasks_for(user: User) -> list[Task]:
    """Everything that waits for this official, the nearest deadline first."""
    day = Day(user, clock.today(), calendar())
    found = [task for source in SOURCES if may(user, *SOURCES[source]) for task in source(day)]
    return sorted(found, key=lambda task: task.clock.deadline if task.clock else date.max)


STEPS = {
    FilingState.RECEIVED: (Ability.CLASSIFY, gettext_noop("Phân loại"), "filing_classify"),
    FilingState.CLASSIFIED: (Ability.PROPOSE, gettext_noop("Đề xuất"), "filing_propose"),
}
"""What the board does next with a filing in this state, who may, and where."""


def _to_prepare(day: Day) -> Iterator[Task]:
    """What waits to be classified and what to be proposed, read at once."""
    found = matters.awaiting_the_board(
        [state for state, (ability, *_rest) in STEPS.items() if may(day.user, ability)], MOST_ROWS
    )
    for filing in found:
        _ability, step, page = STEPS[FilingState(filing.state)]
        yield _filing_task(filing, _(step), f"desk:{page}", day)


def _filing_task(filing: Filing, step: str, page: str, day: Day) -> Task:
    note = [filing.shown_subject, str(filing.petitioner.commune)]
    still = matters.reply_stands_still(filing)
    if still:
        note.append(_("thời hạn đang tạm dừng"))
    return Task(
        filing.shown_name,
        " · ".join(note),
        step,
        reverse(page, args=[filing.pk]),
        None if still else day.until(matters.reply_due(filing)),
    )


def _limits(day: Day) -> Iterator[Task]:
    """Other limits of the law that run on filings; what waits for the reply has its own rows."""
    for limit in matters.running_limits()[:MOST_ROWS]:
        filing = limit.filing
        urged: int = limit.urged  # type: ignore[attr-defined] # annotated
        words = _("đã đôn đốc {times} lần").format(times=urged) if urged else ""
        note = [limit.get_kind_display(), limit.responsible.short_name, words]
        yield Task(
            filing.shown_name,
            " · ".join(part for part in note if part),
            _("Đôn đốc") if limit.due_on < day.today else _("Xem đơn"),
            reverse("desk:filing", args=[filing.pk]),
            day.until(limit.due_on),
        )


def _to_decide(_day: Day) -> Iterator[Task]:
    for filing in matters.awaiting_decision()[:MOST_ROWS]:
        yield Task(
            filing.shown_name,
            f"{filing.shown_subject} · {filing.petitioner.commune}",
            _("Xem và duyệt"),
            reverse("desk:decisions") + f"#vu-{filing.pk}",
            since=clock.day_of(filing.received_at),
        )


def _to_accept(day: Day) -> Iterator[Task]:
    """What the board proposed to take up; the limit of the law runs until the head does."""
    for filing in matters.awaiting_acceptance(matters.filings_for(day.user))[:MOST_ROWS]:
        limits = [one.due_on for one in filing.deadlines.all() if one.ended_on is None]
        yield Task(
            filing.shown_name,
            filing.shown_subject,
            _("Thụ lý giải quyết"),
            reverse("desk:filing_accept", args=[filing.pk]),
            day.until(min(limits)) if limits else None,
        )


def _to_destroy(day: Day) -> Iterator[Task]:
    shelved = matters.shelved_long_enough(matters.filings_for(day.user), day.today)
    for filing in shelved[:MOST_ROWS]:
        yield Task(
            filing.shown_name,
            _("Đã lưu đủ thời hạn · {subject}").format(subject=filing.shown_subject),
            _("Quyết định tiêu hủy"),
            reverse("desk:filing_destroy", args=[filing.pk]),
            since=filing.disposition.destroy_from,
        )


def _to_plan(day: Day) -> Iterator[Task]:
    coming = list(upcoming(day.today).prefetch_related(None)[:MOST_ROWS])
    waiting = waiting_for_place().count()
    if waiting and not coming:
        yield Task(
            _("{waiting} công dân đã được duyệt, chưa có buổi tiếp").format(waiting=waiting),
            _("Lập buổi tiếp của tháng"),
            _("Lập buổi tiếp"),
            reverse("desk:reception_new"),
        )
    for reception in coming:
        title = _("Buổi tiếp {day}").format(day=long_day(reception.starts_at))
        url = reverse("desk:reception", args=[reception.pk])
        held = clock.day_of(reception.starts_at)
        if reception.state == ReceptionState.PLANNED:
            limit = day.calendar.add(held, -number("publish_before", day.today))
            yield Task(title, _("Chưa công bố lịch"), _("Xem và công bố"), url, day.until(limit))
        if waiting and reception == coming[0]:
            note = _("{waiting} công dân đã được duyệt, chưa xếp lượt").format(waiting=waiting)
            yield Task(title, note, _("Xếp lượt"), url, day.until(held))


def _to_sign(_day: Day) -> Iterator[Task]:
    unsigned = Sitting.objects.filter(state=SittingState.CLOSED, minutes=None)
    for sitting in unsigned.select_related("reception")[:MOST_ROWS]:
        yield Task(
            _("Biên bản buổi tiếp {day}").format(day=long_day(sitting.reception.starts_at)),
            _("Buổi tiếp đã kết thúc, biên bản chưa ký"),
            _("Ký biên bản"),
            reverse("desk:sitting", args=[sitting.pk]),
            since=clock.day_of(sitting.reception.starts_at),
        )


def _notices(state: str | None, step: str, note: str) -> Callable[[Day], Iterator[Task]]:
    """Result notices in one state, or not yet drafted (None)."""

    def rows(day: Day) -> Iterator[Task]:
        for due in notices_due(day.user, day.today, day.calendar)[:MOST_ROWS]:
            notice, visit = due.notice, due.visit
            if (notice.document.state if notice else None) != state:
                continue
            url = (
                reverse("desk:notice", args=[notice.pk])
                if notice
                else reverse("desk:sitting", args=[visit.sitting_id]) + f"#luot-{visit.number}"
            )
            filing = visit.appointment.filing
            yield Task(
                _("Thông báo kết quả: {name}").format(name=filing.shown_name),
                f"{_(note)} · {filing.shown_subject}",
                _(step),
                url,
                day.until(due.due_on),
            )

    return rows


def _to_answer(day: Day) -> Iterator[Task]:
    own = [agency.pk for agency in agencies_of(day.user, Ability.ANSWER_TASK)]
    open_tasks = Assignment.objects.filter(
        agency__in=own, state__in=[AssignmentState.ASSIGNED, AssignmentState.RETURNED]
    )
    for task in open_tasks.select_related("item", "agency").order_by("deadline")[:MOST_ROWS]:
        url = reverse("desk:assignment", args=[task.pk])
        yield Task(task.item.text, str(task.agency), _("Báo cáo"), url, day.until(task.deadline))


def _to_close(day: Day) -> Iterator[Task]:
    answered = Assignment.objects.filter(state=AssignmentState.ANSWERED)
    for task in answered.select_related("item", "agency").order_by("deadline")[:MOST_ROWS]:
        url = reverse("desk:assignment", args=[task.pk])
        note = _("{agency} đã báo cáo kết quả").format(agency=task.agency)
        yield Task(task.item.text, note, _("Xem báo cáo"), url, day.until(task.deadline))


SOURCES: dict[Callable[[Day], Iterator[Task]], tuple[Ability, ...]] = {
    _to_prepare: (Ability.CLASSIFY, Ability.PROPOSE),
    _limits: (Ability.PROPOSE,),
    _to_decide: (Ability.DECIDE,),
    _to_accept: (Ability.DECIDE,),
    _to_destroy: (Ability.REFUSE,),
    _to_plan: (Ability.PLAN,),
    _to_sign: (Ability.WRITE_MINUTES,),
    _notices(None, gettext_noop("Soạn thông báo"), gettext_noop("Chưa soạn")): (
        Ability.DRAFT_NOTICE,
    ),
    _notices(DocumentState.DRAFT, gettext_noop("Xem và duyệt"), gettext_noop("Chờ duyệt")): (
        Ability.APPROVE_NOTICE,
    ),
    _notices(DocumentState.APPROVED, gettext_noop("Ban hành"), gettext_noop("Đã duyệt")): (
        Ability.ISSUE,
    ),
    _to_answer: (Ability.ANSWER_TASK,),
    _to_close: (Ability.CLOSE_TASK,),
}
"""Which abilities, one of them, bring which rows."""
