"""Addresses of the citizen pages."""

from django.urls import URLPattern, URLResolver, path

from tiepdan.portal import uploads, views
from tiepdan.portal.registering import views as registering

app_name = "portal"
_REGISTERING = [
    path("dang-ky/lam-tiep/", registering.take_up, name="register_take_up"),
    path("dang-ky/xem-lai/", registering.review, name="register_review"),
    path("dang-ky/bien-nhan/", registering.registered, name="registered"),
    path("dang-ky/dong/", registering.close, name="register_close"),
    path("dang-ky/bo/", registering.discard, name="register_discard"),
    path("dang-ky/to-cao/", registering.denouncing, name="denouncing"),
    path("dang-ky/buoc/<slug:name>/", registering.page, name="registering"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("lich-tiep/", views.calendar, name="calendar"),
    path("tra-cuu/", views.track, name="track"),
    path("tra-cuu/ket-qua/", views.track_result, name="tracked"),
    path("tra-cuu/dong/", views.track_close, name="track_close"),
    path("dang-ky/", views.register_info, name="register_info"),
    *_REGISTERING,
    path("tep/", uploads.begin, name="uploads"),
    path("tep/<uuid:pk>/", uploads.one, name="upload"),
    path("huong-dan/", views.guide, name="guide"),
    path("tro-nang/", views.accessibility, name="accessibility"),
]
