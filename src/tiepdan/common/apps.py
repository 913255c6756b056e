from django.apps import AppConfig
from django.utils.translation import gettext

from tiepdan.common.transitions import translate_with


class CommonConfig(AppConfig):
    """What every app stands on."""

    name = "tiepdan.common"

    def ready(self) -> None:
        """Refusals are said in the language of the request."""
        translate_with(gettext)
