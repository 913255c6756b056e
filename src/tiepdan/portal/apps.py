from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The pages citizens read."""

    name = "tiepdan.portal"
