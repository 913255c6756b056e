from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Messages to people: empty for now."""

    name = "tiepdan.notices"
