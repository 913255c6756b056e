"""Reading recordings."""

from pathlib import Path

from django.db.models import Q, QuerySet

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can
from tiepdan.matters.protected import Kept, closed_to
from tiepdan.recordings import folders, vault
from tiepdan.recordings.models import Recording
from tiepdan.recordings.states import RecordingState
from tiepdan.sittings.models import MediaRoom, Sitting
from tiepdan.sittings.states import RoomPart

UNRECORDED_PROVIDERS = ["stub"]
"""Providers without media: a rehearsal on them has nothing to record."""


def recordings_for(user: User) -> QuerySet[Recording]:
    """Recordings that the user may ask to see, newest first; with what lists show."""
    found = Recording.objects.select_related(
        "room__visit__appointment__filing", "room__sitting__reception__agency"
    ).order_by("-started_at")
    if not can(user, Ability.WATCH_RECORDING):
        return found.none()
    found = found.exclude(closed_to(user, Kept.FILM, filing="room__visit__appointment__filing"))
    agencies = [grant.agency for grant in user.grants.select_related("agency")]
    mine = [agency for agency in agencies if can(user, Ability.WATCH_RECORDING, agency)]
    if any(agency.is_province_wide for agency in mine):
        return found
    return found.filter(room__sitting__reception__agency__in=mine)


def recordings_of(sitting: Sitting) -> QuerySet[Recording]:
    """The recordings of a sitting in the order of its rooms."""
    return Recording.objects.filter(room__sitting=sitting).select_related("room__visit")


def rooms_to_keep() -> QuerySet[MediaRoom]:
    """Rooms whose recording is the custodian's business: open ones, and any still running."""
    return (
        MediaRoom.objects.filter(
            Q(closed_at__isnull=True) | Q(recording__state=RecordingState.RUNNING)
        )
        .exclude(sitting__provider__in=UNRECORDED_PROVIDERS)
        .exclude(part=RoomPart.PRIVATE)
        .select_related("sitting", "recording", "visit")
    )


def recording_of(room_name: str) -> Recording | None:
    """The recording of the room with that name."""
    found = Recording.objects.filter(room__name=room_name)
    return found.select_related("room__sitting").first()


def to_seal() -> QuerySet[Recording]:
    """Stored recordings that are not sealed yet."""
    return Recording.objects.filter(state=RecordingState.STORED)


def protected_in_the_open() -> list[Recording]:
    """Sealed recordings of protected turns of which something is not encrypted (yet)."""
    found = Recording.objects.filter(
        state=RecordingState.SEALED, room__visit__appointment__filing__identity_protected=True
    )
    return [one for one in found if vault.in_the_open(one)]


def playable_path(recording: Recording) -> Path | None:
    """Where the playable file lies; None when there is none."""
    return folders.path_of(recording.playable) if recording.playable else None


def protected_url(recording: Recording) -> str:
    """What nginx serves to whoever may watch (X-Accel-Redirect); empty when there is nothing."""
    return f"/protected/recordings/{recording.playable}" if recording.playable else ""
