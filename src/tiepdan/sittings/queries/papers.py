"""Papers of a case: which may be shown in a turn, what is shown, and who may look."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from tiepdan.documents.kinds import KINDS, DocumentKind
from tiepdan.documents.models import Document
from tiepdan.documents.states import DocumentState
from tiepdan.matters.models import Attachment, Destruction, Filing
from tiepdan.matters.queries import papers_of
from tiepdan.matters.states import ScanState
from tiepdan.scheduling.queries import issued_papers
from tiepdan.sittings import permissions
from tiepdan.sittings.models import MediaRoom, Seat, ShownPaper, Sitting, SittingEvent, Visit
from tiepdan.sittings.permissions import Person
from tiepdan.sittings.queries.course import running_visit
from tiepdan.sittings.queries.rooms import open_room
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import SittingRole, VisitState

FOLDER = "shown"
"""Under DOCUMENTS_DIR: pages drawn for a turn, removed when it is over."""


INTERNAL = frozenset(
    {
        DocumentKind.ACCEPTANCE_PROPOSAL,
        DocumentKind.SHELVING,
        DocumentKind.URGING,
        DocumentKind.DESTRUCTION,
    }
)
"""Between offices: the citizen is no addressee of them."""

SECRET = frozenset(kind.code for kind in KINDS.values() if "check_digits" in kind.needs)
"""With the second factor by which a citizen follows the filing: for the citizen's eyes alone."""


def papers(visit: Visit) -> QuerySet[Attachment]:
    """What was handed in and may be shown: nothing that carries a virus."""
    filing = visit.appointment.filing
    found = papers_of(filing).exclude(scan=ScanState.INFECTED)
    return found if _is_open(filing) else found.none()


def documents(visit: Visit) -> QuerySet[Document]:
    """What was issued in the case and may be shown, oldest first: numbered, its file made."""
    filing = visit.appointment.filing
    if not _is_open(filing):
        return Document.objects.none()
    found = Q()
    for _kept, keys in issued_papers(Filing.objects.filter(pk=filing.pk).values("pk")):
        found |= Q(pk__in=keys)
    rows = Document.objects.filter(
        found, state=DocumentState.ISSUED, rendered_revision=F("revision")
    )
    return rows.exclude(kind__in=INTERNAL | SECRET).order_by("issued_at")


def _is_open(filing: Filing) -> bool:
    """Nothing of a denunciation is shown, nor of a filing whose papers had to be destroyed."""
    is_destroyed = Destruction.objects.filter(disposition__filing=filing).exists()
    return not (filing.identity_protected or is_destroyed)


def shown_paper(sitting: Sitting) -> ShownPaper | None:
    """What is on the screens of the running turn, or being made ready for them."""
    visit = running_visit(sitting)
    if visit is None:
        return None
    rows = visit.shown_papers.filter(ended_at__isnull=True)
    found = rows.select_related("attachment", "document", "seat__booking__site").first()
    if found:
        found.visit = visit
    return found


def sharing_seat(sitting: Sitting) -> UUID | None:
    """Key of the seat that may send a screen or a paper under a camera besides its own picture."""
    rows = ShownPaper.objects.filter(
        visit__sitting=sitting, ended_at__isnull=True, visit__state=VisitState.CALLED
    )
    return rows.values_list("seat", flat=True).first()


def pages_folder(shown: ShownPaper) -> Path:
    """Where the pages drawn for this turn lie."""
    return Path(settings.DOCUMENTS_DIR) / FOLDER / str(shown.visit_id) / shown.sha256


def is_sharable(room: MediaRoom) -> bool:
    """Whether seats in the room may ask to send a screen or a paper under a camera."""
    if room.visit_id is None:
        return False
    turns = Visit.objects.filter(pk=room.visit_id, state=VisitState.CALLED)
    return turns.filter(appointment__filing__identity_protected=False).exists()


def viewing_seats(sitting: Sitting) -> list[str]:
    """Codes of the seats that see what is shown: those on the roster of the turn's room."""
    room = open_room(sitting)
    if room is None or room.visit is None:
        return []
    rows = room.admissions.filter(withdrawn_at__isnull=True)
    return sorted(rows.values_list("seat__code", flat=True))


def may_see_papers(user: Person, session_key: str | None, visit: Visit) -> bool:
    """Whether somebody sees what is shown in this turn: while it runs, and in its room only.

    The same rule as at the door, and besides the clerk at the citizen's side. Who may show papers
    sees them on their own pages.
    """
    if visit.state != VisitState.CALLED:
        return False
    return may_show_papers(user, visit) or any(
        _is_theirs(user, session_key, seat) for seat in _inside(visit)
    )


def may_show_papers(user: Person, visit: Visit) -> bool:
    """Whether somebody puts papers on the screens of this turn (`roles.TABLE`).

    Who may in their own case only, may while their seat is on the roster of its room: the
    citizen's site, an agency named for the case; no other site, as the interpreter's.
    """
    sitting, act, own = visit.sitting, Act.SHOW_PAPERS, visit.appointment.booking_id
    return permissions.may(user, act, sitting) or any(
        permissions.may(user, act, sitting, seat)
        for seat in _inside(visit)
        if seat.booking_id == own or seat.role == SittingRole.AGENCY
    )


def _inside(visit: Visit) -> list[Seat]:
    """Seats on the roster of the turn's room; none when it is not open."""
    room = open_room(visit.sitting)
    if room is None or room.visit_id != visit.pk:
        return []
    rows = room.admissions.filter(withdrawn_at__isnull=True)
    return [
        row.seat
        for row in rows.select_related(
            "seat__booking__site__agency", "seat__sitting__reception__agency"
        )
    ]


def _is_theirs(user: Person, session_key: str | None, seat: Seat) -> bool:
    holds = bool(session_key) and seat.session_key == session_key and seat.holder_id == user.pk
    sitting = seat.sitting
    return (holds and permissions.may(user, Act.OPEN_SEAT, sitting, seat)) or (
        seat.site is not None and permissions.may(user, Act.SEE_SITE, sitting, seat)
    )


def pages_seen(shown: ShownPaper) -> list[tuple[int, datetime]]:
    """Each page that was on the screens, with the moment it came, from the sitting's log."""
    rows = SittingEvent.objects.filter(
        sitting=shown.visit.sitting_id,
        kind__in=("paper_shown", "paper_turned"),
        data__showing=str(shown.pk),
    )
    return [(row.data["page"], row.at) for row in rows]
