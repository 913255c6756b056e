"""Which receptions an official sees, and which citizens of them."""

from django.db.models import Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import PROVINCE_WIDE
from tiepdan.desk.guards import agencies_of, works_for_the_province
from tiepdan.matters.protected import Kept, may_open
from tiepdan.scheduling.models import Reception
from tiepdan.scheduling.queries import AgendaRow, agenda, receptions
from tiepdan.scheduling.states import SiteRole


def receptions_for(user: User) -> QuerySet[Reception]:
    """Officials of the province see every reception, others those they take part in."""
    found = receptions()
    agencies = agencies_of(user)
    if any(agency.kind in PROVINCE_WIDE for agency in agencies):
        return found
    own = [agency.pk for agency in agencies]
    added = Q(sitting__participants__user=user, sitting__participants__ended_at__isnull=True)
    return found.filter(
        Q(bookings__site__agency__in=own) | Q(invitations__agency__in=own) | added
    ).distinct()


def agenda_for(user: User, reception: Reception) -> list[AgendaRow]:
    """The turns of a reception that the official may know.

    Case workers and invited bodies see every turn, a commune those at its own site. A protected
    one stands in the list of those only who may know it, and of the branch that receives.
    """
    rows = [row for row in agenda(reception) if _may_know(user, reception, row)]
    own = {agency.pk for agency in agencies_of(user)}
    if works_for_the_province(user) or reception.invitations.filter(agency__in=own).exists():
        return rows
    sites = set(reception.bookings.filter(site__agency__in=own).values_list("pk", flat=True))
    return [row for row in rows if row.appointment.booking_id in sites]


def _may_know(user: User, reception: Reception, row: AgendaRow) -> bool:
    if not row.appointment.filing.identity_protected or may_open(user, Kept.AGENDA):
        return True
    booking = row.appointment.booking
    # At the hub sits the province's whole office: who handles the turn there is told by the table.
    receives = booking.role != SiteRole.HUB and (
        booking.site.agency_id in {own.pk for own in agencies_of(user)}
    )
    return receives or reception.secretary_id == user.pk
