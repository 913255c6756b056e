"""Saying what a filing is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import follow
from tiepdan.matters import permissions, rules
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.models import (
    Classification,
    Filing,
    Matter,
)
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    FilingKind,
    FilingState,
    OnlineGround,
)


@transaction.atomic
def classify_filing(
    *,
    filing: Filing,
    kind: FilingKind,
    in_competence: bool,
    online_ground: OnlineGround | str,
    summary: str,
    by: User,
    at: datetime | None = None,
    matter: Matter | None = None,
) -> Classification:
    """Say what the filing is, by content and not by title (TT 05/2021/TT-TTCP, Điều 6).

    It joins `matter` when the affair is known already, else it opens one. A denunciation hides
    its author from every list from now on (Luật Tố cáo, Điều 9). May be repeated until disposed.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_classify(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "classify")
    classification = Classification.objects.create(
        filing=fresh,
        kind=kind,
        in_competence=in_competence,
        online_ground=online_ground,
        summary=rules.needs_text("summary", summary, _("Hãy tóm tắt nội dung vụ việc.")),
        at=at,
        by=by,
    )
    fresh.matter = matter or fresh.matter or _open_matter(fresh)
    if kind == FilingKind.DENUNCIATION:
        fresh.identity_protected = True
        fresh.search_text = rules.fold(fresh.tracking_code)
    fresh.save()
    record(
        verb="classify_filing",
        on=fresh,
        by=by,
        at=at,
        detail={"kind": kind, "in_competence": in_competence, "ground": online_ground},
    )
    return classification


def _open_matter(filing: Filing) -> Matter:
    return Matter.objects.create(code=f"VV-{filing.tracking_code}", title=filing.subject)
