"""One more person brought into a running turn by a link that works once.

Who opens it gets an account of that turn alone: no desk, no password, one role, one seat. When
the turn ends, account, seat and every token are worth nothing.
"""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import permissions, rules
from tiepdan.sittings.actions.events import CONTROL, append, locked
from tiepdan.sittings.actions.participants import end_part, new_participant
from tiepdan.sittings.models import CaseAttendance, Participant, Sitting, TurnInvite, Visit
from tiepdan.sittings.roles import INVITED, Act
from tiepdan.sittings.states import SittingRole, VisitState


@transaction.atomic
def invite_into_turn(
    *, visit: Visit, name: str, role: str, by: User, at: datetime | None = None
) -> tuple[TurnInvite, str]:
    """A link for one person into the running turn; its secret is returned once and kept nowhere.

    `name` is what others see. Raises RuleRefusedError when the turn does not run, the name is
    empty or nobody is invited with that role.
    """
    at = at or clock.now()
    sitting, visit = _locked(visit)
    permissions.require_may(by, Act.INVITE, sitting)
    _require_running(visit)
    if not name.strip():
        raise RuleRefusedError("name_missing", "Hãy ghi tên hoặc chức danh người được mời.")
    if role not in INVITED:
        raise RuleRefusedError("role_not_invited", "Không mời bằng liên kết với vai trò này.")
    secret, now = secrets.token_urlsafe(24), clock.real_now()
    made = TurnInvite.objects.create(
        visit=visit, name=name.strip()[:120], role=role, token_hash=hash_of(secret), made_by=by,
        made_at=now, expires_at=now + rules.INVITE_LASTS,
    )  # fmt: skip
    append(sitting, "invited", at=at, audience=CONTROL, role=role, number=visit.number)
    audit.record(verb="invite_into_turn", on=sitting, by=by, at=at,
                 detail={"role": role, "number": visit.number})  # fmt: skip
    return made, secret


@transaction.atomic
def accept_invite(*, secret: str, at: datetime | None = None) -> Participant:
    """Whoever has the link takes the seat it is for; a second time, or too late, it is refused."""
    at = at or clock.now()
    found = TurnInvite.objects.filter(token_hash=hash_of(secret)).first()
    if found is None:
        raise RuleRefusedError("link_unknown", "Liên kết không đúng.")
    sitting, visit = _locked(found.visit)
    found.refresh_from_db()
    if found.participant_id:
        raise RuleRefusedError("link_used", "Liên kết này đã được dùng: mỗi liên kết một lần.")
    if found.withdrawn_at or visit.state != VisitState.CALLED:
        raise RuleRefusedError("link_withdrawn", "Lời mời đã hết hiệu lực cùng lượt tiếp.")
    if found.expires_at <= clock.real_now():
        raise RuleRefusedError("link_expired", "Liên kết đã quá hạn. Hãy xin người mời gửi lại.")
    user = _guest(found)
    role = SittingRole(found.role)
    part = new_participant(sitting, user, role, found.made_by, label=found.name)
    CaseAttendance.objects.create(
        seat=part.seat, appointment=visit.appointment, named_by=found.made_by,
        named_at=clock.real_now(),
    )  # fmt: skip
    found.participant = part
    found.save(update_fields=["participant"])
    append(sitting, "invite_accepted", at=at, audience=part.seat.code, number=visit.number)
    audit.record(verb="accept_invite", on=sitting, by=user, at=at, detail={"role": found.role})
    return part


@transaction.atomic
def withdraw_invite(*, invite: TurnInvite, by: User, at: datetime | None = None) -> TurnInvite:
    """The link is worth nothing any more; who came by it is out at once."""
    at = at or clock.now()
    sitting, _ = _locked(invite.visit)
    permissions.require_may(by, Act.INVITE, sitting)
    invite.refresh_from_db()
    _end(invite, at)
    append(sitting, "invite_withdrawn", at=at, audience=CONTROL, role=invite.role)
    audit.record(verb="withdraw_invite", on=sitting, by=by, at=at, detail={"role": invite.role})
    return invite


def end_invites(visit: Visit, at: datetime) -> None:
    """The turn is over, and with it every link into it; the caller holds the lock."""
    for invite in visit.invites.filter(withdrawn_at__isnull=True):
        _end(invite, at)


def hash_of(secret: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _end(invite: TurnInvite, at: datetime) -> None:
    if invite.withdrawn_at is None:
        invite.withdrawn_at = clock.real_now()
        invite.save(update_fields=["withdrawn_at"])
    if invite.participant:
        end_part(invite.participant, at)
        User.objects.filter(pk=invite.participant.user_id).update(is_active=False)


def _guest(invite: TurnInvite) -> User:
    user = User(
        username=f"khach-{secrets.token_hex(8)}",
        full_name=invite.name,
        title=invite.get_role_display(),
        is_guest=True,
    )
    user.set_unusable_password()
    user.save()
    return user


def _locked(visit: Visit) -> tuple[Sitting, Visit]:
    sitting = locked(visit.sitting)
    visit = Visit.objects.select_related("appointment").get(pk=visit.pk)
    visit.sitting = sitting
    return sitting, visit


def _require_running(visit: Visit) -> None:
    if visit.state != VisitState.CALLED:
        raise RuleRefusedError("no_turn", "Không có lượt nào đang tiếp.")
