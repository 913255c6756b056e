"""What the reception's page says of the lines, before the sitting."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiepdan.common import clock
from tiepdan.org import rulebook
from tiepdan.scheduling.line_budget import Budget, Layout, Line, budget
from tiepdan.scheduling.models import Reception
from tiepdan.scheduling.states import SiteRole

LAYOUTS: dict[Layout, str | Promise] = {
    Layout.ALL_LARGE: gettext_lazy("mọi điểm cầu hình lớn"),
    Layout.HUB_LARGE: gettext_lazy("trung tâm hình lớn, các điểm cầu hình vừa"),
    Layout.RECEPTION: gettext_lazy("trung tâm hình lớn, người đang nói hình vừa, còn lại hình nhỏ"),
    Layout.TIGHT: gettext_lazy("trung tâm hình lớn, chỉ thêm người đang nói hình nhỏ"),
    Layout.SPEECH: gettext_lazy("chỉ tiếng và một hình nhỏ"),
}


@dataclass(frozen=True, slots=True)
class LineNote:
    """One sentence, with its colour and icon."""

    kind: str
    icon: str
    words: str


def line_note(reception: Reception) -> LineNote | None:
    """Whether the sites fit into the declared lines; None for a reception without remote sites."""
    bookings = list(reception.bookings.all())
    lines = {
        row.site.name: Line(row.site.up_kbps, row.site.down_kbps)
        for row in bookings
        if row.role != SiteRole.HUB
    }
    hub = next((row.site for row in bookings if row.role == SiteRole.HUB), None)
    if hub is None or not lines:
        return None
    day = clock.day_of(reception.starts_at)
    found = budget(
        Line(hub.up_kbps, hub.down_kbps),
        lines,
        on=day,
        engine_at_hub=rulebook.flag("engine_at_hub", day),
    )
    return _note(found, len(lines), hub.name)


def _note(found: Budget, sites: int, hub: str) -> LineNote:
    if found.layout == Layout.ALL_LARGE:
        words = _("%(sites)d điểm cầu vừa đường truyền đã khai: %(layout)s.")
        told = {"sites": sites, "layout": LAYOUTS[found.layout]}
        return LineNote("ok", "circle-check", words % told)
    told = {
        "sites": sites,
        "needed": number_format(found.needed / 1000, 1),
        "place": found.narrowest or hub,
        "has": number_format(found.has / 1000, 1),
    }
    reason = _(
        "%(sites)d điểm cầu hình lớn cần %(needed)s Mbit/s, đường truyền của %(place)s chỉ dùng "
        "được %(has)s Mbit/s"
    )
    if found.layout is None:
        words = reason % told + ". " + _("Ngay cả tiếng cũng không đủ: phải đổi đường truyền.")
        return LineNote("danger", "octagon-alert", words)
    used = _("sẽ dùng bố cục «%(layout)s»") % {"layout": LAYOUTS[found.layout]}
    return LineNote("info", "info", f"{reason % told}: {used}.")
