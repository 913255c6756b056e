"""Which documents an official may read: the documents of what they work on."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.desk.guards import agencies_of, works_for_the_province
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.followup.models import Assignment, ResultNotice
from tiepdan.matters.models import Filing, Notice
from tiepdan.matters.protected import Kept, may_open
from tiepdan.matters.queries import filings_for
from tiepdan.scheduling.models import Invitation, Reception
from tiepdan.scheduling.queries import issued_papers
from tiepdan.sittings.models import Sitting, Visit


def documents_for(user: User) -> QuerySet[Document]:
    """Case workers of the province read every document; others those of their own cases.

    Papers of a denunciation only who may open that kind (`matters.protected`).

    A body reads its invitations and the notices that give it a task; everybody reads the
    published schedule. Minutes name every citizen of a day, so they are for case workers.
    """
    if works_for_the_province(user):
        found = Document.objects.all()
        for papers in _closed_to(user):
            found = found.exclude(pk__in=papers)
        return found
    own = [agency.pk for agency in agencies_of(user)]
    tasks = Assignment.objects.filter(agency__in=own)
    notices = ResultNotice.objects.filter(visit__in=tasks.values("item__conclusion__visit"))
    return Document.objects.filter(
        _of(filings_for(user))
        | Q(pk__in=Invitation.objects.filter(agency__in=own).values("document"))
        | Q(pk__in=Reception.objects.filter(notice__isnull=False).values("notice"))
        | Q(pk__in=notices.values("document"))
        | _turned_away(user)
    )


def _turned_away(user: User) -> Q:
    """Notices that the user's own counter gave to people of whom there is no filing."""
    codes = [agency.code for agency in agencies_of(user, Ability.REGISTER)]
    own = Q(kind=DocumentKind.COUNTER_REFUSAL, issuer__in=codes)
    return own & ~Q(pk__in=Notice.objects.values("paper"))


def documents_of_filing(filing: Filing) -> QuerySet[Document]:
    """Every paper about one filing, newest first."""
    return Document.objects.filter(_of(Filing.objects.filter(pk=filing.pk)))


def _of(filings: QuerySet[Filing]) -> Q:
    """The documents that belong to these filings."""
    found = Q()
    for _kept, papers in _papers(Q(), filings.values("pk")):
        found |= Q(pk__in=papers)
    return found


def _closed_to(user: User) -> Iterator[QuerySet[Any]]:
    """Keys of the papers of protected filings that this user may not open, kind by kind."""
    protected = Filing.objects.filter(identity_protected=True).values("pk")
    for kept, papers in _papers(_not_own(user), protected):
        if not may_open(user, kept):
            yield papers
    if not may_open(user, Kept.MINUTES):
        turns = Visit.objects.filter(appointment__filing__in=protected)
        held = Sitting.objects.filter(visits__in=turns, minutes__isnull=False)
        yield held.exclude(reception__secretary=user).values("minutes")


def _not_own(user: User) -> Q:
    """Result notices of turns of which this user was not the secretary."""
    return ~Q(visit__sitting__reception__secretary=user)


def _papers(results: Q, keys: QuerySet[Any]) -> list[tuple[Kept, QuerySet[Any]]]:
    """Keys of every document of these filings, by kind; `results` narrows the result notices."""
    notices = ResultNotice.objects.filter(results, visit__appointment__filing__in=keys)
    return [*issued_papers(keys), (Kept.RESULT, notices.values("document"))]
