"""Agencies, sites and the calendar for administrators."""

from django.contrib import admin

from tiepdan.org.models import AdministrativeUnit, Agency, DayOff, FormerUnit, VideoSite


@admin.register(AdministrativeUnit)
class AdministrativeUnitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Communes with their validity."""

    list_display = ["code", "full_name", "valid_from", "valid_to"]
    search_fields = ["code", "name"]


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Bodies, by kind."""

    list_display = ["name", "kind", "symbol", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]


@admin.register(VideoSite)
class VideoSiteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rooms with cameras."""

    list_display = ["name", "code", "agency", "down_kbps", "up_kbps"]
    list_select_related = ["agency"]
    search_fields = ["name", "code"]


@admin.register(DayOff)
class DayOffAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The calendar: the one place where holidays are corrected by hand."""

    list_display = ["day", "works", "name", "source"]
    list_filter = ["works"]
    date_hierarchy = "day"


@admin.register(FormerUnit)
class FormerUnitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Communes before the reorganisation and where they went."""

    list_display = ["name", "district", "province", "unit", "changed_on", "source"]
    list_select_related = ["unit"]
    search_fields = ["name", "district"]
