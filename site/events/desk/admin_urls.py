"""Addresses of the organiser's desk, below the admin's."""

from django.urls import URLPattern

app_name = "event_desk"
urlpatterns: list[URLPattern] = []
