"""What a citizen has answered so far: encrypted, for this browser or whoever holds code and digits.

Nothing of it stands in addresses, sessions or logs; a session knows the draft's key only.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from cryptography.fernet import Fernet, InvalidToken
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tiepdan.common import clock
from tiepdan.common.codes import new_code, normalise_code
from tiepdan.matters import resumable
from tiepdan.matters.check_digits import check_digits_of, digest, matches
from tiepdan.org import rulebook
from tiepdan.portal.models import Draft
from tiepdan.portal.uploads import owner_of

_REGISTERING = "registering"


@dataclass(frozen=True)
class Answer:
    """What one page was sent; `done` when it was right."""

    data: Mapping[str, Sequence[str]]
    done: bool


@dataclass
class Answers:
    """By name of the page."""

    pages: dict[str, Answer] = field(default_factory=dict)

    def done(self, page: str) -> bool:
        """Whether the page was answered rightly."""
        return page in self.pages and self.pages[page].done


def of(request: HttpRequest) -> Draft | None:
    """The draft of this browser, if it has not been swept or sent."""
    key = request.session.get(_REGISTERING)
    return Draft.objects.filter(pk=UUID(key)).first() if key else None


def begin(request: HttpRequest) -> Draft:
    """A new draft of this browser."""
    draft = Draft.objects.create(sender=owner_of(request))
    request.session[_REGISTERING] = str(draft.pk)
    return draft


def answers(draft: Draft | None) -> Answers:
    """What was answered; nothing when it cannot be opened any more (another secret key)."""
    if draft is None or not draft.sealed:
        return Answers()
    try:
        pages = json.loads(_safe().decrypt(draft.sealed.encode()))
    except InvalidToken:
        return Answers()
    return Answers({name: Answer(page["data"], page["done"]) for name, page in pages.items()})


def keep(draft: Draft, page: str, answer: Answer) -> None:
    """Store one page's answer in the place of the one before."""
    pages = answers(draft).pages | {page: answer}
    plain = {name: {"data": dict(one.data), "done": one.done} for name, one in pages.items()}
    draft.sealed = _safe().encrypt(json.dumps(plain).encode()).decode()
    draft.changed_at = clock.real_now()
    draft.save()


def save_for_later(draft: Draft) -> tuple[str, str]:
    """The code and new check digits with which to go on from anywhere; old digits end."""
    digits = check_digits_of(uuid4())
    draft.code = draft.code or new_code("LUU")
    draft.check_digest = digest(draft.code, digits)
    draft.changed_at = clock.real_now()
    draft.save()
    return draft.code, digits


def take_up(request: HttpRequest, code: str, digits: str) -> Draft | None:
    """Go on with a saved draft in this browser; None when code and digits find none."""
    draft = Draft.objects.filter(code=normalise_code(code)).first()
    if draft is None or not matches(draft.code or "", digits, draft.check_digest):
        return None
    sender = owner_of(request)
    resumable.hand_over(draft.sender, sender)
    draft.sender = sender
    draft.save(update_fields=["sender"])
    request.session[_REGISTERING] = str(draft.pk)
    return draft


def leave(request: HttpRequest) -> None:
    """The browser, maybe somebody else's, forgets the draft; code and digits still work."""
    request.session.pop(_REGISTERING, None)


def forget(request: HttpRequest, draft: Draft) -> None:
    """The draft was sent, or the citizen does not want it any more."""
    leave(request)
    draft.delete()


def kept_for() -> timedelta:
    """How long a draft waits after its last change."""
    return timedelta(days=rulebook.number("online_draft_days", clock.today()))


def sweep() -> int:
    """Delete drafts nobody has touched for that long; how many."""
    return int(Draft.objects.filter(changed_at__lt=clock.real_now() - kept_for()).delete()[0])


def _safe() -> Fernet:
    """Encrypts with a key made from the secret key, which no backup of the database holds."""
    key = salted_hmac("tiepdan.portal.drafts", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
