from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The pages officials work with."""

    name = "tiepdan.desk"
