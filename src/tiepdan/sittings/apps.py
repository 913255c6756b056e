from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """The live sitting."""

    name = "tiepdan.sittings"
