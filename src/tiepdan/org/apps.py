from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Agencies, sites, calendar, rules."""

    name = "tiepdan.org"
