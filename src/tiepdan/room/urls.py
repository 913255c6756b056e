"""Addresses of a sitting's pages; mounted at `/phong/`."""

from django.urls import path

from tiepdan.room.views import (
    chair,
    clerk,
    controls,
    device_check,
    display,
    guest,
    media,
    operation,
    operator,
    papers,
    people,
    screen,
    seat,
    secretary,
    sign_language,
    stills,
    stream,
)

app_name = "room"

urlpatterns = [
    path("engine/gate", media.gate, name="gate"),
    path("engine/webhook", media.webhook, name="webhook"),
    path("<uuid:sitting>/su-kien/", stream.events, name="events"),
    path("<uuid:sitting>/chu-tri/", chair.page, name="chair"),
    path("<uuid:sitting>/chu-tri/<slug:act>/", chair.act, name="chair_act"),
    path("<uuid:sitting>/thu-ky/", secretary.page, name="secretary"),
    path("<uuid:sitting>/thu-ky/<slug:act>/", secretary.act, name="secretary_act"),
    path("<uuid:sitting>/ghe/<slug:seat>/", seat.page, name="seat"),
    path("<uuid:sitting>/ghe/<slug:seat>/mo/", seat.take, name="seat_take"),
    path("<uuid:sitting>/ghe/<slug:seat>/roi/", seat.release, name="seat_release"),
    path("<uuid:sitting>/ghe/<slug:seat>/the-vao/", media.token, name="token"),
    path("<uuid:sitting>/diem-cau/<slug:seat>/", clerk.page, name="clerk"),
    path("<uuid:sitting>/diem-cau/<slug:seat>/giay-to/", clerk.identity, name="clerk_identity"),
    *screen.urlpatterns,
    *sign_language.urlpatterns,
    *stills.urls,
    *operator.urls,
    *operation.urls,
    *device_check.urls,
    *display.urls,
    *controls.urls,
    *people.urls,
    *guest.urls,
    *papers.urls,
]
