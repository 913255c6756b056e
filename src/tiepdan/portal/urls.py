"""Addresses of the citizen pages."""

from django.urls import URLPattern, URLResolver, path

from tiepdan.portal import uploads, views

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("lich-tiep/", views.calendar, name="calendar"),
    path("tra-cuu/", views.track, name="track"),
    path("tra-cuu/ket-qua/", views.track_result, name="tracked"),
    path("tra-cuu/dong/", views.track_close, name="track_close"),
    path("dang-ky/", views.register_info, name="register_info"),
    path("tep/", uploads.begin, name="uploads"),
    path("tep/<uuid:pk>/", uploads.one, name="upload"),
    path("huong-dan/", views.guide, name="guide"),
    path("tro-nang/", views.accessibility, name="accessibility"),
]
