from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, and what they may do."""

    name = "tiepdan.accounts"
