from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """After the sitting."""

    name = "tiepdan.followup"
