"""Filings for administrators: to look at, not to change, and without the citizens' details."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tiepdan.matters.models import Filing, Matter


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that only actions write."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody changes them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody deletes them."""
        return False


@admin.register(Filing)
class FilingAdmin(_ReadOnly):
    """Where each filing stands."""

    list_display = ["tracking_code", "state", "channel", "received_at", "received_at_agency"]
    list_filter = ["state", "channel"]
    list_select_related = ["received_at_agency"]
    search_fields = ["tracking_code"]
    fields = ["tracking_code", "state", "received_at", "subject", "headcount", "matter"]


@admin.register(Matter)
class MatterAdmin(_ReadOnly):
    """Affairs and their codes."""

    list_display = ["code", "title"]
    search_fields = ["code", "title"]
