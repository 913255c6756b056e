"""Accounts and their roles for administrators."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from tiepdan.accounts.models import Grant, User


class GrantInline(admin.TabularInline):  # type: ignore[type-arg]
    """A person's roles, on the person's page."""

    model = Grant
    extra = 0
    autocomplete_fields = ["agency"]


@admin.register(User)
class OfficialAdmin(UserAdmin):  # type: ignore[type-arg]
    """Officials; abilities come from roles, never from Django's own permissions."""

    inlines = [GrantInline]
    list_display = ["username", "full_name", "title", "is_active", "is_demo"]
    list_filter = ["is_active", "is_demo", "grants__role"]
    search_fields = ["username", "full_name"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Trong văn bản"), {"fields": ["full_name", "title"]}),
        (_("Trạng thái"), {"fields": ["is_active", "is_staff", "is_superuser", "is_demo"]}),
    ]
