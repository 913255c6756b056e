from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """Planned receptions."""

    name = "tiepdan.scheduling"
