from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A province to try the product with."""

    name = "tiepdan.demo"
