from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Citizens' filings, up to the chairman's decision."""

    name = "tiepdan.matters"
