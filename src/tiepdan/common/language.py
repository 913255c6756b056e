"""The language of a page is the reader's own choice, kept in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin


class LanguageMiddleware(MiddlewareMixin):
    """Speak the chosen language, Vietnamese without a choice.

    The browser's own language is not asked: officials' machines are often English. The choice
    comes from a form that posts to `set_language`.
    """

    def process_request(self, request: HttpRequest) -> None:
        """From here on everything is said in the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Say which language it is; the next request of this thread chooses anew."""
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ("Cookie",))
        translation.deactivate()
        return response
