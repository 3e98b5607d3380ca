"""The addresses of events; each part keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("events.directory.urls")),
    path("", include("events.registration.urls")),
    path("", include("events.presence.urls")),
    path("", include("events.intervision.urls")),
    path("", include("events.desk.urls")),
]
