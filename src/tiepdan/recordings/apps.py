from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    """Recordings as evidence."""

    name = "tiepdan.recordings"
