"""Several filings of one affair, and one filing of several affairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.codes import new_code
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.classifying import Findings, classify_filing
from tiepdan.matters.actions.deadlines import after_outcome, start_deadline
from tiepdan.matters.actions.shared import allow, locked, open_matter
from tiepdan.matters.check_digits import check_digits_of, digest
from tiepdan.matters.models import (
    Comparison,
    Consent,
    Disposition,
    Filing,
    Petitioner,
)
from tiepdan.matters.queries import facts_of, latest_classification, latest_consent
from tiepdan.matters.search_index import index_filing
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    Competence,
    DeadlineKind,
    FilingKind,
    FilingState,
    Outcome,
    Sameness,
)
from tiepdan.org import rulebook
from tiepdan.org.queries import reception_board

FEWEST_PARTS = 2


@dataclass(frozen=True)
class Part:
    """One of the contents of a mixed filing, to become a filing of its own."""

    kind: FilingKind
    subject: str
    content: str


@transaction.atomic
def compare_filings(
    *,
    filing: Filing,
    other: Filing,
    verdict: Sameness,
    by: User,
    score: float = 0,
    at: datetime | None = None,
) -> Comparison:
    """An official's word on two filings: one affair (vụ việc) or two.

    The same: the filing joins the other's matter. Different: it is not offered again, and leaves
    the matter if they share one. A later word counts more; the earlier stays. Raises
    RuleRefusedError for a filing compared with itself, or a denunciation with what is none.
    """
    at = at or clock.now()
    rows = {one.pk: one for one in map(locked, sorted((filing, other), key=lambda one: one.pk))}
    fresh, with_it = rows[filing.pk], rows[other.pk]  # locked in one order: nobody waits in a ring
    allow(permissions.can_classify(by, fresh) and permissions.can_see(by, with_it))
    if fresh.pk == with_it.pk:
        raise RuleRefusedError("itself", "Không so một đơn với chính nó.")
    if fresh.identity_protected != with_it.identity_protected:
        raise RuleRefusedError("protected", "Đơn tố cáo chỉ nhập với đơn tố cáo.", "Luật Tố cáo")
    if verdict == Sameness.SAME:
        fresh.matter = with_it.matter = with_it.matter or fresh.matter or open_matter(with_it)
    elif fresh.matter_id and fresh.matter_id == with_it.matter_id:
        fresh.matter = open_matter(fresh)
    for one in (fresh, with_it):
        one.save(update_fields=["matter"])
        index_filing(one)
    row = Comparison.objects.create(
        filing=fresh, other=with_it, verdict=verdict, score=score, at=at, by=by
    )
    record(
        verb="compare_filings",
        on=fresh,
        by=by,
        at=at,
        detail={"other": with_it.tracking_code, "verdict": verdict, "score": round(score, 2)},
    )
    return row


@transaction.atomic
def split_filing(
    *, filing: Filing, parts: Sequence[Part], by: User, at: datetime | None = None
) -> list[Filing]:
    """Make each content of a mixed filing a filing of its own (tách đơn).

    TT 05/2021/TT-TTCP, Điều 6 khoản 1 điểm d. The parts have the same citizen, day and consent,
    codes of their own with the same check digits, and are classified at once; the mixed one is
    done with. Its papers stay with it and are listed with each part. A denunciation is no part: its
    author would stand beside it in the others. Raises RuleRefusedError, NotValidError.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_dispose(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "dispose")
    refusal = rules.why_not(Outcome.SPLIT, facts_of(fresh))
    if refusal:
        raise refusal
    if any(part.kind == FilingKind.DENUNCIATION for part in parts):
        raise rules.NotValidError(
            "parts",
            _(
                "Đơn có phần tố cáo thì không tách: hãy phân loại là tố cáo rồi niêm phong; các "
                "phần khác hướng dẫn công dân viết đơn riêng."
            ),
            "Luật Tố cáo 25/2018/QH14, Điều 56",
        )
    if len(parts) < FEWEST_PARTS or any(part.kind == FilingKind.MIXED for part in parts):
        raise rules.NotValidError("parts", _("Hãy tách thành ít nhất hai đơn, mỗi đơn một loại."))
    made = [_part_of(fresh, part, by, at) for part in parts]
    codes = ", ".join(one.tracking_code for one in made)
    Disposition.objects.create(
        filing=fresh, outcome=Outcome.SPLIT, reason=f"Tách thành: {codes}", at=at, by=by
    )
    after_outcome(filing=fresh, outcome=Outcome.SPLIT, agency=None, by=by, at=at)
    fresh.save(update_fields=["state"])
    record(verb="split_filing", on=fresh, by=by, at=at, detail={"parts": codes})
    return made


def _part_of(whole: Filing, part: Part, by: User, at: datetime) -> Filing:
    whole_person = whole.petitioner
    copied = {
        field.attname: getattr(whole_person, field.attname)
        for field in Petitioner._meta.concrete_fields  # noqa: SLF001 - Django's documented way
        if field.name not in {"id", "created_at"}
    }
    person = Petitioner.objects.create(**copied)
    code = new_code(rulebook.text("tracking_prefix", clock.day_of(whole.received_at)))
    filing = Filing.objects.create(
        tracking_code=code,
        check_digest=digest(code, _digits_of(whole)),
        channel=whole.channel,
        petitioner=person,
        headcount=whole.headcount,
        identity_protected=whole.identity_protected,
        needs=whole.needs,
        language=whole.language,
        subject=rules.needs_text("parts", part.subject, _("Hãy nêu vắn tắt từng nội dung.")),
        content=rules.needs_text("parts", part.content, _("Hãy ghi nội dung của từng đơn.")),
        received_at=whole.received_at,
        received_by=whole.received_by,
        received_at_agency=whole.received_at_agency,
        receipt=whole.receipt,
        split_from=whole,
    )
    index_filing(filing)
    consent = latest_consent(whole)
    if consent:
        Consent.objects.create(
            filing=filing, given=consent.given, manner=consent.manner, at=consent.at,
            recorded_by=consent.recorded_by,
        )  # fmt: skip
    start_deadline(
        filing=filing, kind=DeadlineKind.REPLY, responsible=reception_board(), at=whole.received_at
    )
    record(verb="register_filing", on=filing, by=by, at=at, detail={"tracking_code": code})
    before = latest_classification(whole)
    classify_filing(
        filing=filing, kind=part.kind, online_ground=before.online_ground,
        summary=part.subject, by=by, at=at,
        findings=Findings(Competence(before.competence), competent_body=before.competent_body),
    )  # fmt: skip
    return filing


def _digits_of(whole: Filing) -> str:
    """The receipt's digits open the parts too: the citizen has one paper."""
    return check_digits_of(whole.submission_key) if whole.submission_key else ""
