"""Refused at the door, not taken up, discontinued: acts that a citizen is told of in writing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import ABILITIES, Ability
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.deadlines import end_deadlines
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.handling_letters import About
from tiepdan.matters.models import Filing, Notice
from tiepdan.matters.notice_letters import (
    issue_discontinuance,
    issue_door_refusal,
    issue_non_acceptance,
    issue_refusal,
)
from tiepdan.matters.queries import HANDLING, awaiting_acceptance, to_discontinue
from tiepdan.matters.states import (
    DeadlineChangeKind,
    FilingState,
    NoticeKind,
    RefusalGround,
)
from tiepdan.org.models import Agency
from tiepdan.org.queries import province_committee, reception_board

ARTICLE = "Luật Tiếp công dân, Điều 9"


@transaction.atomic
def refuse_reception(
    *, filing: Filing, ground: str, reason: str, by: User, at: datetime | None = None
) -> Notice:
    """Refuse to receive somebody at the counter, with the written notice (từ chối tiếp).

    By grounds 1, 2 and 4; the third has an act of its own, for the head with its evidence. What
    becomes of the filing is another matter: it is handled all the same. Raises RuleRefusedError.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_record_consent(by, fresh))
    if fresh.state == FilingState.WITHDRAWN:
        raise RuleRefusedError("withdrawn", "Công dân đã rút đề nghị này.")
    _check_ground(ground)
    return note_refusal(
        filing=fresh, ground=RefusalGround(ground), reason=reason, issuer=counter_of(by), by=by,
        at=at,
    )  # fmt: skip


@transaction.atomic
def turn_away(
    *,
    full_name: str,
    address: str,
    subject: str,
    ground: RefusalGround | str,
    reason: str,
    by: User,
    at: datetime | None = None,
    submission_key: UUID | None = None,
) -> Document:
    """Refuse somebody of whom there is no filing, with the written notice (từ chối tiếp).

    The same `submission_key` again gives the same notice: a form sent twice is one. By grounds 1,
    2 and 4. Raises RuleRefusedError without the right, NotValidError for what is missing.
    """
    at = at or clock.now()
    issuer = counter_of(by)
    allow(permissions.can_register(by, issuer))
    _check_ground(ground)
    name, place = rules.validate_name(full_name), rules.normalise_name(address)
    about = About(
        {"name": name, "identity_number": "", "address": place, "phone": ""},
        clock.day_of(at),
        rules.needs_text("subject", subject, _("Hãy nêu vắn tắt nội dung vụ việc.")),
    )
    reason = rules.needs_text("reason", reason, _("Hãy ghi vì sao từ chối tiếp."), ARTICLE)
    try:
        with transaction.atomic():
            paper = issue_door_refusal(
                about=about, ground=RefusalGround(ground), reason=reason, issuer=issuer, by=by,
                at=at, key=submission_key,
            )  # fmt: skip
    except IntegrityError:
        if submission_key is None:
            raise
        mine = Document.objects.filter(kind=DocumentKind.COUNTER_REFUSAL, drafted_by=by)
        return mine.get(pk=submission_key)
    detail = {"ground": ground, "number": paper.number_text}
    record(verb="turn_away", on=paper, by=by, at=at, detail=detail)
    return paper


def _check_ground(ground: RefusalGround | str) -> None:
    """Raise RuleRefusedError for no ground of the law, or the one that is the head's alone."""
    if ground not in RefusalGround.values:
        raise RuleRefusedError("ground", "Hãy chọn căn cứ từ chối.", ARTICLE)
    if ground == RefusalGround.SETTLED:
        raise RuleRefusedError(
            "head_only", "Từ chối theo khoản 3 chỉ do người đứng đầu quyết định.", ARTICLE
        )


@transaction.atomic
def note_refusal(
    *,
    filing: Filing,
    ground: RefusalGround,
    reason: str,
    issuer: Agency,
    by: User,
    at: datetime,
) -> Notice:
    """The notice that somebody is not received; who may refuse is the caller's rule.

    Raises RuleRefusedError without a reason: it is explained to the citizen and reported (TT
    04/2021/TT-TTCP, Điều 4).
    """
    reason = rules.needs_text("reason", reason, _("Hãy ghi vì sao từ chối tiếp."), ARTICLE)
    paper = issue_refusal(filing=filing, ground=ground, reason=reason, issuer=issuer, by=by, at=at)
    return _noted(
        Notice(
            filing=filing, kind=NoticeKind.RECEPTION_REFUSED, ground=ground, reason=reason,
            paper=paper, at=at, by=by,
        )
    )  # fmt: skip


@transaction.atomic
def refuse_acceptance(
    *, filing: Filing, reasons: Sequence[str], by: User, at: datetime | None = None
) -> Notice:
    """The head does not take up a complaint or denunciation (không thụ lý), with the reasons.

    Meets the limit for answering (Luật Khiếu nại, Điều 27; Luật Tố cáo, Điều 24 and 29). Raises
    RuleRefusedError for anybody but the head, and for what does not wait to be taken up.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_decide(by, fresh))
    if not awaiting_acceptance(Filing.objects.filter(pk=fresh.pk)).exists():
        raise RuleRefusedError("not_waiting", "Đơn này không chờ thụ lý.")
    rules.needs_text("reasons", " ".join(reasons), _("Hãy nêu rõ lý do không thụ lý."))
    paper = issue_non_acceptance(
        filing=fresh, reasons=reasons, by=by, at=at, issuer=province_committee()
    )
    end_deadlines(
        filing=fresh, kinds=HANDLING, how=DeadlineChangeKind.MET, by=by, at=at,
        reason=f"Thông báo không thụ lý số {paper.number_text}",
    )  # fmt: skip
    words = "\n".join(reasons).strip()
    return _noted(
        Notice(filing=fresh, kind=NoticeKind.NOT_ACCEPTED, reason=words, paper=paper, at=at, by=by)
    )


@transaction.atomic
def discontinue_filing(
    *, filing: Filing, reason: str, by: User, at: datetime | None = None
) -> Notice:
    """The head ends the settling of what its author has taken back (đình chỉ giải quyết).

    Luật Khiếu nại, Điều 10; Luật Tố cáo, Điều 33. Raises RuleRefusedError unless it was taken up
    and then taken back, and the second time.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_decide(by, fresh))
    if not to_discontinue(fresh):
        raise RuleRefusedError(
            "not_withdrawn", "Chỉ đình chỉ một lần, đơn đã thụ lý mà công dân rút."
        )
    reason = rules.needs_text("reason", reason, _("Hãy ghi lý do đình chỉ."))
    paper = issue_discontinuance(filing=fresh, reason=reason, by=by, at=at)
    return _noted(
        Notice(filing=fresh, kind=NoticeKind.DISCONTINUED, reason=reason, paper=paper, at=at, by=by)
    )


def counter_of(by: User) -> Agency:
    """Where somebody receives citizens; the board for who receives everywhere."""
    for grant in by.grants.select_related("agency__parent").order_by("created_at"):
        if Ability.REGISTER in ABILITIES[grant.role]:
            return grant.agency
    return reception_board()


def _noted(notice: Notice) -> Notice:
    notice.save()
    detail = {
        "notice": notice.kind, "ground": notice.ground, "number": notice.paper.number_text,
    }  # fmt: skip
    record(verb="notify_citizen", on=notice.filing, by=notice.by, at=notice.at, detail=detail)
    return notice
