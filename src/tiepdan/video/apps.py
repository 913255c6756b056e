from django.apps import AppConfig


class VideoConfig(AppConfig):
    """The port to conferencing systems."""

    name = "tiepdan.video"
