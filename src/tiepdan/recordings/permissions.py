"""Who may do what with recordings."""

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can
from tiepdan.recordings.models import Recording


def can_watch(user: User, recording: Recording) -> bool:
    """Whether the user may ask to see it."""
    return can(user, Ability.WATCH_RECORDING, recording.room.sitting.reception.agency)
