"""What is kept of a filing whose author is protected, and who may open it: one table.

Luật Tố cáo 25/2018/QH14, Điều 8, 9 and 56: those who handle it and nobody else, named by their
duty. Pages and queries ask here; docs/explanation/denunciations.md shows the table.
"""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, can


class Kept(StrEnum):
    """A kind of file or list in which something of it stands."""

    RECEIPT = "receipt"
    ATTACHMENT = "attachment"
    LETTER = "letter"
    SLIP = "slip"
    AGENDA = "agenda"
    MINUTES = "minutes"
    RESULT = "result"
    TASK = "task"
    FILM = "film"


_HANDLES = frozenset({Ability.SEE_PROTECTED})
READERS: dict[Kept, frozenset[Ability]] = dict.fromkeys(Kept, _HANDLES) | {
    Kept.RESULT: _HANDLES | {Ability.ISSUE},
}
"""Any of the abilities is enough. The registrar numbers and issues the result notice, in which the
author has a number instead of a name; a film also asks for `watch_recording`."""

SECRETARYS = frozenset({Kept.AGENDA, Kept.MINUTES, Kept.RESULT})
"""What the secretary of that very sitting opens too: whoever wrote it down. A body that was given
a task opens that task and its notice."""


def may_open(user: User | AnonymousUser, kept: Kept) -> bool:
    """Whether the user's own duties open this kind for every protected filing."""
    return any(can(user, ability) for ability in READERS[kept])


def closed_to(user: User, kept: Kept, *, filing: str, reception: str = "") -> Q:
    """The rows that stay closed to the user, to be excluded from a query.

    `filing` and `reception`: how the query reaches them. Without `reception` the secretary's duty
    opens nothing.
    """
    if may_open(user, kept):
        return Q(pk__in=[])
    closed = Q(**{f"{filing}__identity_protected": True})
    if reception and kept in SECRETARYS:
        closed &= ~Q(**{f"{reception}__secretary": user})
    return closed
