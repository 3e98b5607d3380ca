"""The addresses of the expert pool; each part of it keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("experts.directory.urls")),
    path("", include("experts.availability.urls")),
    path("", include("experts.booking.urls")),
    path("", include("experts.certificates.urls")),
    path("", include("experts.afterwards.urls")),
    path("", include("experts.desk.urls")),
]
