"""Every address of the product."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language


def healthy(_request: HttpRequest) -> HttpResponse:
    """Answer the supervisor: the web process is up."""
    return HttpResponse("khỏe", content_type="text/plain; charset=utf-8")


urlpatterns: list[URLPattern | URLResolver] = [
    path("khoe/", healthy),
    path("ngon-ngu/", set_language, name="set_language"),
    path("phong/", include("tiepdan.room.urls")),
    path("", include("tiepdan.desk.urls")),
    path("", include("tiepdan.portal.urls")),
]
