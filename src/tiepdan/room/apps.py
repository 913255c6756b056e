from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The pages of a sitting."""

    name = "tiepdan.room"
