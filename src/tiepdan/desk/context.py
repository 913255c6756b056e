"""What the frame of every desk page shows: where one can go, who one is."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability
from tiepdan.desk.guards import agencies_of, joins, may

MOST_ENTRIES = 7


@dataclass(frozen=True)
class Door:
    """One entry of the rail: who sees it (nobody named: every official), where it leads."""

    label: str
    page: str
    icon: str
    abilities: tuple[Ability, ...] = ()


DOORS = [
    Door(gettext_noop("Việc hôm nay"), "today", "house"),
    Door(gettext_noop("Duyệt danh sách"), "decisions", "stamp", (Ability.DECIDE,)),
    Door(
        gettext_noop("Đơn và vụ việc"),
        "filings",
        "inbox",
        (Ability.REGISTER, Ability.CLASSIFY, Ability.PROPOSE),
    ),
    Door(gettext_noop("Lịch tiếp"), "receptions", "calendar"),
    Door(
        gettext_noop("Phòng họp"),
        "rooms",
        "video",
        (Ability.CONDUCT, Ability.WRITE_MINUTES, Ability.TAKE_SEAT, Ability.OPERATE),
    ),
    Door(
        gettext_noop("Theo dõi kết luận"),
        "assignments",
        "list-checks",
        (Ability.DRAFT_NOTICE, Ability.APPROVE_NOTICE, Ability.ISSUE, Ability.ANSWER_TASK),
    ),
    Door(gettext_noop("Bản ghi hình"), "recordings", "circle-play", (Ability.WATCH_RECORDING,)),
    Door(gettext_noop("Báo cáo"), "reports", "chart-column", (Ability.SEE_REPORT,)),
    Door(gettext_noop("Điểm cầu"), "sites", "map-pin"),
    Door(gettext_noop("Mẫu văn bản"), "templates", "file-text", (Ability.EDIT_TEMPLATE,)),
]


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor of desk and room pages: `rail`, `agency`, `person`, `rehearsal`."""
    shown: dict[str, object] = {"rehearsal": settings.REHEARSAL}
    match = request.resolver_match
    if match is None or match.namespace not in {"desk", "room"}:
        return shown
    user = request.user
    if isinstance(user, User):
        agencies = agencies_of(user)
        shown |= {
            "rail": _rail(user, match.view_name),
            "agency": agencies[0].name if agencies else "",
            "person": str(user),
        }
        if may(user, Ability.SEE_FILINGS):
            shown["search_url"] = reverse("desk:search")
    return shown


def _rail(user: User, view_name: str) -> list[dict[str, object]]:
    """The doors open to the user, the one they stand in marked; at most seven.

    Whoever was added to a sitting finds the rooms here, unless their desk is full already: then
    the day's banner leads there.
    """
    page = view_name.removeprefix("desk:")
    here = FAMILIES.get(page.split("_", maxsplit=1)[0], page)
    return [
        {
            "label": gettext(door.label),
            "url": reverse(f"desk:{door.page}"),
            "icon": door.icon,
            "active": door.page == here,
        }
        for door in DOORS
        if not door.abilities
        or may(user, *door.abilities)
        or (door.page == "rooms" and not may(user, Ability.SEE_FILINGS) and joins(user))
    ][:MOST_ENTRIES]


FAMILIES = {
    "filing": "filings",
    "lead": "filings",
    "leads": "filings",
    "decide": "decisions",
    "reception": "receptions",
    "days": "receptions",
    "rule": "receptions",
    "rules": "receptions",
    "sitting": "rooms",
    "notice": "assignments",
    "assignment": "assignments",
    "recording": "recordings",
    "viewing": "recordings",
    "report": "reports",
    "template": "templates",
}
"""First word of a page's name -> the door it lies behind."""
