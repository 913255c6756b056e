from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official documents: numbers, layout, files."""

    name = "tiepdan.documents"
