"""Recordings for administrators: to look at, not to change."""

from django.contrib import admin
from django.http import HttpRequest

from tiepdan.recordings.models import Recording, Viewing


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that only actions write."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        """Nobody changes them."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        """Nobody deletes them."""
        return False


@admin.register(Recording)
class RecordingAdmin(_ReadOnly):
    """What was recorded and where it stands."""

    list_display = ["room", "state", "started_at", "ended_at", "size", "sealed_at"]
    list_filter = ["state"]


@admin.register(Viewing)
class ViewingAdmin(_ReadOnly):
    """Who saw what for which purpose."""

    list_display = ["recording", "by", "purpose", "at"]
