"""Which documents an official may read: the documents of what they work on."""

from django.db.models import Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.desk.guards import agencies_of, may, works_for_the_province
from tiepdan.documents.models import Document
from tiepdan.followup.models import Assignment, ResultNotice
from tiepdan.matters.models import Destruction, Disposition, Filing, Notice, Urging
from tiepdan.matters.queries import filings_for
from tiepdan.scheduling.models import Appointment, Invitation, Reception


def documents_for(user: User) -> QuerySet[Document]:
    """Case workers of the province read every document; others those of their own cases.

    Papers of a denunciation only who may see it (Luật Tố cáo 25/2018/QH14, Điều 56).

    A body reads its invitations and the notices that give it a task; everybody reads the
    published schedule. Minutes name every citizen of a day, so they are for case workers.
    """
    if works_for_the_province(user):
        found = Document.objects.all()
        if may(user, Ability.SEE_PROTECTED):
            return found
        return found.exclude(_of(Filing.objects.filter(identity_protected=True)))
    own = [agency.pk for agency in agencies_of(user)]
    tasks = Assignment.objects.filter(agency__in=own)
    notices = ResultNotice.objects.filter(visit__in=tasks.values("item__conclusion__visit"))
    return Document.objects.filter(
        _of(filings_for(user))
        | Q(pk__in=Invitation.objects.filter(agency__in=own).values("document"))
        | Q(pk__in=Reception.objects.filter(notice__isnull=False).values("notice"))
        | Q(pk__in=notices.values("document"))
    )


def documents_of_filing(filing: Filing) -> QuerySet[Document]:
    """Every paper about one filing, newest first."""
    return Document.objects.filter(_of(Filing.objects.filter(pk=filing.pk)))


def _of(filings: QuerySet[Filing]) -> Q:
    """The documents that belong to these filings."""
    keys = filings.values("pk")
    receipts = Filing.objects.filter(pk__in=keys, receipt__isnull=False)
    replies = Disposition.objects.filter(filing__in=keys, reply__isnull=False)
    slips = Appointment.objects.filter(filing__in=keys, slip__isnull=False)
    results = ResultNotice.objects.filter(visit__appointment__filing__in=keys)
    told = Notice.objects.filter(filing__in=keys)
    urged = Urging.objects.filter(deadline__filing__in=keys, letter__isnull=False)
    gone = Destruction.objects.filter(disposition__filing__in=keys, decision__isnull=False)
    return (
        Q(pk__in=receipts.values("receipt"))
        | Q(pk__in=replies.values("reply"))
        | Q(pk__in=slips.values("slip"))
        | Q(pk__in=results.values("document"))
        | Q(pk__in=told.values("paper"))
        | Q(pk__in=urged.values("letter"))
        | Q(pk__in=gone.values("decision"))
    )
