from django.urls import URLPattern, path

from experts.booking.views import answer, asking, lists, page

urlpatterns: list[URLPattern] = [
    path("boekingen/nieuw/", asking.ask, name="booking_ask"),
    path("boekingen/antwoord/<str:token>/", answer.answer, name="booking_answer"),
    path("boekingen/<uuid:uid>/", page.booking, name="booking"),
    path("boekingen/<uuid:uid>/wijzigen/", asking.edit, name="booking_edit"),
    path("boekingen/<uuid:uid>/afspraak.ics", page.appointment, name="booking_appointment"),
    path("boekingen/<uuid:uid>/stap/<slug:slug>/", page.step, name="booking_step"),
    path("mijn/boekingen/", lists.my_bookings, name="my_bookings"),
    path("mijn/expert/aanvragen/", lists.expert_requests, name="expert_requests"),
]
