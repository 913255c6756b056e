from django.apps import AppConfig


class CommonConfig(AppConfig):
    """What every app stands on."""

    name = "tiepdan.common"
