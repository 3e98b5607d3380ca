from django.urls import URLPattern, path

from experts.booking.views import answer, page

urlpatterns: list[URLPattern] = [
    path("boekingen/antwoord/<str:token>/", answer.answer, name="booking_answer"),
    path("boekingen/<uuid:uid>/", page.booking, name="booking"),
]
