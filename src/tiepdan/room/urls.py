"""Addresses of the room pages."""

from django.urls import URLPattern, URLResolver

app_name = "room"
urlpatterns: list[URLPattern | URLResolver] = []
