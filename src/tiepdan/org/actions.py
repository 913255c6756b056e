"""The only writers of the calendar, of rule settings and of the table of former communes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from importlib.metadata import version

import holidays
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.org import rulebook
from tiepdan.org.addresses import place_key
from tiepdan.org.models import AdministrativeUnit, DayOff, FormerUnit, RuleSetting, VideoSite

LIBRARY = f"đề xuất của thư viện holidays {version('holidays')}, cần đối chiếu văn bản hằng năm"
LETTER_OF_2026 = "Công văn 12729/VPCP-KGVX về hoán đổi ngày nghỉ Tết Dương lịch 2026"

# Days the Government swapped that the library does not know (yet).
SWAPPED: Mapping[date, DayOff] = {
    day.day: day
    for day in [
        DayOff(day=date(2026, 1, 2), works=False, name="Nghỉ hoán đổi", source=LETTER_OF_2026),
        DayOff(day=date(2026, 1, 10), works=True, name="Làm bù", source=LETTER_OF_2026),
    ]
}

CULTURE_DAY = (11, 24)
REPORTED = "tin báo chí: ngày nghỉ có lương từ năm 2026; chưa đọc được văn bản"


@transaction.atomic
def propose_holidays(
    year: int, by: AbstractBaseUser | None, at: datetime | None = None
) -> list[DayOff]:
    """Write the year's holidays and made-up Saturdays into the editable table; the new rows.

    A day that stands there already is left as it is: what somebody has edited wins, and a second
    call adds nothing. Each row names its source; the yearly decision of the Government has to be
    compared by hand (Bộ luật Lao động 2019, Điều 112).
    """
    known = set(DayOff.objects.filter(day__year=year).values_list("day", flat=True))
    new = [day for day in _proposed(year) if day.day not in known]
    DayOff.objects.bulk_create(new)
    if new:
        record(
            verb="propose_holidays",
            on=new[0],
            by=by,
            at=at or clock.now(),
            detail={"year": year, "days": [day.day.isoformat() for day in new]},
        )
    return new


@transaction.atomic
def declare_line(
    *, site: VideoSite, up_kbps: int, down_kbps: int, by: AbstractBaseUser,
    at: datetime | None = None,
) -> VideoSite:  # fmt: skip
    """Declare what a site's line takes (đường truyền của điểm cầu), in kbit/s."""
    site.up_kbps, site.down_kbps = up_kbps, down_kbps
    site.save(update_fields=["up_kbps", "down_kbps"])
    record(
        verb="declare_line",
        on=site,
        by=by,
        at=at or clock.now(),
        detail={"site": site.code, "up_kbps": up_kbps, "down_kbps": down_kbps},
    )
    return site


@transaction.atomic
def set_day_off(
    *,
    day: date,
    works: bool,
    name: str,
    source: str,
    by: AbstractBaseUser,
    at: datetime | None = None,
) -> DayOff:
    """Enter a day off or a made-up day, or correct the one that stands there.

    `source` names the decision it rests on (Bộ luật Lao động 2019, Điều 112).
    """
    entered, new = DayOff.objects.update_or_create(
        day=day, defaults={"works": works, "name": name, "source": source, "uncertain": False}
    )
    record(
        verb="set_day_off",
        on=entered,
        by=by,
        at=at or clock.now(),
        detail={
            "day": day.isoformat(), "works": works, "name": name, "source": source, "new": new,
        },
    )  # fmt: skip
    return entered


@transaction.atomic
def remove_day_off(*, day_off: DayOff, by: AbstractBaseUser, at: datetime | None = None) -> None:
    """Take a day out of the table: it is again what the plain week makes it."""
    record(
        verb="remove_day_off",
        on=day_off,
        by=by,
        at=at or clock.now(),
        detail={"day": day_off.day.isoformat(), "works": day_off.works, "name": day_off.name},
    )
    day_off.delete()


@transaction.atomic
def set_rule(
    *,
    key: str,
    value: rulebook.RulebookValue,
    valid_from: date,
    reason: str,
    by: AbstractBaseUser,
    at: datetime | None = None,
) -> RuleSetting:
    """Choose what the law leaves open, or what we are not sure of, from a day on.

    What was done under the old value stays, so the day is not before today. Raises
    RuleRefusedError for a rule the law fixes, a value it cannot have, a day gone by, no reason;
    rulebook.MissingRuleError for an unknown key.
    """
    at = at or clock.now()
    if valid_from < clock.day_of(at):
        raise RuleRefusedError("valid_from", "Chỉ đổi từ hôm nay trở đi.")
    found = rulebook.rule(key, valid_from)
    if not found.is_setting:
        raise RuleRefusedError(
            "statutory", "Quy định này do văn bản ấn định, không đổi ở đây.", found.article
        )
    if not found.admits(value):
        raise RuleRefusedError("value", "Giá trị này không hợp lệ cho quy định này.")
    _check_hours(key, value, valid_from)
    if not reason.strip():
        raise RuleRefusedError("reason", "Hãy ghi lý do và căn cứ.")
    setting = RuleSetting.objects.create(
        key=key, value=value, valid_from=valid_from, reason=reason.strip(), at=at, by_id=by.pk
    )
    rulebook.forget()
    transaction.on_commit(rulebook.forget)
    record(
        verb="set_rule",
        on=setting,
        by=by,
        at=at,
        detail={"key": key, "value": value, "valid_from": valid_from.isoformat()},
    )
    return setting


@transaction.atomic
def load_former_units(rows: Iterable[Mapping[str, str]], *, replace: bool = False) -> int:
    """Write where former communes went (bảng đối chiếu đơn vị hành chính); how many rows are new.

    Each row has `province`, `district`, `name`, `unit` (today's code), `changed_on` and `source`,
    the resolution it rests on; rows that stand there already stay. `replace` takes away what the
    table holds of these provinces and the rows do not. Raises AdministrativeUnit.DoesNotExist
    for a code that is not in the table of units, ValueError for a day that is none.
    """
    rows, units = list(rows), AdministrativeUnit.objects.in_bulk(field_name="code")
    if replace:
        FormerUnit.objects.filter(province__in={row["province"] for row in rows}).delete()
    known = set(FormerUnit.objects.values_list("province", "district", "name", "unit__code"))
    new: dict[tuple[str, ...], FormerUnit] = {}
    for row in rows:
        place = (row["province"], row["district"], row["name"])
        if row["unit"] not in units:
            raise AdministrativeUnit.DoesNotExist(row["unit"])
        if (*place, row["unit"]) not in known:
            new[(*place, row["unit"])] = FormerUnit(
                province=row["province"],
                district=row["district"],
                name=row["name"],
                key=place_key(*place),
                unit=units[row["unit"]],
                changed_on=date.fromisoformat(row["changed_on"]),
                source=row["source"],
            )
    made = FormerUnit.objects.bulk_create(new.values())
    if made:
        record(
            verb="load_former_units",
            on=made[0],
            by=None,
            at=clock.now(),
            detail={"rows": len(made)},
        )
    return len(made)


def _check_hours(key: str, value: rulebook.RulebookValue, on: date) -> None:
    """A reception begins before it ends."""
    hours = {name: rulebook.text(name, on) for name in ("online_from", "online_until")}
    if key in hours:
        hours[key] = str(value)
        if hours["online_from"] >= hours["online_until"]:
            raise RuleRefusedError("value", "Giờ bắt đầu phải trước giờ kết thúc.")


def _proposed(year: int) -> list[DayOff]:
    """Every day of the year that differs from the plain week, in order."""
    table = holidays.country_holidays("VN", years=year, language="vi")
    days = {
        day: DayOff(day=day, works=False, name=name, source=LIBRARY) for day, name in table.items()
    }
    for day, row in days.items():
        if (day.month, day.day) == CULTURE_DAY:
            row.source, row.uncertain = REPORTED, True
    for day in table.weekend_workdays:
        days[day] = DayOff(day=day, works=True, name="Làm bù", source=LIBRARY)
    for day, swap in SWAPPED.items():
        days[day] = DayOff(day=day, works=swap.works, name=swap.name, source=swap.source)
    return [days[day] for day in sorted(days) if day.year == year]
