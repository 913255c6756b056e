"""What is known of a site's machine."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tiepdan.common import clock
from tiepdan.sittings.check_rules import Score
from tiepdan.sittings.models import DeviceCheck, Seat, Sitting
from tiepdan.sittings.queries.rooms import seats
from tiepdan.sittings.queries.signs import Sign

CHECK_LASTS = timedelta(minutes=2)
"""A private room that nobody finished ends by itself after this."""


def open_checks() -> set[str]:
    """Names of the private rooms that are wanted now."""
    rows = DeviceCheck.objects.filter(ended_at=None, opened_at__gt=clock.real_now() - CHECK_LASTS)
    return set(rows.values_list("room_name", flat=True))


def check_in(room_name: str) -> DeviceCheck | None:
    """The try that goes on in this private room."""
    rows = DeviceCheck.objects.select_related("seat__booking__site__agency", "seat__sitting")
    return rows.filter(room_name=room_name).first() if room_name in open_checks() else None


def last_check(seat: Seat) -> DeviceCheck | None:
    """The site's newest finished try."""
    return seat.checks.exclude(score="").first()


def last_checks(sitting: Sitting) -> dict[str, DeviceCheck]:
    """The newest finished try of each site that has one, by the seat's code."""
    rows = DeviceCheck.objects.filter(seat__sitting=sitting).exclude(score="")
    return {row.seat.code: row for row in rows.select_related("seat").order_by("opened_at")}


def machines(sitting: Sitting) -> list[tuple[str, Sign]]:
    """Each site's name and how its machine did, hub first."""
    checks = last_checks(sitting)
    return [(seat.name, check_sign(checks.get(seat.code))) for seat in seats(sitting)]


def check_sign(check: DeviceCheck | None) -> Sign:
    """How the machine did, in words (máy tốt, dùng được, không đạt, chưa kiểm tra)."""
    if check is None:
        return Sign("muted", "circle-dashed", _("Chưa kiểm tra máy"))
    return {
        Score.GOOD: Sign("ok", "circle-check", _("Máy tốt")),
        Score.USABLE: Sign("warn", "triangle-alert", _("Máy dùng được, có hạn chế")),
        Score.BAD: Sign("danger", "octagon-alert", _("Máy không đạt")),
    }[Score(check.score)]
