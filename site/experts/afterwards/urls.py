"""Addresses after a delivery."""

from django.urls import URLPattern, path

from experts.afterwards import views

urlpatterns: list[URLPattern] = [
    path("boekingen/<uuid:uid>/evaluatie/", views.evaluation, name="booking_evaluation"),
    path("boekingen/<uuid:uid>/verslag/", views.report, name="booking_report"),
    path("boekingen/<uuid:uid>/delen/", views.lesson, name="booking_lesson"),
]
