"""Saying what a filing is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.deadlines import after_classification
from tiepdan.matters.actions.shared import allow, locked, open_matter
from tiepdan.matters.models import (
    Classification,
    Filing,
    Matter,
)
from tiepdan.matters.search_index import index_filing
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    Competence,
    ExtraordinaryGround,
    FilingKind,
    FilingState,
    MissingCondition,
    OnlineGround,
    SettledBefore,
    SubjectField,
)


@dataclass(frozen=True)
class Findings:
    """What the board finds: whose it is, its field, what it lacks, how far it was settled.

    `competent_body` names who is competent when it is not the chairman; `extraordinary_ground`
    is one of the two of Luật Tiếp công dân, Điều 18 khoản 3.
    """

    competence: Competence
    competent_body: str = ""
    field: SubjectField | str = ""
    missing_conditions: Sequence[MissingCondition | str] = ()
    settled_before: SettledBefore | str = SettledBefore.NO
    extraordinary_ground: ExtraordinaryGround | str = ""


@transaction.atomic
def classify_filing(
    *,
    filing: Filing,
    kind: FilingKind,
    findings: Findings,
    online_ground: OnlineGround | str,
    summary: str,
    by: User,
    at: datetime | None = None,
    matter: Matter | None = None,
    seen: int | None = None,
) -> Classification:
    """Say what the filing is, by content and not by title (TT 05/2021/TT-TTCP, Điều 6).

    `seen`: how many classifications stood on the page when it was opened, so that nobody
    overrules a colleague unawares. It joins `matter` when the affair is known already, else it
    opens one. A denunciation hides its author
    from every list from now on (Luật Tố cáo, Điều 9). May be repeated until disposed. Raises
    NotValidError for findings that contradict each other.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_classify(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "classify")
    if seen is not None and seen != fresh.classifications.count():
        raise RuleRefusedError(
            "classified_meanwhile", "Người khác vừa phân loại đơn này: hãy xem lại rồi lưu."
        )
    classification = _classified(
        fresh, FilingKind(kind), findings, ground=online_ground, summary=summary, by=by, at=at
    )
    fresh.matter = matter or fresh.matter or open_matter(fresh)
    if kind == FilingKind.DENUNCIATION:
        fresh.identity_protected = True
    fresh.save()
    index_filing(fresh)
    record(
        verb="classify_filing",
        on=fresh,
        by=by,
        at=at,
        detail={"kind": kind, "competence": findings.competence, "ground": online_ground},
    )
    after_classification(
        filing=fresh, kind=FilingKind(kind), competence=findings.competence, by=by, at=at
    )
    return classification


def _classified(
    filing: Filing,
    kind: FilingKind,
    found: Findings,
    *,
    ground: str,
    summary: str,
    by: User,
    at: datetime,
) -> Classification:
    body = rules.normalise_name(found.competent_body)
    rules.check_findings(kind, found.field, found.missing_conditions, found.competence, body)
    return Classification.objects.create(
        filing=filing,
        kind=kind,
        competence=found.competence,
        competent_body=body,
        field=found.field,
        missing_conditions=[MissingCondition(one).value for one in found.missing_conditions],
        settled_before=found.settled_before,
        extraordinary_ground=found.extraordinary_ground,
        online_ground=ground,
        summary=rules.needs_text("summary", summary, _("Hãy tóm tắt nội dung vụ việc.")),
        at=at,
        by=by,
    )
