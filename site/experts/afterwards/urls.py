"""Addresses after a delivery."""

from django.urls import URLPattern, path

from experts.afterwards import by_link, views

urlpatterns: list[URLPattern] = [
    path("boekingen/evaluatie/<str:token>/", by_link.evaluation, name="booking_evaluation_link"),
    path("boekingen/<uuid:uid>/evaluatie/", views.evaluation, name="booking_evaluation"),
    path("boekingen/<uuid:uid>/verslag/", views.report, name="booking_report"),
    path("boekingen/<uuid:uid>/delen/", views.lesson, name="booking_lesson"),
]
