"""Reading filings; lists come with everything their rows show."""

from tiepdan.matters.queries.filings import (
    approved,
    awaiting_decision,
    awaiting_the_board,
    filings,
    filings_for,
    find_by_code,
    form_of,
    has_consent,
    latest_classification,
    latest_consent,
    papers_of,
    representatives_allowed,
)
from tiepdan.matters.queries.handling import facts_of, handled_before
from tiepdan.matters.queries.leads import leads_for, waiting_leads
from tiepdan.matters.queries.limits import (
    HANDLING,
    SETTLING,
    awaiting_acceptance,
    running_limits,
    shelved_long_enough,
    to_discontinue,
)
from tiepdan.matters.queries.people import (
    Alike,
    acts_for,
    alike,
    authors_among,
    describe,
    filings_of,
    people_for,
    search_people,
)
from tiepdan.matters.queries.search import (
    Hits,
    exact_first,
    in_this_order,
    newest_hits,
    wanted_in,
)
from tiepdan.matters.queries.similar import Candidate, candidates
from tiepdan.matters.queries.stages import Stage, reply_due, reply_stands_still, stage_of

__all__ = [
    "HANDLING",
    "SETTLING",
    "Alike",
    "Candidate",
    "Hits",
    "Stage",
    "acts_for",
    "alike",
    "approved",
    "authors_among",
    "awaiting_acceptance",
    "awaiting_decision",
    "awaiting_the_board",
    "candidates",
    "describe",
    "exact_first",
    "facts_of",
    "filings",
    "filings_for",
    "filings_of",
    "find_by_code",
    "form_of",
    "handled_before",
    "has_consent",
    "in_this_order",
    "latest_classification",
    "latest_consent",
    "leads_for",
    "newest_hits",
    "papers_of",
    "people_for",
    "reply_due",
    "reply_stands_still",
    "representatives_allowed",
    "running_limits",
    "search_people",
    "shelved_long_enough",
    "stage_of",
    "to_discontinue",
    "waiting_leads",
    "wanted_in",
]
