from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tiepdan.notices"
