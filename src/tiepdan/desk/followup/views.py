"""What follows a sitting: result notices, then tasks until they are done."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability, can
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.desk.clocks import countdown
from tiepdan.desk.conduct import DeskForm, done_before, finish, press, refusal_words, typed
from tiepdan.desk.followup.forms import AnswerForm, ReturnForm
from tiepdan.desk.guards import OfficialRequest, may, official, works_for_the_province
from tiepdan.documents.states import DocumentState
from tiepdan.followup.actions import (
    answer_assignment,
    approve_notice,
    close_assignment,
    draft_notice,
    issue_notice,
    return_assignment,
)
from tiepdan.followup.models import Assignment, ResultNotice
from tiepdan.followup.queries import TURN, assignments_for
from tiepdan.followup.states import AssignmentState
from tiepdan.matters.protected import Kept, closed_to
from tiepdan.org.queries import calendar
from tiepdan.sittings.models import Visit

NOTICE_WORK = (Ability.DRAFT_NOTICE, Ability.APPROVE_NOTICE, Ability.ISSUE)
TASK_READERS = (*NOTICE_WORK, Ability.ANSWER_TASK, Ability.CLOSE_TASK)


@official(Ability.DRAFT_NOTICE)
@require_POST
def notice_draft(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Draft the result notice of a turn from its conclusions."""
    turns = Visit.objects.exclude(closed_to(request.user, Kept.RESULT, **TURN))
    visit = get_object_or_404(turns.select_related("sitting"), pk=pk)
    if ready := ResultNotice.objects.filter(visit=visit).first():
        return redirect("desk:notice", ready.pk)
    try:
        notice = draft_notice(visit=visit, by=request.user)
    except RuleRefusedError as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect("desk:sitting", visit.sitting_id)
    return redirect("desk:notice", notice.pk)


@official(*NOTICE_WORK)
@require_GET
def notice(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """A result notice as it will be sent, with the one act that is next."""
    found = get_object_or_404(_notices(request), pk=pk)
    state, user = found.document.state, request.user
    return render(
        request,
        "desk/notice.html",
        {
            "notice": found,
            "document": found.document,
            "result": found.document.context,
            "may_approve": state == DocumentState.DRAFT
            and may(request.user, Ability.APPROVE_NOTICE),
            "may_issue": state == DocumentState.APPROVED and may(user, Ability.ISSUE),
            "tasks": Assignment.objects.filter(item__conclusion__visit=found.visit).select_related(
                "agency", "item"
            ),
        },
    )


@official(Ability.APPROVE_NOTICE)
@require_POST
def notice_approve(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The chair approves the text."""
    found = get_object_or_404(_notices(request), pk=pk)
    return press(
        request,
        lambda: approve_notice(notice=found, by=request.user),
        where=reverse("desk:notice", args=[pk]),
        said=_("Đã duyệt thông báo. Văn thư sẽ cấp số và ban hành."),
    )


@official(Ability.ISSUE)
@require_POST
def notice_issue(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The registrar numbers and issues it; the tasks begin."""
    found = get_object_or_404(_notices(request), pk=pk)
    return press(
        request,
        lambda: issue_notice(notice=found, by=request.user),
        where=reverse("desk:notice", args=[pk]),
        said=_("Đã cấp số, ban hành thông báo và giao việc cho các cơ quan."),
    )


@official(*TASK_READERS)
@require_GET
def assignments(request: OfficialRequest) -> HttpResponse:
    """Tasks of the official's body, or all of the province; the overdue ones first."""
    found = _tasks(request)
    which = request.GET.get("xem", "")
    if which == "qua-han":
        found = found.exclude(state=AssignmentState.CLOSED).filter(deadline__lt=clock.today())
    elif which == "xong":
        found = found.filter(state=AssignmentState.CLOSED)
    else:
        found = found.exclude(state=AssignmentState.CLOSED)
    days, today = calendar(), clock.today()
    rows = [
        (task, None if which == "xong" else countdown(task.deadline, today, days))
        for task in found.order_by("deadline")[:200]
    ]
    notices = _notices(request).exclude(document__state="issued")
    return render(
        request,
        "desk/assignments.html",
        {
            "rows": rows,
            "which": which,
            "notices": notices if may(request.user, *NOTICE_WORK) else [],
        },
    )


@official(*TASK_READERS)
@require_GET
def assignment(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """One task: what was concluded, what was reported, what is next."""
    return _assignment_page(request, _task(request, pk), AnswerForm())


@official(Ability.ANSWER_TASK)
@require_POST
def assignment_answer(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The body reports what it did."""
    task, form = _task(request, pk), AnswerForm(request.POST)
    where = reverse("desk:assignment", args=[pk])
    if form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        text = form.cleaned_data["text"]
        if form.attempt(lambda: answer_assignment(assignment=task, text=text, by=request.user)):
            return finish(request, form.key, where, _("Đã gửi báo cáo kết quả."))
    return _assignment_page(request, task, form)


@official(Ability.CLOSE_TASK)
def assignment_return(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Send a report back and say what is still to do."""
    task, form = _task(request, pk), ReturnForm(typed(request))
    where = reverse("desk:assignment", args=[pk])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if form.attempt(lambda: return_assignment(assignment=task, reason=reason, by=request.user)):
            return finish(request, form.key, where, _("Đã trả lại để làm tiếp."))
    return render(
        request,
        "desk/form_page.html",
        {
            "form": form,
            "where": f"{_('Giao việc')} · {task.agency}",
            "title": _("Trả lại báo cáo"),
            "lead": task.item.text,
            "press": _("Trả lại để làm tiếp"),
            "back": where,
        },
    )


@official(Ability.CLOSE_TASK)
@require_POST
def assignment_close(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The task is done."""
    task = _task(request, pk)
    return press(
        request,
        lambda: close_assignment(assignment=task, by=request.user),
        where=reverse("desk:assignment", args=[pk]),
        said=_("Đã kết thúc việc được giao."),
    )


def _assignment_page(request: OfficialRequest, task: Assignment, form: DeskForm) -> HttpResponse:
    user = request.user
    open_to_answer = task.state in {AssignmentState.ASSIGNED, AssignmentState.RETURNED}
    answered = task.state == AssignmentState.ANSWERED
    return render(
        request,
        "desk/assignment.html",
        {
            "task": task,
            "form": form,
            "answers": task.answers.select_related("by").order_by("-at"),
            "countdown": None
            if task.state == AssignmentState.CLOSED
            else countdown(task.deadline, clock.today(), calendar()),
            "may_answer": open_to_answer and can(user, Ability.ANSWER_TASK, task.agency),
            "may_close": answered and may(user, Ability.CLOSE_TASK),
            "reads_record": works_for_the_province(user),
        },
    )


def _tasks(request: OfficialRequest) -> QuerySet[Assignment]:
    return assignments_for(request.user).select_related(
        "agency", "item__conclusion__visit__appointment__filing__petitioner__commune"
    )


def _task(request: OfficialRequest, pk: UUID) -> Assignment:
    return get_object_or_404(_tasks(request), pk=pk)


def _notices(request: OfficialRequest) -> QuerySet[ResultNotice]:
    """Result notices, of protected turns only those that the user's duty opens."""
    where = {name: f"visit__{path}" for name, path in TURN.items()}
    found = ResultNotice.objects.exclude(closed_to(request.user, Kept.RESULT, **where))
    return found.select_related(
        "document", "visit__sitting__reception", "visit__appointment__filing__petitioner__commune"
    )
