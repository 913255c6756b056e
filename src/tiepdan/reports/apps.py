from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures by period."""

    name = "tiepdan.reports"
