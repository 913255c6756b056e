"""One box over filings, affairs and citizens, and its page."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.matters import queries
from tiepdan.matters.models import Filing, Matter

LONGEST_SEARCH = 200
"""Letters that are read of what somebody types."""
MOST_COUNTED = 200
"""Filings that are counted: counting all that match may take seconds. The list shows more."""
CANDIDATES, SHOWN, MOST_PEOPLE = 60, 20, 10
"""Filings looked at and shown; exact hits among the former come first."""


@dataclass(frozen=True)
class FoundMatter:
    """An affair and those of its filings that were found."""

    matter: Matter
    filings: list[Filing]


def typed_text(request: OfficialRequest) -> str:
    """What stands in the box."""
    return request.GET.get("q", "").strip()[:LONGEST_SEARCH]


@official(Ability.SEE_FILINGS)
@require_GET
def search(request: OfficialRequest) -> HttpResponse:
    """What was found, by kind: filings, affairs, citizens; all in the official's scope."""
    text = typed_text(request)
    hits = queries.newest_hits(text, request.user, MOST_COUNTED + 1).keys
    looked_at = queries.in_this_order(hits[:CANDIDATES], request.user)
    return render(
        request,
        "desk/search.html",
        {
            "text": text,
            "total": len(hits),
            "most": MOST_COUNTED,
            "shown": SHOWN,
            "filings": queries.exact_first(text, looked_at)[:SHOWN],
            "matters": _matters(looked_at),
            "people": queries.authors_among(looked_at, text, request.user, MOST_PEOPLE),
        },
    )


def _matters(looked_at: list[Filing]) -> list[FoundMatter]:
    """The affairs of these filings, those with most of them first."""
    found: dict[Matter, list[Filing]] = {}
    for filing in looked_at:
        if filing.matter:
            found.setdefault(filing.matter, []).append(filing)
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return [FoundMatter(matter, filings) for matter, filings in ordered[:MOST_PEOPLE]]
