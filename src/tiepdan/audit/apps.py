from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log of acts."""

    name = "tiepdan.audit"
