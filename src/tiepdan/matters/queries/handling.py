"""What stands in the way of an outcome, and what the law admits for a filing now."""

from tiepdan.matters.models import Filing
from tiepdan.matters.queries.filings import latest_classification
from tiepdan.matters.rules.outcomes import Facts
from tiepdan.matters.states import (
    Competence,
    FilingKind,
    MissingCondition,
    Outcome,
    SettledBefore,
)

ONCE = (Outcome.GUIDED, Outcome.TRANSFERRED)


def handled_before(filing: Filing) -> bool:
    """Whether another filing of the same matter was guided or transferred already.

    Same content is guided or transferred at most once (TT 05/2021/TT-TTCP); the matter joins what
    a person found to be the same.
    """
    if filing.matter_id is None:
        return False
    others = Filing.objects.filter(matter=filing.matter_id).exclude(pk=filing.pk)
    return others.filter(disposition__outcome__in=ONCE).exists()


def facts_of(filing: Filing) -> Facts:
    """The filing as its newest classification found it; raises LookupError before there is one."""
    found = latest_classification(filing)
    return Facts(
        kind=FilingKind(found.kind),
        competence=Competence(found.competence),
        missing=[MissingCondition(one) for one in found.missing_conditions],
        handled_before=handled_before(filing),
        settled_before=SettledBefore(found.settled_before or SettledBefore.NO),
    )
