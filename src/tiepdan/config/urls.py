"""Every address of the product."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path


def healthy(request: HttpRequest) -> HttpResponse:
    """Answer the supervisor: the web process is up."""
    return HttpResponse("khỏe", content_type="text/plain; charset=utf-8")


urlpatterns: list[URLPattern | URLResolver] = [
    path("khoe/", healthy),
]
