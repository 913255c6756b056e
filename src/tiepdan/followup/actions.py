"""The only writers of result notices and assignments."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.documents.actions import (
    approve_document,
    draft_document,
    issue_document,
    revise_document,
)
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.followup import papers, permissions
from tiepdan.followup.models import Answer, Assignment, ResultNotice
from tiepdan.followup.states import ASSIGNMENT_TRANSITIONS, AssignmentState
from tiepdan.matters.actions import end_deadlines
from tiepdan.matters.states import DeadlineChangeKind, DeadlineKind
from tiepdan.sittings.models import Conclusion, ConclusionItem, Visit
from tiepdan.sittings.states import VisitState


@transaction.atomic
def draft_notice(*, visit: Visit, by: User, at: datetime | None = None) -> ResultNotice:
    """Draft the notice from conclusion and minutes, or draft it anew before it is issued.

    Raises RuleRefusedError for a citizen not heard, a turn without conclusion, an issued notice.
    """
    at = at or clock.now()
    visit = _locked_visit(visit)
    _allow(permissions.can_draft(by, visit))
    conclusion = _conclusion_of(visit)
    title, context = papers.notice_title(visit), papers.result_notice(visit, conclusion)
    notice = ResultNotice.objects.filter(visit=visit).select_related("document").first()
    if notice:
        revise_document(document=notice.document, title=title, context=context, by=by, at=at)
        notice.refresh_from_db()
    else:
        issuer = permissions.body_of(visit).code
        document = draft_document(
            kind=DocumentKind.RESULT_NOTICE,
            issuer=issuer,
            title=title,
            context=context,
            by=by,
            at=at,
        )
        notice = ResultNotice.objects.create(visit=visit, document=document)
    record(verb="draft_notice", on=notice, by=by, at=at, detail={"visit": str(visit.pk)})
    return notice


@transaction.atomic
def approve_notice(*, notice: ResultNotice, by: User, at: datetime | None = None) -> ResultNotice:
    """Approve the notice as it is written (duyệt): whoever received the citizen."""
    at = at or clock.now()
    notice = _locked_notice(notice)
    _allow(permissions.can_approve(by, notice))
    notice.document = approve_document(document=notice.document, by=by, at=at)
    record(verb="approve_notice", on=notice, by=by, at=at)
    return notice


@transaction.atomic
def issue_notice(*, notice: ResultNotice, by: User, at: datetime | None = None) -> ResultNotice:
    """Number and issue the approved notice (ban hành) and give out its tasks (giao việc).

    It answers a complaint in writing and so meets its limit (Luật Khiếu nại, Điều 27).
    """
    at = at or clock.now()
    notice = _locked_notice(notice)
    _allow(permissions.can_issue(by, notice))
    notice.document = issue_document(document=notice.document, by=by, at=at)
    tasks = _give_out_tasks(notice.visit, at)
    end_deadlines(
        filing=notice.visit.appointment.filing, kinds=(DeadlineKind.ACCEPT_COMPLAINT,),
        how=DeadlineChangeKind.MET, by=by, at=at,
        reason=f"Thông báo kết quả tiếp công dân số {notice.document.number_text}",
    )  # fmt: skip
    record(
        verb="issue_notice",
        on=notice,
        by=by,
        at=at,
        detail={
            "number": notice.document.number_text,
            "assignments": [str(task.pk) for task in tasks],
        },
    )
    return notice


@transaction.atomic
def answer_assignment(
    *, assignment: Assignment, text: str, by: User, at: datetime | None = None
) -> Assignment:
    """Report the result of a task (báo cáo kết quả)."""
    at = at or clock.now()
    assignment = _locked_assignment(assignment)
    _allow(permissions.can_answer(by, assignment))
    _follow(assignment, "answer")
    Answer.objects.create(
        assignment=assignment, text=_stated(text, _("Hãy ghi kết quả thực hiện.")), by=by, at=at
    )
    record(verb="answer_assignment", on=assignment, by=by, at=at)
    return assignment


@transaction.atomic
def return_assignment(
    *, assignment: Assignment, reason: str, by: User, at: datetime | None = None
) -> Assignment:
    """Send an insufficient report back; the task goes on (trả lại)."""
    at = at or clock.now()
    assignment = _locked_assignment(assignment)
    _allow(permissions.can_close(by, assignment))
    _follow(assignment, "return")
    answer = assignment.answers.order_by("-at", "-created_at")[0]
    answer.returned_reason = _stated(reason, _("Hãy nêu lý do trả lại."))
    answer.save(update_fields=["returned_reason"])
    detail = {"reason": answer.returned_reason, "answer": str(answer.pk)}
    record(verb="return_assignment", on=assignment, by=by, at=at, detail=detail)
    return assignment


@transaction.atomic
def close_assignment(*, assignment: Assignment, by: User, at: datetime | None = None) -> Assignment:
    """Confirm that a task is done (xác nhận hoàn thành)."""
    at = at or clock.now()
    assignment = _locked_assignment(assignment)
    _allow(permissions.can_close(by, assignment))
    _follow(assignment, "close")
    record(verb="close_assignment", on=assignment, by=by, at=at)
    return assignment


def _conclusion_of(visit: Visit) -> Conclusion:
    if visit.state != VisitState.HEARD:
        raise RuleRefusedError("not_heard", "Công dân này chưa được tiếp xong.")
    conclusion = Conclusion.objects.filter(visit=visit).first()
    if conclusion is None:
        raise RuleRefusedError("no_conclusion", "Lượt tiếp này chưa có kết luận.")
    return conclusion


def _give_out_tasks(visit: Visit, at: datetime) -> list[Assignment]:
    """One task for each point that charges a body; each has a deadline.

    «Ấn định thời gian giải quyết phù hợp» (TT 04/2021/TT-TTCP).
    """
    items = ConclusionItem.objects.filter(conclusion__visit=visit).select_related("agency")
    return [
        Assignment.objects.create(
            item=item, agency=item.agency, deadline=item.deadline, given_at=at
        )
        for item in items
        if item.agency and item.deadline
    ]


def _follow(assignment: Assignment, event: str) -> None:
    assignment.state = follow(ASSIGNMENT_TRANSITIONS, AssignmentState(assignment.state), event)
    assignment.save(update_fields=["state"])


def _locked_visit(visit: Visit) -> Visit:
    return (
        Visit.objects.select_for_update(of=("self",))
        .select_related(
            "sitting__reception__agency",
            "sitting__reception__chair",
            "appointment__filing__petitioner__commune",
            "appointment__booking",
        )
        .get(pk=visit.pk)
    )


def _locked_notice(notice: ResultNotice) -> ResultNotice:
    fresh = ResultNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    fresh.visit = _locked_visit(fresh.visit)
    fresh.document = Document.objects.get(pk=fresh.document_id)
    return fresh


def _locked_assignment(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=assignment.pk)
    )


def _stated(text: str, message: str) -> str:
    if not text.strip():
        raise RuleRefusedError("text_missing", message)
    return text.strip()


def _allow(allowed: bool) -> None:
    if not allowed:
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")
