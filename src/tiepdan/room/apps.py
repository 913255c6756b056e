from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "tiepdan.room"
