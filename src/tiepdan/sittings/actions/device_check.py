"""Trying a site's machine before the sitting; nobody is ever kept out for not having tried."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import check_rules, permissions
from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.models import DeviceCheck, Seat
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import SittingState

_BROWSERS = {"Firefox": r"Firefox/(\d+)", "Chromium": r"Chrome/(\d+)"}


@transaction.atomic
def open_check(
    *, seat: Seat, session_key: str, by: User, at: datetime | None = None
) -> DeviceCheck:
    """A private room for one page of the site; an unfinished try of the site before it ends.

    `at` is the machine's time. Raises RuleRefusedError once the sitting is over.
    """
    at = at or clock.real_now()
    sitting = locked(seat.sitting)
    permissions.require_may(by, Act.OPEN_SEAT, sitting, seat)
    if sitting.state == SittingState.CLOSED:
        raise RuleRefusedError("sitting_closed", "Buổi tiếp đã kết thúc.")
    seat.checks.filter(ended_at=None).update(ended_at=at)
    return DeviceCheck.objects.create(
        seat=seat, by=by, session_key=session_key, room_name=secrets.token_hex(16), opened_at=at
    )


@transaction.atomic
def finish_check(
    *,
    check: DeviceCheck,
    told: Mapping[str, object],
    user_agent: str,
    by: User,
    at: datetime | None = None,
) -> DeviceCheck:
    """Keep what the page found, with its score; the private room ends."""
    at = at or clock.now()
    sitting = locked(check.seat.sitting)
    permissions.require_may(by, Act.OPEN_SEAT, sitting, check.seat)
    browser = browser_of(user_agent)
    found = check_rules.read(told, browser)
    wrong = check_rules.faults(found)
    check.score, check.faults = check_rules.score(wrong), wrong
    check.figures, check.ended_at = found.line.as_json(), clock.real_now()
    check.browser = f"{browser[0]} {browser[1]}" if browser[1] else browser[0]
    check.save(update_fields=["score", "faults", "figures", "ended_at", "browser"])
    code = check.seat.code
    append(sitting, "device_checked", at=at, audience=code, seat=code, score=check.score)
    detail = {"seat": code, "score": check.score}
    audit.record(verb="finish_check", on=sitting, by=by, at=at, detail=detail)
    return check


def browser_of(user_agent: str) -> tuple[str, int]:
    """Name and version of the browser as it calls itself; («?», 0) for a stranger."""
    for name, pattern in _BROWSERS.items():
        if found := re.search(pattern, user_agent):
            return name, int(found.group(1))
    return "?", 0
