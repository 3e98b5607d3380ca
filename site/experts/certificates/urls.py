"""Addresses of certificates; the one with the code stands on paper and never changes."""

from django.urls import URLPattern, path

from experts.certificates import views

urlpatterns: list[URLPattern] = [
    path("attest/", views.check, name="certificate_check"),
    path("attest/<str:code>/", views.certificate, name="certificate"),
    path("attest/<str:code>/pdf/", views.certificate_file, name="certificate_file"),
]
